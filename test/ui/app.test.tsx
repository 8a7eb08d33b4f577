import { expect, test } from 'vitest'
import { mountInk } from '../../src/ui/ink.tsx'
import { KEYS } from '../../src/ui/keys/table.ts'
import { canvasId, layoutOf, placesOf } from '../../src/ui/layout.ts'
import { HOME_LAYOUT, type LayoutChoice, PRESETS } from '../../src/ui/layout-choice.ts'
import { holes } from '../../src/ui/screen/base.ts'
import { background } from '../../src/ui/screen/style.ts'
import { INITIAL, type ViewState } from '../../src/ui/state.ts'
import { typed } from '../../src/ui/text-input.ts'
import { UNICODE } from '../../src/ui/theme/glyphs.ts'
import { processRow } from './lists.ts'

const ink = mountInk((error) => {
  throw error
})
const base = (state: ViewState) =>
  ink.render({ state, glyphs: UNICODE, bindings: KEYS, version: '1.2.3', memory: '~/screen.json' })

test('the holes that Ink leaves are the rectangles of the layout, so that the first picture does not have to wait for Ink', () => {
  for (const [columns, rows] of [
    [20, 5],
    [60, 20],
    [80, 24],
    [100, 32],
    [120, 40],
    [200, 60],
    [400, 120],
  ] as const) {
    for (const full of [undefined, 'disks'] as const) {
      const state = { ...INITIAL, columns, rows, ...(full && { full }) }
      const found = holes(base(state))
      const wanted = new Map([...placesOf(layoutOf(columns, rows, full))].map(([name, rect]) => [canvasId(name), rect]))
      expect(found, `${columns}x${rows} ${full ?? 'home'}`).toEqual(wanted)
    }
  }
})

const CHOICES: readonly LayoutChoice[] = [
  ...PRESETS.map((preset) => ({ ...HOME_LAYOUT, preset })),
  { ...HOME_LAYOUT, hidden: ['memory', 'services', 'log', 'pressure'] },
  { ...HOME_LAYOUT, hidden: ['processes', 'network'], rows: { cpu: 3, disks: -1 } },
  { preset: 'services', hidden: ['host'], order: ['processes', 'network', 'log', 'services'], rows: { services: -4 } },
  { preset: 'charts', hidden: ['cpu'], order: ['network', 'memory', 'cpu', 'disks'], rows: { processes: 6 } },
]

test('they are so whatever was made of the layout', () => {
  for (const layout of CHOICES) {
    for (const [columns, rows] of [
      [60, 20],
      [80, 24],
      [120, 40],
      [200, 60],
    ] as const) {
      const found = holes(base({ ...INITIAL, columns, rows, layout }))
      const places = placesOf(layoutOf(columns, rows, undefined, layout))
      const wanted = new Map([...places].map(([name, rect]) => [canvasId(name), rect]))
      expect(found, `${columns}x${rows} ${JSON.stringify(layout)}`).toEqual(wanted)
    }
  }
})

const CORES = Array.from({ length: 256 }, (_, core) => core)

const OVERLAYS: readonly NonNullable<ViewState['overlay']>[] = [
  { kind: 'help', query: typed('pro'), selected: 0 },
  { kind: 'help', query: typed(''), selected: -1 },
  { kind: 'palette', query: typed('名前 of'), selected: 0 },
  { kind: 'palette', query: typed(''), selected: 12 },
  { kind: 'settings', selected: 4 },
  { kind: 'sort', selected: 2 },
  { kind: 'panels', selected: 1 },
  {
    kind: 'signal',
    targets: [processRow({ name: '名前', command: 'x'.repeat(300) })],
    openedMs: 0,
    selected: 8,
    button: 'send',
    refused: 'ended already',
  },
  {
    kind: 'nice',
    targets: Array.from({ length: 40 }, (_, pid) => processRow({ pid: pid + 1, name: '名前' })),
    openedMs: 0,
    selected: 0,
    button: 'cancel',
    value: -20,
    ended: 3,
  },
  { kind: 'io_class', targets: [processRow({})], openedMs: 0, selected: 3, button: 'cancel', value: 7 },
  { kind: 'affinity', targets: [processRow({})], openedMs: 0, selected: 0, button: 'cancel' },
  {
    kind: 'affinity',
    targets: [processRow({})],
    openedMs: 0,
    selected: 200,
    button: 'send',
    cores: CORES,
    current: [{ nice: 0, affinity: CORES, cores: CORES }],
  },
]

for (const overlay of OVERLAYS) {
  test(`the ${overlay.kind} overlay lies over the panels in one piece, filled, at every size`, () => {
    for (const [columns, rows] of [
      [30, 8],
      [60, 20],
      [80, 24],
      [120, 40],
    ] as const) {
      const grid = base({ ...INITIAL, columns, rows, overlay })
      const widths = new Set<number>()
      for (let y = 0; y < rows; y++) {
        const cells = Array.from({ length: columns }, (_, x) => y * columns + x).filter(
          (cell) => grid.owners[cell] === 0,
        )
        // The gap between two canvases of a band is nobody's and has no background.
        const own = cells.filter((cell) => background(grid.styles[cell] as number) !== undefined)
        if (own.length > 0) widths.add(own.length)
      }
      expect(widths.size, `${columns}x${rows}`).toBe(1)
    }
  })
}
