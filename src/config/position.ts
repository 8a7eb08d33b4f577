/** 1-based. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Keys and indexes from the top. */
export type Path = readonly (string | number)[]

/** A text in YAML that was understood. */
export interface ConfigDocument {
  readonly value: unknown
  /** Where something stands: its key in a mapping, itself in a list; the nearest thing around it where there is no such thing. */
  position(path: Path): Position
}

/** Lines and columns of offsets in a text, which is looked through once. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 }
  }
}
