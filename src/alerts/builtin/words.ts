import { percent } from '../../lib/units.ts'

/** Times and words that the built-in rules share. */
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** A share in words: `94 %`. */
export function share(value: number): string {
  const { figure, unit } = percent(value)
  return `${figure} ${unit}`
}

export const named = (name: string) => () => name
export const used = (value: number) => `${share(value)} used`
export const stalled = (value: number) => `stalled ${share(value)} of the time`
export const taken = (value: number) => `${share(value)} of the limit`
