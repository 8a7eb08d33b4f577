const LONGEST = 60

/** A name or a text as an error quotes it: the start of a long one. */
export function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** A value as an error quotes it. */
export function got(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'string') return `"${shortened(value)}"`
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a mapping' : String(value)
}

/** `checks[0].timeout`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text === '' ? '' : `${text}.`}${shortened(part)}`,
    '',
  )
}
