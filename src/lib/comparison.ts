/** A comparison such as `>=2`, `<1GiB`, `<80%`; a bare value means `=`. */
export interface Comparison {
  readonly op: '<' | '<=' | '>' | '>=' | '=' | '!='
  readonly value: number
}

/** Whether a value passes a comparison. */
export function compares({ op, value }: Comparison, actual: number): boolean {
  switch (op) {
    case '<':
      return actual < value
    case '<=':
      return actual <= value
    case '>':
      return actual > value
    case '>=':
      return actual >= value
    case '=':
      return actual === value
    case '!=':
      return actual !== value
  }
}

/** Reads `>=2`, `<1GiB`, `80%`: an operator, or none for `=`, and what `read` makes of the rest. Undefined for anything else. */
export function parseComparison(text: string, read: (text: string) => number | undefined): Comparison | undefined {
  const match = /^(<=|>=|!=|==|<|>|=)?\s*(.+)$/s.exec(text.trim())
  const value = match === null ? undefined : read((match[2] as string).trim())
  if (match === null || value === undefined) return undefined
  return { op: (match[1] ?? '=').replace('==', '=') as Comparison['op'], value }
}

/** `>=2`, `<1 GiB`; a bare value for `=`. */
export function comparisonText({ op, value }: Comparison, text: (value: number) => string): string {
  return `${op === '=' ? '' : op}${text(value)}`
}
