import { between, normal, type Random, randomOf, spread } from './random.ts'
import { saw } from './saw.ts'
import { hours, type Kind, minutes, type Plan, play } from './scenario.ts'

const DAY = hours(24)

function kind(name: string, plan: (random: Random) => Plan): Kind {
  return { name, crosses: true, make: (seed) => play(true, plan(randomOf(seed * 7919 + 17))) }
}

/** Fills from `from` to 0.95, so that it is there after `takesS`. */
function fill(random: Random, { onsetS, takesS, noise }: { onsetS: number; takesS: number; noise: number }) {
  const from = between(random, 0.3, 0.8)
  return (s: number) => from + (Math.max(0, s - onsetS) / takesS) * (0.95 - from) + noise * normal(random)
}

/** Series that reach their limit, at a moment that is known. */
export const CROSSING: readonly Kind[] = [
  kind('fill, from the start', (random) => {
    const takesS = spread(random, minutes(4), minutes(25))
    const everyS = random() < 0.5 ? 1 : 2
    return { everyS, liveS: 2 * takesS, threshold: 0.95, value: fill(random, { onsetS: 0, takesS, noise: 0.0005 }) }
  }),
  kind('fill of minutes, after hours of rest', (random) => {
    const [historyS, onsetS] = [hours(6), hours(6) + minutes(10)]
    const takesS = spread(random, minutes(5), minutes(40))
    const value = fill(random, { onsetS, takesS, noise: 0.0005 })
    return { everyS: 2, historyS, onsetS, liveS: minutes(10) + 2 * takesS, threshold: 0.95, value }
  }),
  kind('fill of hours, after hours of rest', (random) => {
    const [historyS, onsetS] = [hours(12), hours(13)]
    const takesS = spread(random, hours(1), hours(12))
    const value = fill(random, { onsetS, takesS, noise: 0.0005 })
    return { everyS: 5, historyS, onsetS, liveS: hours(1) + 2 * takesS, threshold: 0.95, value }
  }),
  kind('fill, speed changes all the time', (random) => {
    const [historyS, onsetS] = [hours(12), hours(12.5)]
    const takesS = spread(random, hours(1), hours(8))
    const from = between(random, 0.3, 0.8)
    let value = from
    let swell = 0
    return {
      everyS: 5,
      historyS,
      onsetS,
      liveS: 6 * takesS,
      threshold: 0.95,
      value: (s) => {
        swell += -(swell * 5) / 600 + 0.6 * Math.sqrt(10 / 600) * normal(random)
        if (s > onsetS) value += (((0.95 - from) * 5) / takesS) * Math.max(0, 1 + swell)
        return value
      },
    }
  }),
  kind('fill of a day, with history', (random) => {
    const takesS = spread(random, hours(24), hours(60))
    const value = fill(random, { onsetS: 0, takesS, noise: 0.001 })
    return { everyS: 10, historyS: takesS * 0.3, onsetS: 0, liveS: takesS, threshold: 0.95, value }
  }),
  kind('fill under noise', (random) => {
    const [historyS, onsetS] = [hours(12), hours(13)]
    const takesS = spread(random, hours(2), hours(10))
    const value = fill(random, { onsetS, takesS, noise: between(random, 0.005, 0.02) })
    return { everyS: 5, historyS, onsetS, liveS: hours(1) + 2 * takesS, threshold: 0.95, value }
  }),
  kind('free memory runs out (below)', (random) => {
    const [historyS, onsetS] = [hours(3), hours(3.2)]
    const total = 16 * 2 ** 30
    const takesS = spread(random, minutes(10), hours(4))
    const value = fill(random, { onsetS, takesS, noise: 0.0005 })
    return {
      everyS: 5,
      historyS,
      onsetS,
      liveS: hours(1) + 2 * takesS,
      threshold: 0.05 * total,
      direction: 'below',
      value: (s) => total * (1 - value(s)),
    }
  }),
  kind('bursts with a rest between', (random) => {
    const takesS = spread(random, hours(6), hours(24))
    const everyBurstS = spread(random, minutes(3), minutes(40))
    const from = between(random, 0.3, 0.7)
    const step = ((0.95 - from) * everyBurstS) / takesS
    const lasts = between(random, 0.1, 0.3)
    const phase = random()
    return {
      everyS: 5,
      historyS: takesS * 0.2,
      onsetS: 0,
      liveS: 2 * takesS,
      threshold: 0.95,
      value: (s) => {
        const at = s / everyBurstS + phase
        return from + step * (Math.floor(at) + Math.min(1, (at % 1) / lasts)) + 0.0002 * normal(random)
      },
    }
  }),
  kind('bursts with rotation, floor rises', (random) => {
    const takesS = spread(random, hours(8), hours(30))
    const periodS = spread(random, minutes(20), hours(1.5))
    const tooth = between(random, 0.05, 0.15)
    const from = between(random, 0.3, 0.6)
    const teeth = saw(random, { periodS, jitter: 0.2, bursts: 4 })
    const value = (s: number) => from + (s / takesS) * (0.95 - tooth - from) + tooth * teeth(s)
    return { everyS: 5, historyS: takesS * 0.2, onsetS: 0, liveS: 2 * takesS, threshold: 0.95, value }
  }),
  kind('leak with collection', (random) => {
    const takesS = spread(random, hours(2), hours(16))
    const periodS = spread(random, 20, takesS / 15)
    const tooth = between(random, 0.05, 0.2)
    const from = between(random, 0.2, 0.5)
    const teeth = saw(random, { periodS, jitter: 0.1 })
    const value = (s: number) => from + (s / takesS) * (0.95 - tooth - from) + tooth * teeth(s)
    return { everyS: 5, historyS: takesS * 0.15, onsetS: 0, liveS: 2 * takesS, threshold: 0.95, value }
  }),
  kind('leak with collection, from the start', (random) => {
    const takesS = spread(random, minutes(30), hours(4))
    const periodS = spread(random, 20, takesS / 15)
    const tooth = between(random, 0.05, 0.2)
    const from = between(random, 0.2, 0.5)
    const teeth = saw(random, { periodS, jitter: 0.1 })
    const value = (s: number) => from + (s / takesS) * (0.95 - tooth - from) + tooth * teeth(s)
    return { everyS: 2, liveS: 2 * takesS, threshold: 0.95, value }
  }),
  kind('daily cycle that grows', (random) => {
    const days = between(random, 4, 6)
    const high = between(random, 0.1, 0.2)
    const from = between(random, 0.3, 0.5)
    const phase = random()
    return {
      everyS: 30,
      historyS: 2.5 * DAY,
      onsetS: 0,
      liveS: 8 * DAY,
      threshold: 0.95,
      value: (s) => {
        const cycle = 0.5 - 0.5 * Math.cos(2 * Math.PI * (s / DAY + phase))
        return from + ((0.95 - high - from) * s) / (days * DAY) + high * cycle + 0.004 * normal(random)
      },
    }
  }),
]
