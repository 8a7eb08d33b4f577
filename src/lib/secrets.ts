import { safeText } from './text.ts'

/** A value that must never be shown, and what stands in its place. */
export interface Secret {
  readonly value: string
  /** `${API_TOKEN}` as it was written, or `•••`. */
  readonly shown: string
  /** Users it is a password of: then it also travels as the base64 of `user:value` (RFC 7617). */
  readonly users?: readonly string[]
}

/** Stands for a secret that has no name. */
export const MASK = '•••'

/** A value shorter than this is found everywhere by chance: it is masked where it stands, never in running text. */
const SHORTEST = 4

function base64(text: string): string[] {
  const padded = Buffer.from(text, 'utf8').toString('base64')
  const bare = padded.replace(/=+$/, '')
  // In the alphabet of URLs too (RFC 4648, section 5).
  return [padded, bare, bare.replaceAll('+', '-').replaceAll('/', '_')]
}

/** As browsers, forms (a space is `+`) and others write it in URLs: only what has to be, or all of it; in letters of either case. */
function percentEncoded(text: string): string[] {
  const all = [...Buffer.from(text, 'utf8')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  try {
    const forms = [encodeURIComponent(text), encodeURI(text), encodeURIComponent(text).replaceAll('%20', '+')]
    return [...forms, all].flatMap((form) => [form, inCase(form, 'toLowerCase'), inCase(form, 'toUpperCase')])
  } catch (error) {
    // Half of a surrogate pair.
    if (!(error instanceof URIError)) throw error
    return []
  }
}

function inCase(text: string, how: 'toLowerCase' | 'toUpperCase'): string {
  return text.replace(/%[0-9a-f]{2}/gi, (byte) => byte[how]())
}

function hexadecimal(text: string): string[] {
  const hex = Buffer.from(text, 'utf8').toString('hex')
  return [hex, hex.toUpperCase()]
}

/** In JSON, in JSON within JSON, and as those write it who escape slashes, or all that is no ASCII. */
function inJson(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1)
  const code = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  const ascii = json.replace(/[^\x20-\x7e]/g, code)
  const html = json.replace(/[^\x20-\x7e]|[<>&'=+]/g, code)
  const twice = JSON.stringify(json).slice(1, -1)
  return [json, twice, ascii, html, ...[json, ascii, html].map((form) => form.replaceAll('/', '\\/'))]
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** As pages and XML write it; the apostrophe in the ways there are. */
function inMarkup(text: string): string[] {
  const markup = text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
  return [markup, ...['&#39;', '&#x27;', '&apos;'].map((sign) => markup.replaceAll("'", sign))]
}

/** The ways in which a value can stand in a text. */
function formsOf({ value, users = [] }: Secret): readonly string[] {
  if (value.length < SHORTEST) return []
  return [
    value,
    safeText(value),
    ...inJson(value),
    ...inMarkup(value),
    ...percentEncoded(value),
    ...hexadecimal(value),
    ...base64(value),
    ...users.flatMap((user) => base64(`${user}:${value}`)),
  ].filter((form) => form.length >= SHORTEST)
}

/** A function that puts what is to be shown in place of every secret in a text: the longest first, also where one is encoded. */
export function redactor(secrets: readonly Secret[]): (text: string) => string {
  const shown = new Map<string, string>()
  for (const secret of secrets) for (const form of formsOf(secret)) if (!shown.has(form)) shown.set(form, secret.shown)
  const forms = [...shown].sort(([a], [b]) => b.length - a.length)
  return (text) => {
    // Every other part is what stands in the place of a secret, in which nothing is looked for.
    let parts: readonly string[] = [text]
    for (const [form, instead] of forms) {
      if (!text.includes(form)) continue
      parts = parts.flatMap((part, index) => (index % 2 === 0 ? interleaved(part.split(form), instead) : [part]))
    }
    return parts.length === 1 ? text : parts.join('')
  }
}

function interleaved(parts: readonly string[], between: string): readonly string[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [between, part]))
}

/** A text without secrets. Who has many texts keeps the `redactor`. */
export function redact(text: string, secrets: readonly Secret[]): string {
  return redactor(secrets)(text)
}
