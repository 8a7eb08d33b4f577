import { between, normal, type Random, randomOf, spread } from './random.ts'
import { saw } from './saw.ts'
import { hours, type Kind, minutes, type Plan, play } from './scenario.ts'

const DAY = hours(24)

function kind(name: string, plan: (random: Random) => Plan): Kind {
  return { name, crosses: false, make: (seed) => play(false, plan(randomOf(seed * 104_729 + 71))) }
}

/** A day at its limit of 0.95, every other seed with a history of half a day. */
function day(random: Random, value: (s: number) => number, everyS = 5): Plan {
  return { everyS, historyS: random() < 0.5 ? 0 : hours(12), liveS: DAY, threshold: 0.95, value }
}

/** Series that never reach their limit. */
export const RESTING: readonly Kind[] = [
  kind('flat', (random) => {
    const from = between(random, 0.2, 0.94)
    return day(random, (s) => from + (s % 3600 < 5 ? 1e-6 : 0))
  }),
  kind('noise', (random) => {
    const from = between(random, 0.2, 0.85)
    const size = (0.95 - from) / spread(random, 5.5, 40)
    return day(random, () => from + size * Math.min(5, normal(random)))
  }),
  kind('noise that wanders (AR)', (random) => {
    const from = between(random, 0.2, 0.8)
    const keep = 1 - 5 / spread(random, 20, minutes(20))
    const size = (0.95 - from) / 6
    let value = 0
    return day(random, () => {
      value = keep * value + Math.sqrt(1 - keep * keep) * normal(random)
      return from + size * Math.min(5.5, value)
    })
  }),
  kind('memory, a bounded random walk', (random) => {
    const from = between(random, 0.3, 0.7)
    const keep = 1 - 5 / spread(random, hours(2), hours(10))
    const size = (0.95 - from) / 5
    let value = 0
    return day(random, () => {
      value = keep * value + Math.sqrt(1 - keep * keep) * normal(random)
      return from + size * Math.min(4.5, value)
    })
  }),
  kind('saw of a collector', (random) => {
    const tooth = between(random, 0.05, 0.3)
    const from = between(random, 0.2, 0.9 - tooth)
    const teeth = saw(random, { periodS: spread(random, 10, minutes(40)), jitter: 0.15 })
    return day(random, (s) => from + tooth * teeth(s))
  }),
  kind('bursts with rotation', (random) => {
    const tooth = between(random, 0.05, 0.3)
    const from = between(random, 0.2, 0.9 - tooth)
    const teeth = saw(random, { periodS: spread(random, minutes(10), hours(8)), jitter: 0.2, bursts: 5 })
    return day(random, (s) => from + tooth * teeth(s) + 0.0005 * normal(random))
  }),
  kind('fills and is cleaned', (random) => {
    const tooth = between(random, 0.2, 0.5)
    const from = between(random, 0.2, 0.9 - tooth)
    const teeth = saw(random, { periodS: spread(random, hours(3), hours(12)), jitter: 0.2 })
    return day(random, (s) => from + tooth * teeth(s) + 0.0005 * normal(random))
  }),
  kind('step that stays', (random) => {
    const from = between(random, 0.2, 0.5)
    const [at, step] = [hours(14) + between(random, 0, hours(8)), between(random, 0.05, 0.35)]
    const lasts = spread(random, 1, 60)
    return day(random, (s) => from + step * Math.min(1, Math.max(0, (s - at) / lasts)) + 0.002 * normal(random))
  }),
  kind('daily cycle, peaks near the limit', (random) => {
    const high = between(random, 0.2, 0.5)
    const from = 0.9 - high
    const phase = random()
    return {
      everyS: 10,
      historyS: [0, DAY, 2 * DAY][Math.floor(random() * 3)] as number,
      liveS: 2 * DAY,
      threshold: 0.95,
      value: (s) => from + high * (0.5 - 0.5 * Math.cos(2 * Math.PI * (s / DAY + phase))) + 0.004 * normal(random),
    }
  }),
  kind('decay after a spike', (random) => {
    const from = between(random, 0.2, 0.5)
    const high = between(random, 0.2, 0.4)
    const halfS = spread(random, 30, hours(1))
    const eachS = spread(random, hours(2), hours(8))
    return day(random, (s) => from + high * 0.5 ** ((s % eachS) / halfS) + 0.003 * normal(random))
  }),
  kind('warms up and levels off', (random) => {
    const from = between(random, 0.1, 0.4)
    const high = between(random, 0.2, 0.45)
    const tau = spread(random, minutes(2), hours(2))
    return {
      everyS: 2,
      liveS: DAY,
      threshold: 0.95,
      value: (s) => from + high * (1 - Math.exp(-s / tau)) + 0.001 * normal(random),
    }
  }),
  kind('spikes', (random) => {
    const from = between(random, 0.1, 0.5)
    const share = spread(random, 0.001, 0.05)
    let left = 0
    let high = 0
    return day(random, () => {
      if (left-- <= 0 && random() < share) {
        left = Math.floor(spread(random, 1, 40))
        high = between(random, 0.1, 0.4)
      }
      return from + (left > 0 ? high : 0) + 0.005 * normal(random)
    })
  }),
]
