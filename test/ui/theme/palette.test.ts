import { expect, test } from 'vitest'
import { COLOURS } from '../../../src/ui/theme/colours.ts'
import {
  ansi16,
  isMono,
  isReversedInMono,
  PALETTES,
  rgb,
  type ThemeName,
  weight,
  xterm256,
} from '../../../src/ui/theme/palette.ts'
import { TOKENS, type Token } from '../../../src/ui/theme/tokens.ts'
import { contrast } from './contrast.ts'

/** The look states its figures to one decimal (`ok` on the light selection is 4.37). */
const stated = (ratio: number) => Math.round(ratio * 10) / 10

/** The xterm palette: a 6x6x6 cube from 16, greys from 232. */
function ofXterm(index: number): string {
  const hex = (values: number[]) => `#${values.map((value) => value.toString(16).padStart(2, '0')).join('')}`
  if (index >= 232) return hex(Array<number>(3).fill(8 + (index - 232) * 10))
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40)
  const cube = index - 16
  return hex([Math.trunc(cube / 36), Math.trunc(cube / 6) % 6, cube % 6].map(step))
}

const HUES = ['cpu', 'mem', 'disk', 'net', 'svc'] as const
const TEXTS: readonly Token[] = ['text', 'bright', 'accent', 'ok', 'warn', 'crit', 'unknown', ...HUES]
const DARK_GROUNDS = ['#000000', '#0f1318', '#282c34']

interface Measured {
  readonly name: string
  readonly colour: (token: Token) => string
  readonly grounds: readonly string[]
}
const direct = (theme: ThemeName) => (token: Token) => rgb(PALETTES[theme], token) as string
const MEASURED: readonly Measured[] = [
  { name: 'dark', colour: direct('dark'), grounds: DARK_GROUNDS },
  { name: 'light', colour: direct('light'), grounds: ['#ffffff'] },
  { name: 'contrast', colour: direct('contrast'), grounds: DARK_GROUNDS },
  { name: 'dark 256', colour: (token) => ofXterm(xterm256(PALETTES.dark, token) as number), grounds: DARK_GROUNDS },
]

test.each(MEASURED)('text can be read in $name, on the selection and in an overlay too', ({ colour, grounds }) => {
  const weak: string[] = []
  for (const ground of [...grounds, colour('selected'), colour('overlay')]) {
    for (const token of TEXTS) {
      const ratio = stated(contrast(colour(token), ground))
      if (ratio < 4.4) weak.push(`${token} on ${ground}: ${ratio}`)
    }
    const dim = stated(contrast(colour('dim'), ground))
    if (dim < 3.8) weak.push(`dim on ${ground}: ${dim}`)
  }
  expect(weak).toEqual([])
})

test.each(MEASURED)('a forecast stands out from its band in $name', ({ colour }) => {
  const weak: string[] = []
  for (const hue of HUES) {
    const ratio = stated(contrast(colour(`${hue}F`), colour(`${hue}3`)))
    if (ratio < 3.3) weak.push(`${hue}: ${ratio}`)
  }
  expect(weak).toEqual([])
})

test.each(MEASURED)('badges can be read in $name', ({ colour }) => {
  for (const badge of ['ok', 'warn', 'crit', 'unknown', 'accent'] as const)
    expect(contrast(colour('onBadge'), colour(badge)), badge).toBeGreaterThanOrEqual(4.4)
})

test('every token has a well-formed row', () => {
  for (const token of TOKENS) {
    if (token === 'fg') continue
    const [dark, dark256, dark16, light, light256, light16, high] = COLOURS[token]
    for (const hex of [dark, light, high]) expect(hex, token).toMatch(/^#[0-9a-f]{6}$/)
    for (const index of [dark256, light256]) expect(index >= 16 && index <= 255, token).toBe(true)
    for (const colour of [dark16, light16])
      if (typeof colour === 'number') expect(colour >= 0 && colour < 16, token).toBe(true)
  }
  expect(Object.keys(COLOURS)).toHaveLength(TOKENS.length - 1)
})

test('high contrast uses the small palettes of dark, with dim as bright as text', () => {
  expect(xterm256(PALETTES.contrast, 'cpu')).toBe(xterm256(PALETTES.dark, 'cpu'))
  expect(ansi16(PALETTES.contrast, 'crit')).toBe(ansi16(PALETTES.dark, 'crit'))
  expect(xterm256(PALETTES.contrast, 'dim')).toBe(xterm256(PALETTES.dark, 'text'))
  expect(ansi16(PALETTES.contrast, 'dim')).toBe('fg')
  expect(xterm256(PALETTES.dark, 'dim')).not.toBe(xterm256(PALETTES.dark, 'text'))
})

test('mono has no colours, only weight and reversal', () => {
  expect(isMono(PALETTES.mono)).toBe(true)
  expect(isMono(PALETTES.dark)).toBe(false)
  for (const token of TOKENS) {
    expect(rgb(PALETTES.mono, token)).toBeUndefined()
    expect(xterm256(PALETTES.mono, token)).toBeUndefined()
    expect(ansi16(PALETTES.mono, token)).toBe('fg')
  }
  expect(
    ['bright', 'text', 'cpu', 'cpuF', 'dim', 'line', 'track', 'cpu2', 'cpu4'].map((t) => weight(t as Token)),
  ).toEqual(['bold', ...['normal', 'normal', 'normal'], ...['faint', 'faint', 'faint', 'faint', 'faint']])
  expect(TOKENS.filter(isReversedInMono)).toEqual(['accent', 'selected', 'ok', 'warn', 'crit', 'unknown'])
})
