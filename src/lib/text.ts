import { eastAsianWidth } from 'get-east-asian-width'

/** One user-perceived character and the columns a terminal gives it (1 or 2). */
export interface Grapheme {
  readonly text: string
  readonly width: 1 | 2
}

const ASCII_ONLY = /^[\x20-\x7e]*$/
/** C0, DEL, C1, format controls (bidi, zero-width, BOM, tags, soft hyphen), line and paragraph separators, variation selectors. */
const CONTROLS = /\p{Cc}|\p{Cf}|\u2028|\u2029|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu
const SPACES = /[\t\n\v\f\r\u2028\u2029]+/g
/** Private use, unassigned surrogates: nobody knows what a terminal makes of them. */
const UNKNOWN = /[\p{Co}\p{Cs}\p{Cn}]/gu
const MARK = /^[\p{Mn}\p{Me}]$/u
/** More marks than any script stacks on a letter are an attack on the line height. */
const MAX_MARKS = 4

/**
 * Makes text from outside safe to show: line breaks and tabs become one space, other control and format characters go,
 * private-use and unassigned code points become U+FFFD, and it is cut to `maxLength` code points.
 */
export function safeText(text: string, maxLength = 4096): string {
  if (text.length <= maxLength && ASCII_ONLY.test(text)) return text
  const short = text.length > maxLength * 2 ? text.slice(0, maxLength * 2) : text
  const clean = short.replace(SPACES, ' ').replace(CONTROLS, '').replace(UNKNOWN, '\ufffd')
  if (clean.length <= maxLength) return clean
  return [...clean].slice(0, maxLength).join('')
}

/** The same JSON without characters that a terminal might obey: JSON itself takes C1, DEL and all of bidi as they are (RFC 8259, chapter 7). */
export function safeJson(json: string): string {
  if (ASCII_ONLY.test(json)) return json
  return json.replace(CONTROLS, (found) => found.replace(/[\s\S]/g, escaped))
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/**
 * Whether a code unit is by itself one character of one column: ASCII, Latin, dashes and dots, arrows, boxes, blocks, Braille. Nearly all
 * text is made of these alone, and needs no splitting.
 */
function isSingle(code: number): boolean {
  if (code < 0x300) return (code >= 0x20 && code <= 0x7e) || code >= 0xa1
  return (
    (code >= 0x2010 && code <= 0x2027) ||
    (code >= 0x2190 && code <= 0x21ff) ||
    (code >= 0x2500 && code <= 0x25fc) ||
    (code >= 0x2800 && code <= 0x28ff)
  )
}

/** Whether every code unit of safe text is one character of one column. */
export function isSimple(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (!isSingle(text.charCodeAt(index))) return false
  return true
}

function codePointWidth(point: number): 1 | 2 {
  return eastAsianWidth(point) === 2 ? 2 : 1
}

/** Splits safe text into cells' worth of characters: a base and the marks that combine with it. A mark without a base stands on a space. */
export function graphemes(text: string): Grapheme[] {
  const result: Grapheme[] = []
  let marks = 0
  for (const character of text) {
    const last = result.at(-1)
    if (character.length <= 2 && character > '\u02ff' && MARK.test(character)) {
      if (last === undefined) result.push({ text: ` ${character}`, width: 1 })
      else if (marks++ < MAX_MARKS) result[result.length - 1] = { text: last.text + character, width: last.width }
      continue
    }
    marks = 0
    result.push({ text: character, width: codePointWidth(character.codePointAt(0) as number) })
  }
  return result
}

/** Terminal columns of safe text. */
export function textWidth(text: string): number {
  if (isSimple(text)) return text.length
  let width = 0
  for (const grapheme of graphemes(text)) width += grapheme.width
  return width
}

/** Cuts safe text at its right end to at most `columns`, ending in `mark` when something was cut. */
export function truncate(text: string, columns: number, mark = '…'): string {
  if (columns <= 0) return ''
  if (textWidth(text) <= columns) return text
  let width = 0
  let out = ''
  for (const grapheme of graphemes(text)) {
    if (width + grapheme.width > columns - mark.length) break
    out += grapheme.text
    width += grapheme.width
  }
  return out + mark
}
