/**
 * The top of an axis for values up to `most`: the next of 1, 2, 5 times a power of ten, with a tenth of air, so that it moves seldom.
 * 1 for nothing at all.
 */
export function niceTop(most: number): number {
  if (!(most > 0)) return 1
  const wanted = most * 1.1
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = [1, 2, 5, 10].find((factor) => factor * power >= wanted) as number
  return step * power
}
