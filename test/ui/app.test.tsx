import { expect, test } from 'vitest'
import { mountInk } from '../../src/ui/ink.tsx'
import { KEYS } from '../../src/ui/keys.ts'
import { canvasId, layoutOf, placesOf } from '../../src/ui/layout.ts'
import { holes } from '../../src/ui/screen/base.ts'
import { background } from '../../src/ui/screen/style.ts'
import { INITIAL, type ViewState } from '../../src/ui/state.ts'
import { UNICODE } from '../../src/ui/theme/glyphs.ts'
import { processRow } from './lists.ts'

const ink = mountInk((error) => {
  throw error
})
const base = (state: ViewState) => ink.render({ state, glyphs: UNICODE, bindings: KEYS, version: '1.2.3' })

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

const OVERLAYS: readonly NonNullable<ViewState['overlay']>[] = [
  { kind: 'help', offset: 0 },
  { kind: 'sort', selected: 2 },
  {
    kind: 'signal',
    target: processRow({ name: '名前', command: 'x'.repeat(300) }),
    openedMs: 0,
    selected: 8,
    button: 'send',
    refused: 'ended already',
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
