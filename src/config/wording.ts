import { shortened } from '../lib/fields.ts'

/** `checks[0].timeout`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text === '' ? '' : `${text}.`}${shortened(part)}`,
    '',
  )
}
