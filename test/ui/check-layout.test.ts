import { expect, test } from 'vitest'
import { CHECK_PANELS, checkLayout } from '../../src/ui/check-layout.ts'
import { mountInk } from '../../src/ui/ink.tsx'
import { KEYS } from '../../src/ui/keys/table.ts'
import { canvasId, panelsOf, placesOf } from '../../src/ui/layout.ts'
import { panelOf } from '../../src/ui/panels/registry.ts'
import { holes } from '../../src/ui/screen/base.ts'
import { INITIAL, type ViewState } from '../../src/ui/state.ts'
import { UNICODE } from '../../src/ui/theme/glyphs.ts'
import { expectFilled } from './filled.ts'

test('at any size its bands fill the screen, nothing overlaps and nothing is empty', () => {
  expectFilled([undefined, ...CHECK_PANELS], checkLayout)
})

test('all eight stand in boxes, below those that say most', () => {
  expect(panelsOf(checkLayout(120, 40, undefined))).toEqual(CHECK_PANELS)
  expect(panelsOf(checkLayout(100, 32, undefined))).toEqual(CHECK_PANELS)
  expect(panelsOf(checkLayout(80, 24, undefined))).toEqual(CHECK_PANELS.slice(0, 7))
  expect(panelsOf(checkLayout(60, 20, undefined))).toEqual([
    'check-latency',
    'check-results',
    'check-expected',
    'check-happened',
  ])
  expect(panelsOf(checkLayout(120, 40, 'check-headers'))).toEqual(['check-headers'])
  expect(panelsOf(checkLayout(59, 40, undefined))).toEqual([])
})

test('home is the picture: 13, 4, 9 and 10 rows, and 64 columns for sixty results', () => {
  const places = placesOf(checkLayout(120, 40, undefined))
  expect(places.get('check-latency')).toEqual({ x: 0, y: 3, columns: 72, rows: 13 })
  expect(places.get('check-results')).toEqual({ x: 0, y: 16, columns: 64, rows: 4 })
  expect(places.get('check-expected')).toEqual({ x: 0, y: 20, columns: 60, rows: 9 })
  expect(places.get('check-headers')).toEqual({ x: 60, y: 29, columns: 60, rows: 10 })
})

test('panels have the numbers of their places', () => {
  expect(CHECK_PANELS.map((id) => panelOf(id)?.key)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
})

test('the holes that Ink leaves are its rectangles, whatever is in full', () => {
  const ink = mountInk((error) => {
    throw error
  })
  for (const [columns, rows] of [
    [20, 5],
    [60, 20],
    [80, 24],
    [100, 32],
    [120, 40],
    [200, 60],
  ] as const) {
    for (const full of [undefined, 'check-headers'] as const) {
      const state: ViewState = { ...INITIAL, columns, rows, check: { name: 'api' }, ...(full && { full }) }
      const base = ink.render({ state, glyphs: UNICODE, bindings: KEYS, version: '1.2.3', memory: '~/screen.json' })
      const wanted = new Map(
        [...placesOf(checkLayout(columns, rows, full))].map(([name, rect]) => [canvasId(name), rect]),
      )
      expect(holes(base), `${columns}x${rows} ${full ?? 'page'}`).toEqual(wanted)
    }
  }
  ink.unmount()
})
