import { expect, test } from 'vitest'
import { ALERT_PANELS, alertLayout } from '../../src/ui/alert-layout.ts'
import { panelsOf, placesOf } from '../../src/ui/layout.ts'
import { panelOf } from '../../src/ui/panels/registry.ts'
import { expectFilled } from './filled.ts'

test('at any size its bands fill the screen, nothing overlaps and nothing is empty', () => {
  expectFilled([undefined, ...ALERT_PANELS], alertLayout)
})

test('all six stand from 80x24 up, below that those that say most', () => {
  for (const [columns, rows] of [
    [120, 40],
    [100, 32],
    [80, 24],
  ] as const) {
    expect(panelsOf(alertLayout(columns, rows, undefined))).toEqual(ALERT_PANELS)
  }
  expect(panelsOf(alertLayout(60, 20, undefined))).toEqual(['alert-moment', 'alert-timeline', 'alert-suspects'])
  expect(panelsOf(alertLayout(120, 40, 'alert-keys'))).toEqual(['alert-keys'])
  expect(panelsOf(alertLayout(59, 40, undefined))).toEqual([])
})

test('home is the picture: 15, 10 and 11 rows, and 72 columns for the chart', () => {
  const places = placesOf(alertLayout(120, 40, undefined))
  expect(places.get('alert-moment')).toEqual({ x: 0, y: 3, columns: 72, rows: 15 })
  expect(places.get('alert-timeline')).toEqual({ x: 72, y: 3, columns: 48, rows: 15 })
  expect(places.get('alert-suspects')).toEqual({ x: 0, y: 18, columns: 72, rows: 10 })
  expect(places.get('alert-before')).toEqual({ x: 0, y: 28, columns: 72, rows: 11 })
})

test('panels have the numbers of their places', () => {
  expect(ALERT_PANELS.map((id) => panelOf(id)?.key)).toEqual(['1', '2', '3', '4', '5', '6'])
})
