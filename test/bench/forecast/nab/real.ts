import { type Kind, play } from '../scenario.ts'
import { publicCases } from './score.ts'

/** How far above all that a series ever is its limit lies, as a share of its range. */
const ABOVE = 0.15

/** Weeks of real metrics, a value of five minutes taken for one of a minute, that never reach a limit a little above all they do. */
export function realWeeks(): Kind & { readonly count: number } {
  const weeks = publicCases().filter(({ set }) => set === 'week')
  return {
    name: 'weeks of real metrics',
    crosses: false,
    count: weeks.length,
    make: (seed) => {
      const { values, actual } = weeks[seed] as (typeof weeks)[number]
      const all = [...values, ...actual]
      const [low, high] = [Math.min(...all), Math.max(...all)]
      return play(false, {
        everyS: 60,
        liveS: 60 * all.length,
        threshold: high + ABOVE * (high - low),
        value: (s) => all[s / 60] as number,
      })
    },
  }
}
