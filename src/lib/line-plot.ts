import asciichart from 'asciichart'

/** Stand for asciichart's ┼ ┤ ╶ ╴ ─ ╰ ╭ ╮ ╯ │ where there is only ASCII. */
const ASCII_SYMBOLS = ['-', '-', '-', '-', '-', '+', '+', '+', '+', '|'] as const
/** asciichart cannot go without an axis: one column for the label, one for its line. */
const AXIS_COLUMNS = 2

export interface LinePlot {
  /** The value in the lowest row. */
  readonly min: number
  /** The value in the highest row. */
  readonly max: number
  readonly rows: number
  readonly ascii: boolean
}

/**
 * The glyphs of a line through `values` (NaN for a gap), one value a column; values beyond `min` and `max` are held there. `put` is called
 * for each cell the line goes through, (0, 0) at the top left. asciichart cannot draw NaN, so what lies between gaps is drawn by itself,
 * with the same bounds.
 */
export function linePlot(
  values: ArrayLike<number>,
  { min, max, rows, ascii }: LinePlot,
  put: (x: number, y: number, glyph: string) => void,
): void {
  if (rows <= 0 || !(max > min)) return
  for (const { start, run } of runs(values)) {
    const scaled = run.map((value) => Math.min(1, Math.max(0, (value - min) / (max - min))))
    // asciichart draws the way from one value to the next: the first one doubled gives every value a column.
    const text = asciichart.plot([scaled[0] as number, ...scaled], {
      min: 0,
      max: 1,
      height: rows - 1,
      offset: AXIS_COLUMNS,
      format: () => ' ',
      ...(ascii ? { symbols: ASCII_SYMBOLS } : {}),
    })
    for (const [y, line] of text.split('\n').entries()) {
      for (let x = 0; x < run.length; x++) {
        const glyph = line[AXIS_COLUMNS + x] ?? ' '
        if (glyph !== ' ') put(start + x, y, glyph)
      }
    }
  }
}

/** Stretches without NaN. */
function runs(values: ArrayLike<number>): { start: number; run: number[] }[] {
  const found: { start: number; run: number[] }[] = []
  let open: { start: number; run: number[] } | undefined
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) {
      open = undefined
      continue
    }
    if (open === undefined) {
      open = { start: i, run: [] }
      found.push(open)
    }
    open.run.push(value)
  }
  return found
}
