/** What is left, after `steps`, of a weight that halves every `halfLife` steps. */
export function fadeOver(steps: number, halfLife: number): number {
  return Math.exp((-Math.LN2 * steps) / halfLife)
}
