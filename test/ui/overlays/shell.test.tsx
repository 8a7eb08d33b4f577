import { expect, test } from 'vitest'
import { mountInk } from '../../../src/ui/ink.tsx'
import { KEYS } from '../../../src/ui/keys/table.ts'
import { INITIAL, type Overlay, type ViewState } from '../../../src/ui/state.ts'
import { typed } from '../../../src/ui/text-input.ts'
import { ASCII, UNICODE } from '../../../src/ui/theme/glyphs.ts'

const ink = mountInk((error) => {
  throw error
})

function text(
  overlay: Overlay,
  columns: number,
  rows: number,
  glyphs = UNICODE,
  more: Partial<ViewState> = {},
): string {
  const state = { ...INITIAL, ...more, columns, rows, overlay }
  const memory = '~/.config/healthtop/screen.json'
  const grid = ink.render({ state, glyphs, bindings: KEYS, version: '1.2.3', memory })
  return Array.from({ length: rows }, (_, y) => grid.rowText(y).trimEnd()).join('\n')
}

const help = (query = '', selected = -1): Overlay => ({ kind: 'help', query: typed(query), selected })
const palette = (query = '', selected = 0): Overlay => ({ kind: 'palette', query: typed(query), selected })

const GOLDENS: Readonly<Record<string, Overlay>> = {
  help: help(),
  'help-searched': help('cpu', 1),
  palette: palette('', 2),
  'palette-searched': palette('theme'),
  settings: { kind: 'settings', selected: 0 },
}

for (const [name, overlay] of Object.entries(GOLDENS)) {
  for (const [columns, rows] of [
    [120, 40],
    [80, 24],
    [60, 20],
  ] as const) {
    test(`${name} at ${columns}x${rows}`, async () => {
      await expect(`${text(overlay, columns, rows)}\n`).toMatchFileSnapshot(
        `__snapshots__/${name}-${columns}x${rows}.txt`,
      )
    })
  }
  test(`${name} in ASCII`, () => {
    expect(text(overlay, 80, 24, ASCII)).toMatch(/^[\x20-\x7e\n]*$/)
  })
}

test('at 120x40 the help is whole: its last sign is seen', () => {
  const whole = text(help(), 120, 40)
  for (const last of [
    'next, previous check',
    'copy what is checked',
    'unfold, fold incident',
    'zero; empty: not known',
  ])
    expect(whole).toContain(last)
})

test('the help scrolls with its selection, to its very end', () => {
  const lines = Array.from({ length: 80 }, (_, selected) => text(help('', selected), 60, 20))
  expect(lines[0]).toContain('▌Esc')
  expect(lines.some((screen) => /▌·\s+zero/.test(screen))).toBe(true)
  expect(text(help('', 70), 80, 24)).not.toBe(lines[0])
})

test('the box stays where it is while somebody types', () => {
  const frame = (screen: string) => screen.split('\n').flatMap((line, y) => (/[╭╰]/.test(line) ? [y] : []))
  for (const query of ['m', 'mem', 'nothing like it']) {
    expect(frame(text(help(query, 0), 120, 40)), query).toEqual(frame(text(help(), 120, 40)))
    expect(frame(text(palette(query), 120, 40)), query).toEqual(frame(text(palette(), 120, 40)))
  }
})

test('a long query shows the part around its cursor, and what was pasted cannot leave its line', () => {
  const long = `${'x'.repeat(150)}END`
  expect(text(palette(long), 80, 24)).toContain('END ')
  expect(text({ kind: 'palette', query: { text: long, cursor: 0 }, selected: 0 }, 80, 24)).toContain(': xxx')
  for (const line of text(palette('名前'.repeat(60)), 80, 24)
    .split('\n')
    .filter((one) => one.includes('│')))
    expect(line.trim()).toMatch(/^│.*│$/)
})

test('settings show what is, not what is usual', () => {
  const screen = text({ kind: 'settings', selected: 7 }, 60, 20, ASCII, {
    theme: 'light',
    mouse: true,
    processes: { ...INITIAL.processes, arrange: 'tree', sort: 'write', reverse: true, columns: ['pid', 'cpu'] },
  })
  expect(screen).toContain('[light]')
  expect(screen).toContain('[on]')
  expect(screen).toMatch(/processes\s+< tree >/)
  expect(screen).toContain('write, the other way round')
  expect(screen).toContain('2 chosen')
  expect(screen).toContain('remembered in ~/.config/healthtop/screen.json')
})
