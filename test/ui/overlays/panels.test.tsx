import { expect, test } from 'vitest'
import { mountInk } from '../../../src/ui/ink.tsx'
import { KEYS } from '../../../src/ui/keys/table.ts'
import { HOME_LAYOUT, type LayoutChoice } from '../../../src/ui/layout-choice.ts'
import { INITIAL } from '../../../src/ui/state.ts'
import { ASCII, UNICODE } from '../../../src/ui/theme/glyphs.ts'

const ink = mountInk((error) => {
  throw error
})

function dialog(columns: number, rows: number, layout: LayoutChoice, selected = 0, glyphs = UNICODE): string[] {
  const state = { ...INITIAL, columns, rows, layout, overlay: { kind: 'panels', selected } } as const
  const grid = ink.render({ state, glyphs, bindings: KEYS, version: '1.2.3', memory: '' })
  return Array.from({ length: rows }, (_, y) => grid.rowText(y).trim()).filter((text) => text !== '')
}

test('each panel stands with its number and the room it has, in the order of the screen', () => {
  expect(dialog(120, 40, { ...HOME_LAYOUT, hidden: ['memory'], order: ['log', 'services'] }, 5)).toEqual([
    '╭ Panels of the home screen, as in home ───────────────────────────╮',
    '│   ✓ 1 CPU             9 rows  120 columns                        │',
    '│   · 2 Memory         hidden                                      │',
    '│   ✓ 3 Disks           7 rows   72 columns                        │',
    '│   ✓ 4 Network         7 rows   48 columns                        │',
    '│   ✓ 6 Log             8 rows   72 columns                        │',
    '│ ▌ ✓ 5 Services        8 rows   48 columns                        │',
    '│   ✓ 7 Processes      12 rows  120 columns                        │',
    '╰── Space hide  ← → move  + - rows  p layout  d default  Esc close ╯',
  ])
})

test('in ASCII and where it is narrow', () => {
  const text = dialog(60, 20, HOME_LAYOUT, 2, ASCII)
  expect(text.join('')).toMatch(/^[\x20-\x7e]*$/)
  expect(text[3]).toMatch(/^\| > \S 7 Processes {7}6 rows {3}60 columns +\|$/)
  expect(text.at(-1)).toContain('Esc close')
})
