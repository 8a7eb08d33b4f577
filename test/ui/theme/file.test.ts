import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Sgr } from '../../../src/ui/screen/sgr.ts'
import { style } from '../../../src/ui/screen/style.ts'
import { parseTheme } from '../../../src/ui/theme/file.ts'
import { ansi16, PALETTES, type Palette, rgb, xterm256 } from '../../../src/ui/theme/palette.ts'
import { TOKENS } from '../../../src/ui/theme/tokens.ts'
import { contrast } from './contrast.ts'

const EXAMPLE = new URL('../../../docs/theme-example.json', import.meta.url)

function palette(theme: object | string, file = 'mine.json'): Palette {
  const parsed = parseTheme(typeof theme === 'string' ? theme : JSON.stringify(theme), file)
  if (!parsed.ok) throw new Error(parsed.errors.join('\n'))
  return parsed.palette
}

function errors(theme: object | string): readonly string[] {
  const parsed = parseTheme(typeof theme === 'string' ? theme : JSON.stringify(theme), 'mine.json')
  return parsed.ok ? [] : parsed.errors
}

test('a file sets the colours it names, the others are those of its base', () => {
  const mine = palette({ name: 'mine', base: 'light', accent: '#FFCC66', cpu: '#005f87' })
  expect(mine.name).toBe('mine')
  expect(rgb(mine, 'accent')).toBe('#ffcc66')
  expect(xterm256(mine, 'cpu')).toBe(24)
  expect(ansi16(mine, 'accent')).toBe(3)
  for (const token of TOKENS) {
    if (token === 'accent' || token === 'cpu') continue
    expect(mine.colours.get(token), token).toEqual(PALETTES.light.colours.get(token))
  }
})

test('without a base it is dark, without a name it is called as its file, and an empty one is dark as it is', () => {
  expect(palette({}, '/etc/themes/plain.json')).toEqual({ ...PALETTES.dark, name: 'plain' })
  expect(palette('\uFEFF{}', 'plain.json').colours).toEqual(PALETTES.dark.colours)
  expect(palette({ base: 'contrast' }).colours).toEqual(PALETTES.contrast.colours)
})

test('at 16 colours grounds and bands stay what they are, a badge may have black text, other text may not', () => {
  const mine = palette({ selected: '#333333', overlay: '#222222', cpu3: '#113355', onBadge: '#000000', dim: '#050505' })
  expect(['selected', 'overlay', 'cpu3', 'onBadge', 'dim'].map((token) => ansi16(mine, token as 'dim'))).toEqual([
    'reversed',
    'bg',
    'dots',
    0,
    8,
  ])
})

test('what it says reaches the terminal', () => {
  const mine = palette({ cpu: '#005f87' })
  const sequence = (depth: 'truecolor' | '256' | '16') => new Sgr(mine, depth).of(style('cpu')).replace('\x1b', 'ESC')
  expect(sequence('truecolor')).toBe('ESC[0;38;2;0;95;135m')
  expect(sequence('256')).toBe('ESC[0;38;5;24m')
  expect(sequence('16')).toBe('ESC[0;34m')
})

test('everything that is wrong is said at once, with what is expected instead', () => {
  expect(
    errors({
      name: '',
      base: 'solarized',
      text: 'red',
      acent: '#ffffff',
      fg: '#ffffff',
      whatever: 1,
      cpu: 7,
      ok: '#fff',
    }),
  ).toEqual([
    'mine.json: name: expected a name, got ""',
    'mine.json: base: expected dark, light or contrast, got "solarized"',
    'mine.json: text: expected a colour such as #c6cfd8, got "red"',
    'mine.json: acent: there is no such colour: did you mean accent?',
    "mine.json: fg: is the terminal's own and cannot be set",
    'mine.json: whatever: there is no such colour',
    'mine.json: cpu: expected a colour such as #c6cfd8, got 7',
    'mine.json: ok: expected a colour such as #c6cfd8, got "#fff"',
  ])
  for (const wrong of ['[]', 'null', '"dark"', '7'])
    expect(errors(wrong)).toEqual(['mine.json: expected an object of colours such as {"accent": "#9ecbff"}'])
  expect(errors('{"__proto__": "#ffffff"}')).toEqual(['mine.json: __proto__: there is no such colour'])
})

test.each([
  ['{\n  "text": "#ffffff",\n  "dim" "#888888"\n}', '3:9'],
  ['{\n  "text": "#ffffff",\n}', '3:1'],
  ['{"text": }', '1:10'],
  ['{"text": "#fff\n"}', '1:15'],
  ['{"text": "#ffffff"', '1:19'],
  ['', '1:1'],
  ['colours: red', '1:1'],
  ['{} {}', '1:4'],
  ['{"text": trve}', '1:12'],
])('where %j breaks is said', (text, place) => {
  const [error = '', ...more] = errors(text)
  expect(more).toEqual([])
  expect(error).toMatch(new RegExp(`^mine\\.json:${place}: not JSON: [a-z][^\\n]*$`))
})

test('nothing of a file reaches a terminal as it is', () => {
  const wild = errors({ '\x1b[2Jkey': '#ffffff', text: '\x1b]0;title\x07'.repeat(20) })
  expect(wild).toHaveLength(2)
  for (const error of wild) expect(error).not.toMatch(/\p{Cc}/u)
  expect(palette({ name: 'a\x1b[31m\nname' }).name).not.toMatch(/\p{Cc}/u)
})

test('the example in the documentation sets every colour, and can be read', () => {
  const text = readFileSync(EXAMPLE, 'utf8')
  const settable = TOKENS.filter((token) => token !== 'fg')
  expect(Object.keys(JSON.parse(text)).sort()).toEqual(['name', 'base', ...settable].sort())
  const example = palette(text, 'docs/theme-example.json')
  const colour = (token: (typeof TOKENS)[number]) => rgb(example, token) as string
  const weak: string[] = []
  for (const ground of ['#000000', '#0f1318', '#282c34', colour('selected'), colour('overlay')]) {
    for (const token of [
      'text',
      'bright',
      'accent',
      'ok',
      'warn',
      'crit',
      'unknown',
      'cpu',
      'mem',
      'disk',
      'net',
      'svc',
    ] as const)
      if (contrast(colour(token), ground) < 4.4) weak.push(`${token} on ${ground}`)
    if (contrast(colour('dim'), ground) < 3.8) weak.push(`dim on ${ground}`)
  }
  for (const hue of ['cpu', 'mem', 'disk', 'net', 'svc'] as const)
    if (contrast(colour(`${hue}F`), colour(`${hue}3`)) < 3.3) weak.push(hue)
  expect(weak).toEqual([])
})
