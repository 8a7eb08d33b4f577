import { textWidth, truncate } from '../lib/text.ts'

/** A column of a plain table. */
export interface Column {
  readonly heading: string
  readonly align?: 'left' | 'right'
}

const GAP = '  '

/**
 * Rows of cells as aligned lines under their headings, at most `columns` wide: each column as wide as its widest cell, and the last
 * one cut at its right end. A column that no row fills is left out.
 */
export function textTable(heads: readonly Column[], rows: readonly (readonly string[])[], columns: number): string[] {
  const filled = heads.map((_, at) => at).filter((at) => rows.some((row) => row[at] !== undefined && row[at] !== ''))
  const widths = new Map(
    filled.map((at) => [
      at,
      Math.max(textWidth(heads[at]?.heading ?? ''), ...rows.map((row) => textWidth(row[at] ?? ''))),
    ]),
  )
  const line = (cells: readonly string[]) => {
    const padded = filled.map((at) => {
      const cell = cells[at] ?? ''
      const space = ' '.repeat((widths.get(at) ?? 0) - textWidth(cell))
      return heads[at]?.align === 'right' ? space + cell : cell + space
    })
    return truncate(padded.join(GAP).trimEnd(), columns)
  }
  return [line(heads.map((head) => head.heading)), ...rows.map(line)]
}
