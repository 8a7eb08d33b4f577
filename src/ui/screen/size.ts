/** Cells of a terminal. */
export interface Size {
  readonly columns: number
  readonly rows: number
}

function dimension(reported: number | undefined, variable: string | undefined, otherwise: number): number {
  if (reported !== undefined && reported > 0) return reported
  const told = Number(variable)
  return Number.isInteger(told) && told > 0 ? told : otherwise
}

/**
 * The size to draw for, at least 1x1. A terminal that does not know its size says 0 (serial lines, a container whose terminal is
 * attached later): then COLUMNS and LINES count, else 80x24, as curses does it.
 */
export function windowSize(
  reported: { readonly columns?: number; readonly rows?: number },
  env: Readonly<Record<string, string | undefined>>,
): Size {
  return { columns: dimension(reported.columns, env.COLUMNS, 80), rows: dimension(reported.rows, env.LINES, 24) }
}
