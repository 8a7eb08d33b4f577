import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choosablePanels, type Layout, layoutOf, panelsOf, placesOf } from '../../src/ui/layout.ts'
import { HOME_LAYOUT, type LayoutChoice, PRESETS } from '../../src/ui/layout-choice.ts'
import type { Look } from '../../src/ui/paint/look.ts'
import { PANEL_IDS, type PanelId } from '../../src/ui/panels/panel-id.ts'
import { Scene } from '../../src/ui/scene.ts'
import { INITIAL } from '../../src/ui/state.ts'
import { UNICODE } from '../../src/ui/theme/glyphs.ts'
import { frameOf } from '../fixtures/frame.ts'
import { answerOf, ROWS, trouble } from './lists.ts'

const listed = trouble()
const frame = frameOf({
  processes: answerOf(ROWS),
  listeners: [
    { protocol: 'tcp', address: '0.0.0.0', port: 443, pid: 880, process: 'nginx' },
    { protocol: 'tcp', address: '127.0.0.1', port: 5432, pid: 1207, process: 'postgres' },
    { protocol: 'tcp', address: '::', port: 22 },
  ],
  events: listed.events,
  host: listed.host,
  verdict: listed.verdict,
  reasons: listed.reasons,
  alerts: listed.alerts,
})

function screen(columns: number, rows: number, layout: LayoutChoice): string {
  const look: Look = { glyphs: UNICODE, charts: 'braille', depth: 'truecolor', boxed: false }
  const scene = new Scene(look)
  scene.baseFromLayout(layoutOf(columns, rows, undefined, layout))
  const grid = scene.paint({
    frame,
    state: { ...INITIAL, columns, rows, layout },
    nowMs: frame.wallMs,
    sinceMs: frame.wallMs - 600_000,
    staleMs: 3000,
    keys: [{ key: '?', name: 'help', command: 'help' }],
  })
  return Array.from({ length: rows }, (_, y) => grid.rowText(y).trimEnd()).join('\n')
}

const choice = (change: Partial<LayoutChoice>): LayoutChoice => ({ ...HOME_LAYOUT, ...change })

function placed(columns: number, rows: number, layout: LayoutChoice): string[] {
  return [...placesOf(layoutOf(columns, rows, undefined, layout))]
    .slice(3, -1)
    .map(([name, rect]) => `${name} ${rect.x},${rect.y} ${rect.columns}x${rect.rows}`)
}

for (const preset of PRESETS.filter((name) => name !== 'home')) {
  for (const [columns, rows] of [
    [120, 40],
    [80, 24],
  ] as const) {
    test(`${preset} at ${columns}x${rows}`, async () => {
      const text = screen(columns, rows, choice({ preset }))
      expect(text).not.toContain('this panel failed')
      await expect(`${text}\n`).toMatchFileSnapshot(`__snapshots__/layout-${preset}-${columns}x${rows}.txt`)
    })
  }
}

test('a preset gives its thing the room', () => {
  expect(placed(120, 40, choice({ preset: 'processes' }))).toEqual([
    'host 0,3 72x7',
    'log 72,3 48x7',
    'processes 0,10 120x29',
  ])
  expect(placed(80, 24, choice({ preset: 'processes' }))).toEqual(['host 0,3 80x6', 'processes 0,9 80x14'])
  expect(placed(80, 24, choice({ preset: 'services' }))).toEqual([
    'host 0,3 80x6',
    'services 0,9 47x9',
    'log 49,9 31x9',
    'processes 0,18 80x5',
  ])
  expect(placed(200, 60, choice({ preset: 'charts' }))).toEqual([
    'cpu 0,3 84x22',
    'memory 84,3 60x22',
    'ahead 144,3 56x22',
    'disks 0,25 84x22',
    'network 84,25 60x22',
    'pressure 144,25 56x22',
    'processes 0,47 200x12',
  ])
})

test('in one column and below every preset is home', () => {
  for (const preset of PRESETS) {
    for (const [columns, rows] of [
      [79, 60],
      [100, 23],
      [60, 20],
      [40, 40],
    ] as const)
      expect(layoutOf(columns, rows, undefined, choice({ preset }))).toEqual(layoutOf(columns, rows))
  }
})

test('the columns of a hidden panel go to its neighbour, the rows of a band without panels to the process table', () => {
  expect(placed(120, 40, choice({ hidden: ['memory', 'disks', 'services', 'log'] }))).toEqual([
    'cpu 0,3 120x9',
    'network 0,12 120x7',
    'processes 0,19 120x20',
  ])
  expect(placed(80, 24, choice({ hidden: ['cpu'] }))[0]).toBe('memory 0,3 80x4')
  expect(placed(200, 60, choice({ hidden: ['network'] })).slice(3, 5)).toEqual([
    'disks 0,16 144x7',
    'pressure 144,16 56x7',
  ])
})

test('without the process table the last list has the rest, without a list the last band', () => {
  expect(placed(120, 40, choice({ hidden: ['processes', 'log'] })).at(-1)).toBe('services 0,19 120x20')
  expect(placed(120, 40, choice({ hidden: ['processes', 'log', 'services'] })).at(-1)).toBe('network 72,12 48x27')
})

test('panels exchange places, and what a size does not have changes nothing', () => {
  const order: PanelId[] = ['memory', 'cpu', 'disks', 'pressure', 'network', 'processes', 'log', 'services']
  expect(placed(120, 40, choice({ order }))).toEqual([
    'memory 0,3 72x9',
    'cpu 72,3 48x9',
    'disks 0,12 72x7',
    'network 72,12 48x7',
    'processes 0,19 72x8',
    'log 72,19 48x8',
    'services 0,27 120x12',
  ])
  expect(placed(200, 60, choice({ order }))[4]).toBe('pressure 84,16 60x7')
  expect(placed(120, 40, choice({ order: ['host'] }))).toEqual(placed(120, 40, HOME_LAYOUT))
})

test('a taller band takes its rows from the process table, and its own growth ends where that has no more to give', () => {
  const rows = (sizes: LayoutChoice['rows']) =>
    placed(120, 40, choice({ rows: sizes })).map((text) => text.split('x')[1])
  expect(rows({ cpu: 3 })).toEqual(['12', '12', '7', '7', '8', '8', '9'])
  expect(rows({ cpu: 3, memory: -1 })).toEqual(['11', '11', '7', '7', '8', '8', '10'])
  expect(rows({ cpu: 500 })).toEqual(['17', '17', '7', '7', '8', '8', '4'])
  expect(rows({ services: -500 })).toEqual(['9', '9', '7', '7', '4', '4', '16'])
  expect(rows({ processes: 5 })).toEqual(['9', '9', '6', '6', '4', '4', '17'])
  expect(rows({ processes: -2 })).toEqual(['9', '9', '7', '7', '10', '10', '10'])
})

test('what is hidden in a band keeps the height that was chosen for it', () => {
  expect(placed(120, 40, choice({ rows: { memory: 2 }, hidden: ['memory'] }))[0]).toBe('cpu 0,3 120x11')
})

const anyPanel = fc.constantFrom(...PANEL_IDS)
const anyChoice: fc.Arbitrary<LayoutChoice> = fc.record({
  preset: fc.constantFrom(...PRESETS),
  hidden: fc.uniqueArray(anyPanel, { maxLength: PANEL_IDS.length }),
  order: fc.uniqueArray(anyPanel, { maxLength: PANEL_IDS.length }),
  rows: fc.dictionary(anyPanel, fc.oneof(fc.integer({ min: -6, max: 6 }), fc.maxSafeInteger())),
})
const anySize = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 100 }))

/** How often each cell of the screen belongs to a canvas, or to the gap beside one. */
function covered({ columns, rows, bands }: Layout): Uint8Array {
  const cells = new Uint8Array(columns * rows)
  let y = 0
  for (const band of bands) {
    let x = 0
    for (const [index, cell] of band.cells.entries()) {
      const end = x + cell.columns + (index < band.cells.length - 1 ? band.gap : 0)
      for (let row = y; row < y + band.rows; row++)
        for (let column = x; column < end; column++) {
          const at = row * columns + column
          if (column < columns && row < rows) cells[at] = (cells[at] as number) + 1
        }
      x = end
    }
    expect(x).toBe(columns)
    y += band.rows
  }
  expect(y).toBe(rows)
  return cells
}

test('whatever was chosen, at every size the screen is covered once, and every panel has room for something', () => {
  fc.assert(
    fc.property(anySize, anyChoice, ([columns, rows], layout) => {
      const made = layoutOf(columns, rows, undefined, layout)
      expect(covered(made).every((times) => times === 1)).toBe(true)
      const panels = panelsOf(made)
      expect(new Set(panels).size).toBe(panels.length)
      const choosable = choosablePanels(columns, rows, layout)
      const wanted = choosable.filter((panel) => !layout.hidden.includes(panel))
      expect(panels).toEqual(wanted.length > 0 ? wanted : choosable)
      for (const [name, rect] of placesOf(made)) {
        if (!panels.some((panel) => panel === name)) continue
        expect(rect.rows, name).toBeGreaterThanOrEqual(made.boxed ? 4 : 3)
        expect(rect.columns, name).toBeGreaterThanOrEqual(30)
      }
    }),
    { numRuns: 1000 },
  )
})

test('whatever was chosen, every panel can be painted where it stands', () => {
  fc.assert(
    fc.property(anySize, anyChoice, ([columns, rows], layout) => {
      expect(screen(columns, rows, layout)).not.toContain('this panel failed')
    }),
    { numRuns: 100 },
  )
})
