import { nearest } from '../lib/nearest.ts'

/** What a message of an alert may name in braces, beside `labels.X`. */
export const MESSAGE_PLACEHOLDERS = [
  'subject',
  'value',
  'threshold',
  'name',
  'severity',
  'text',
  'since',
  'eta',
  'cause',
] as const
export type MessagePlaceholder = (typeof MESSAGE_PLACEHOLDERS)[number]

/** Before the name of a label: `labels.team`. */
export const LABEL_PREFIX = 'labels.'

/** Names of labels as Prometheus has them: letters, digits and `_`. */
const LABEL = /^labels\.[A-Za-z_]\w*$/
/** Two braces that stand for one, a placeholder, or a brace that is neither. */
const PIECES = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g

/** A message with its placeholders filled in; a brace that should stand in it is written twice. What is wrong in it stays as it is. */
export function fillMessage(template: string, fill: (placeholder: string) => string): string {
  return template.replace(PIECES, (piece: string, name: string | undefined) => {
    if (piece === '{{' || piece === '}}') return piece[0] as string
    return name === undefined || problemOf(name) !== undefined ? piece : fill(name.trim())
  })
}

/** What is wrong with a message, for an error of the configuration; undefined when nothing is. */
export function templateProblem(text: string): string | undefined {
  for (const [piece, name] of text.matchAll(PIECES)) {
    if (name !== undefined) {
      const problem = problemOf(name)
      if (problem !== undefined) return problem
    } else if (piece.length === 1) return `"${piece}" alone stands for nothing; "${piece}${piece}" is a brace`
  }
  return undefined
}

function problemOf(placeholder: string): string | undefined {
  const name = placeholder.trim()
  if ((MESSAGE_PLACEHOLDERS as readonly string[]).includes(name) || LABEL.test(name)) return undefined
  const meant = name.startsWith('label') ? 'labels.NAME' : nearest(name.toLowerCase(), MESSAGE_PLACEHOLDERS)
  if (meant !== undefined) return `there is no {${name}}; did you mean {${meant}}?`
  return `there is no {${name}}; there is ${MESSAGE_PLACEHOLDERS.map((one) => `{${one}}`).join(', ')} and {labels.NAME}`
}
