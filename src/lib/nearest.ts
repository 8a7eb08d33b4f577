/** Nobody is wrong about a longer name, and the distance of long texts costs. */
const LONGEST = 24

/**
 * The name that somebody who wrote `text` most likely meant, of those there are; undefined when none is near: at most two letters, and
 * less than half, are wrong. The start of a name is as good as all of it.
 */
export function nearest<Name extends string>(text: string, names: Iterable<Name>): Name | undefined {
  if (text.length > LONGEST) return undefined
  let best: Name | undefined
  let least = Math.min(2, Math.floor((text.length - 1) / 2)) + 1
  for (const name of names) {
    const distance = text.length > 1 && name.startsWith(text) ? 0 : editDistance(text, name)
    if (distance >= least) continue
    least = distance
    best = name
  }
  return best
}

/** Letters to insert, leave out, change or swap with their neighbour (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0
  for (let row = 1; row <= a.length; row++) {
    const line = [row]
    rows.push(line)
    for (let column = 1; column <= b.length; column++) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1
      let cost = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + change)
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) cost = Math.min(cost, at(row - 2, column - 2) + 1)
      line.push(cost)
    }
  }
  return at(a.length, b.length)
}
