import { nearest } from '../../lib/nearest.ts'
import { safeText } from '../../lib/text.ts'
import type { Ansi16 } from './colours.ts'
import { nearest16, nearest256 } from './nearest.ts'
import { type Colour, PALETTES, type Palette } from './palette.ts'
import { TOKENS, type Token } from './tokens.ts'

/** What a theme file makes, or everything that is wrong with it: a sentence each, `mine.json: accent: expected …`. */
export type ThemeFile =
  | { readonly ok: true; readonly palette: Palette }
  | { readonly ok: false; readonly errors: readonly string[] }

const BASES = ['dark', 'light', 'contrast'] as const
type Base = (typeof BASES)[number]

/** `fg` and `bg` are the terminal's own, whatever a theme says. */
const SETTABLE = TOKENS.filter((token) => token !== 'fg')
const KEYS = ['name', 'base', ...SETTABLE] as const

/** Colours of the ground a theme is made for: text in them could not be seen there. */
const GROUNDS: Readonly<Record<Base, readonly number[]>> = { dark: [0], light: [15], contrast: [0] }

const MOST_SHOWN = 40

/** A value as it stands in the file, for a message. */
function shown(value: unknown): string {
  const text = safeText(JSON.stringify(value) ?? String(value), MOST_SHOWN + 1)
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}

/** What a theme without a name is called. */
function nameOf(file: string): string {
  return file.replace(/^.*[\\/]/s, '').replace(/\.json$/, '')
}

/** `dark, light or contrast`. */
function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/** Whether the first `length` characters are no start of any JSON, and not just an end that is missing. */
function isBroken(text: string, length: number): boolean {
  try {
    JSON.parse(text.slice(0, length))
    return false
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const at = / at position (\d+)/.exec(error.message)?.[1]
    return at === undefined ? !/end of JSON input/.test(error.message) : Number(at) < length
  }
}

/** Where broken JSON breaks, `3:12`. V8 does not say it of every mistake. */
function placeOf(text: string): string {
  let good = 0
  let bad = text.length + 1
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isBroken(text, middle)) bad = middle
    else good = middle
  }
  const lines = text.slice(0, good).split('\n')
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`
}

/** What V8 says of broken JSON, without the place and the text around it. */
function reasonOf(message: string): string {
  const reason = message.replace(/, (\.\.\.)?".*$/s, '').replace(/( in JSON)?( at position .*)?$/s, '')
  return safeText(reason, 100).replace(/^./, (letter) => letter.toLowerCase())
}

/** A colour of the file at every depth. What stands for a ground, or for a tint there is none of, does so in every theme. */
function colourOf(rgb: string, token: Token, base: Base): Colour {
  const value = Number.parseInt(rgb.slice(1), 16)
  const place = PALETTES[base].colours.get(token)?.ansi16
  const kept: readonly (Ansi16 | undefined)[] = ['reversed', 'bg', 'dots']
  return {
    rgb,
    xterm256: nearest256(value),
    // The text of a badge lies on the badge.
    ansi16:
      place !== undefined && kept.includes(place) ? place : nearest16(value, token === 'onBadge' ? [] : GROUNDS[base]),
  }
}

function errorOf(key: string, value: unknown): string | undefined {
  if (key === 'name') return typeof value === 'string' && value.trim() !== '' ? undefined : 'expected a name'
  if (key === 'base') return BASES.some((base) => base === value) ? undefined : `expected ${listed(BASES)}`
  if (key === 'fg' || key === 'bg') return "is the terminal's own and cannot be set"
  if (!SETTABLE.some((token) => token === key)) {
    const meant = nearest(key, KEYS)
    return meant === undefined ? 'there is no such colour' : `there is no such colour: did you mean ${meant}?`
  }
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value) ? undefined : 'expected a colour such as #c6cfd8'
}

/**
 * A theme file: one JSON object of colours by token (`"accent": "#9ecbff"`), any of them; the others are those of its `base`: dark unless
 * told, light or contrast. `name` is what it is called, else its file is. 256 and 16 colours are the nearest ones. `file` is how messages call it.
 */
export function parseTheme(content: string, file: string): ThemeFile {
  const text = content.replace(/^\uFEFF/, '')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { ok: false, errors: [`${file}:${placeOf(text)}: not JSON: ${reasonOf(error.message)}`] }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, errors: [`${file}: expected an object of colours such as {"accent": "#9ecbff"}`] }
  const entries = Object.entries(value)
  const errors = entries.flatMap(([key, one]) => {
    const error = errorOf(key, one)
    if (error === undefined) return []
    const got = error.startsWith('expected') ? `, got ${shown(one)}` : ''
    return [`${file}: ${safeText(key, MOST_SHOWN)}: ${error}${got}`]
  })
  if (errors.length > 0) return { ok: false, errors }
  const { name = nameOf(file), base = 'dark', ...colours } = value as Readonly<Record<string, string>>
  const ground = base as Base
  const own = Object.entries(colours).map(
    ([token, rgb]) => [token as Token, colourOf(rgb.toLowerCase(), token as Token, ground)] as const,
  )
  return {
    ok: true,
    palette: { name: safeText(name, MOST_SHOWN), colours: new Map([...PALETTES[ground].colours, ...own]) },
  }
}
