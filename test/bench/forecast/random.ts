/** Numbers between 0 and 1 from a seed, the same ones every time (mulberry32, T. Ettinger). */
export type Random = () => number

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Normal, mean 0 and deviation 1 (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random()
}

/** Evenly on a logarithmic scale: as many short times as long ones. */
export function spread(random: Random, low: number, high: number): number {
  return low * (high / low) ** random()
}
