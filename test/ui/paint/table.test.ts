import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Look } from '../../../src/ui/paint/look.ts'
import { segment } from '../../../src/ui/paint/segments.ts'
import {
  type Column,
  drawCells,
  drawLabels,
  drawSelection,
  layoutColumns,
  ruleLabels,
} from '../../../src/ui/paint/table.ts'
import { Grid } from '../../../src/ui/screen/grid.ts'
import { background, foreground, isBold } from '../../../src/ui/screen/style.ts'
import { Surface } from '../../../src/ui/screen/surface.ts'
import { ASCII, UNICODE } from '../../../src/ui/theme/glyphs.ts'

const LOOK: Look = { glyphs: UNICODE, charts: 'braille', depth: 'truecolor', boxed: true }

const COLUMNS: readonly Column<'pid' | 'user' | 'cpu' | 'command'>[] = [
  { id: 'pid', label: 'PID', width: 5, align: 'right', priority: 3 },
  { id: 'user', label: 'USER', width: 6, most: 9, priority: 1 },
  { id: 'cpu', label: 'CPU %', width: 5, align: 'right', priority: 4 },
  { id: 'command', label: 'COMMAND', width: 10, flex: 12, priority: 5 },
]

function canvas(columns: number, rows: number) {
  const grid = new Grid(columns, rows)
  return { grid, surface: new Surface(grid, { x: 0, y: 0, columns, rows }) }
}

const places = (available: number) =>
  layoutColumns(COLUMNS, available).map(({ column, x, width }) => `${column.id} ${x}+${width}`)

test('columns are laid out with two between them and the flexible one takes the rest', () => {
  expect(places(32)).toEqual(['pid 0+5', 'user 7+6', 'cpu 15+5', 'command 22+10'])
  expect(places(34)).toEqual(['pid 0+5', 'user 7+6', 'cpu 15+5', 'command 22+12'])
  expect(places(36)).toEqual(['pid 0+5', 'user 7+8', 'cpu 17+5', 'command 24+12'])
  expect(places(60)).toEqual(['pid 0+5', 'user 7+9', 'cpu 18+5', 'command 25+35'])
})

test('the column with the lowest priority goes first, and whole', () => {
  expect(places(31)).toEqual(['pid 0+5', 'cpu 7+5', 'command 14+17'])
  expect(places(23)).toEqual(['cpu 0+5', 'command 7+16'])
  expect(places(16)).toEqual(['command 0+16'])
  expect(places(4)).toEqual(['command 0+4'])
})

test('a narrower gap is kept to its column', () => {
  const columns: readonly Column[] = [
    { id: 'state', label: 'S', width: 1, priority: 1, gap: 1 },
    { id: 'command', label: 'COMMAND', width: 7, priority: 2 },
  ]
  expect(layoutColumns(columns, 9).map(({ x }) => x)).toEqual([0, 2])
})

test('labels stand over their columns and the sorted one stands out', () => {
  const { grid, surface } = canvas(40, 1)
  drawLabels(surface, 0, layoutColumns(COLUMNS, 40), LOOK, 'cpu')
  expect(grid.rowText(0)).toBe('  PID  USER       CPU %  COMMAND        ')
  const at = grid.rowText(0).indexOf('CPU')
  expect(foreground(grid.styles[at] as number)).toBe('accent')
  expect(isBold(grid.styles[at] as number)).toBe(true)
  expect(foreground(grid.styles[2] as number)).toBe('dim')
})

test('labels for the rule join where a gap is one column', () => {
  const columns: readonly Column[] = [
    { id: 'memory', label: 'MEM', width: 8, align: 'right', priority: 1 },
    { id: 'state', label: 'S', width: 1, priority: 1, gap: 1 },
    { id: 'command', label: 'COMMAND', width: 10, priority: 2 },
  ]
  const labels = ruleLabels(layoutColumns(columns, 30))
  expect(labels.map(({ x, segments }) => [x, segments.map(({ text }) => text).join('')])).toEqual([
    [5, 'MEM'],
    [10, 'S COMMAND'],
  ])
})

function row(cells: Readonly<Record<string, string>>, columns = 40, look = LOOK) {
  const { grid, surface } = canvas(columns, 1)
  drawCells(surface, 0, layoutColumns(COLUMNS, columns), look, (id) => [segment(cells[id] ?? '')])
  return grid.rowText(0)
}

test('numbers end at the right of their column, text is cut with an ellipsis', () => {
  expect(row({ pid: '42', user: 'postgres', cpu: '1.3', command: 'a command too long' })).toBe(
    '   42  postgres     1.3  a command too …',
  )
  expect(row({ pid: '42', user: 'systemd-timesync', cpu: '', command: 'x' })).toBe(
    '   42  systemd-…         x              ',
  )
  expect(row({ user: 'systemd-timesync' }, 40, { ...LOOK, glyphs: ASCII })).toContain('systemd-~')
})

test.each([
  ['wide', '日本語のプロセス名'],
  ['emoji', '🚀🚀🚀🚀🚀🚀🚀'],
  ['combining', 'e\u0301\u0301\u0301xe\u0301cutable-name'],
])('%s text keeps the columns behind it in place', (_, name) => {
  const { grid, surface } = canvas(40, 1)
  drawCells(surface, 0, layoutColumns(COLUMNS, 40), LOOK, (id) => [
    segment({ pid: '7', user: name, cpu: '12.5', command: '|' }[id]),
  ])
  expect(grid.chars[25]).toBe('|')
  expect(grid.chars.slice(18, 23).join('')).toBe(' 12.5')
})

test('a cell can paint itself', () => {
  const { grid, surface } = canvas(32, 1)
  drawCells(surface, 0, layoutColumns(COLUMNS, 32), LOOK, (id) =>
    id === 'user' ? (on, x, y, width) => on.fill('#', 0, x, y, width, 1) : [],
  )
  expect(grid.rowText(0).trimEnd()).toBe('       ######')
})

test.each([
  [true, 1, 9],
  [false, 0, 10],
])('a selection reaches from side to side (boxed %s)', (boxed, first, end) => {
  const { grid, surface } = canvas(10, 2)
  drawSelection(surface, 1, { ...LOOK, boxed })
  const marked = [...grid.styles].flatMap((packed, at) => (background(packed) === 'selected' ? [at] : []))
  expect(marked).toEqual(Array.from({ length: end - first }, (_, i) => 10 + first + i))
  expect(grid.chars[10 + first]).toBe('▌')
})

test('columns never overlap nor leave the width, whatever it is', () => {
  const column = fc.record({
    id: fc.uuid(),
    label: fc.constant('L'),
    width: fc.integer({ min: 1, max: 30 }),
    most: fc.integer({ min: 1, max: 60 }),
    priority: fc.integer({ min: 0, max: 9 }),
    gap: fc.integer({ min: 1, max: 3 }),
  })
  fc.assert(
    fc.property(
      fc.array(column, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 400 }),
      (columns, width) => {
        const placed = layoutColumns(columns, width)
        expect(placed.length).toBeGreaterThan(0)
        let end = 0
        for (const item of placed) {
          expect(item.x).toBeGreaterThanOrEqual(end)
          end = item.x + item.width
          expect(end).toBeLessThanOrEqual(width)
          if (placed.length > 1) expect(item.width).toBeGreaterThanOrEqual(item.column.width)
        }
      },
    ),
  )
})
