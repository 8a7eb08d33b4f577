import type { Depth } from '../theme/palette.ts'
import type { Rgb } from './reply.ts'

type Env = Readonly<Record<string, string | undefined>>

export type Charset = 'utf-8' | 'ascii'
export type Brightness = 'dark' | 'light'

/** What the command line says about the terminal. */
export interface ScreenOptions {
  readonly ascii?: boolean
  /** `--no-color`. */
  readonly noColor?: boolean
  /** `--theme`; anything but `auto` settles dark or light. */
  readonly theme?: string
}

/** What the terminal has to be asked because the environment does not say. */
export interface Questions {
  readonly background: boolean
  readonly charset: boolean
}

/** What it answered in time. `column`: where the cursor stood after one glyph that is one column wide, 1-based. */
export interface Answers {
  readonly background?: Rgb
  readonly column?: number
}

export interface Capabilities {
  readonly depth: Depth
  readonly charset: Charset
  readonly brightness: Brightness
}

/** Terminals that name themselves in TERM and do 24 bits; over SSH TERM arrives, COLORTERM does not. */
const TRUECOLOR_TERMS = /^(xterm-kitty|xterm-ghostty|alacritty|foot|wezterm|contour|rio)(-|$)|-(direct|truecolor)/

/** Colours there are. */
export function colourDepth(env: Env, options: ScreenOptions = {}): Depth {
  const term = env.TERM ?? ''
  if (options.noColor || (env.NO_COLOR ?? '') !== '' || term === 'dumb') return 'mono'
  // GNU screen reads the numbers of a 24-bit colour as attributes of their own; COLORTERM is that of the terminal around it.
  const gnuScreen = term.startsWith('screen') && !env.TMUX
  if (!gnuScreen && /^(truecolor|24bit)$/i.test(env.COLORTERM ?? '')) return 'truecolor'
  if (TRUECOLOR_TERMS.test(term) || env.WT_SESSION) return 'truecolor'
  return /256/.test(term) ? '256' : '16'
}

/** The charset that is certain without asking; undefined: ask. */
export function knownCharset(env: Env, options: ScreenOptions = {}): Charset | undefined {
  if (options.ascii || env.TERM === 'dumb') return 'ascii'
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((value) => value !== undefined && value !== '')
  if (locale === undefined) return undefined
  // language_TERRITORY.charset@modifier (setlocale(3)); macOS sets LC_CTYPE to the bare name of the charset.
  const charset = /\.([^@]+)/.exec(locale)?.[1] ?? (/^utf-?8$/i.test(locale) ? locale : undefined)
  if (charset === undefined) return undefined
  return /^utf-?8$/i.test(charset) ? 'utf-8' : 'ascii'
}

/** COLORFGBG (rxvt and its heirs): `fg;bg` or `fg;other;bg`, ANSI colour numbers; 0 to 6 and 8 are dark. */
function fromColorFgBg(value: string | undefined): Brightness | undefined {
  const background = /;(\d+)$/.exec(value ?? '')?.[1]
  if (background === undefined) return undefined
  const number = Number(background)
  return number <= 6 || number === 8 ? 'dark' : number <= 15 ? 'light' : undefined
}

/** Dark or light where that is certain without asking; undefined: ask. */
export function knownBrightness(env: Env, options: ScreenOptions = {}): Brightness | undefined {
  const theme = options.theme ?? 'auto'
  if (theme === 'light') return 'light'
  if (theme !== 'auto') return 'dark'
  return fromColorFgBg(env.COLORFGBG)
}

/** What is worth asking. The Linux console and dumb terminals print what they do not know, and are dark. */
export function questions(env: Env, options: ScreenOptions = {}): Questions {
  return {
    background: knownBrightness(env, options) === undefined && env.TERM !== 'linux' && env.TERM !== 'dumb',
    charset: knownCharset(env, options) === undefined,
  }
}

/** Rec. 601 luma of a background: the half is where black text and white text read equally well. */
function brightnessOf({ red, green, blue }: Rgb): Brightness {
  return 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 ? 'light' : 'dark'
}

/**
 * Puts environment, options and answers together. Silence means UTF-8 (only an explicit other charset is ASCII) and dark. A terminal
 * that does not read UTF-8 shows the bytes of the glyph one by one, and the cursor has moved too far.
 */
export function capabilities(env: Env, options: ScreenOptions = {}, answers: Answers = {}): Capabilities {
  const asked = answers.column === undefined || answers.column === 2 ? 'utf-8' : 'ascii'
  return {
    depth: colourDepth(env, options),
    charset: knownCharset(env, options) ?? asked,
    brightness:
      knownBrightness(env, options) ?? (answers.background === undefined ? 'dark' : brightnessOf(answers.background)),
  }
}
