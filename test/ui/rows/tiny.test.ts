import { expect, test } from 'vitest'
import type { ModeOptions } from '../../../src/ui/rows/mode.ts'
import { tiny } from '../../../src/ui/rows/tiny.ts'
import { leadersOf } from '../../fixtures/alerts.ts'
import { AHEAD } from '../../fixtures/limits.ts'
import { ASCII_LOOK, firstSecond, NOW, OPEN_LOOK, quiet, ROWS, rowText, trouble } from '../lists.ts'

const LIVE: ModeOptions = { mode: 'live', nowMs: NOW }

const screen = (columns: number, rows: number, frame = trouble(), options = LIVE, look = OPEN_LOOK) =>
  rowText(columns, (surface) => tiny(surface, frame, look, options), rows).split('\n')

test('20x5 in trouble', () => {
  expect(screen(20, 5)).toEqual([
    '|✖ memory 97 % used  |',
    '|▲ /var 84 % used    |',
    '|▲ swap 81 % used    |',
    '|14:29 ▲ swap 81 % >…|',
    '|cpu 42 mem 71  14:32|',
  ])
  expect(screen(20, 2, trouble(), LIVE, ASCII_LOOK)).toEqual(['|X memory 97 % used  |', '|cpu 42 mem 71  14:32|'])
})

test('20x5 quiet: the verdict, who uses most, what changed', () => {
  const frame = quiet({
    leaders: leadersOf({ cpu: ROWS, memory: ROWS }),
    events: trouble().events.slice(2, 4),
  })
  expect(screen(20, 5, frame)).toEqual([
    '|● all well          |',
    '|node 91.2 %         |',
    '|14:02 ▸ worker star…|',
    '|13:41 ● /home well …|',
    '|cpu 42 mem 71  14:32|',
  ])
})

test('20x3 in the first second, stale and paused', () => {
  expect(screen(20, 3, firstSecond())).toEqual([
    '|◌ not known yet     |',
    '|                    |',
    '|               14:32|',
  ])
  expect(screen(20, 3, quiet(), { mode: 'live', nowMs: NOW + 41_000 })[0]).toBe('|◌ no answer 41 s    |')
  expect(screen(22, 3, quiet(), { mode: 'paused', nowMs: NOW + 41_000 })).toEqual([
    '|● all well            |',
    '|                      |',
    '|cpu 42 mem 71  Ⅱ 14:32|',
  ])
})

test('after what is wrong comes what reaches its limit next', () => {
  expect(screen(20, 5, trouble({ forecasts: AHEAD }))).toEqual([
    '|✖ memory 97 % used  |',
    '|▲ /var 84 % used    |',
    '|▲ swap 81 % used    |',
    '|▲ /var in 3 h 10 m  |',
    '|cpu 42 mem 71  14:32|',
  ])
  expect(screen(40, 3, quiet({ forecasts: AHEAD }))[1]).toBe('|▲ /var 95 % full in 3 h 10 m            |')
  expect(screen(20, 3, quiet({ forecasts: AHEAD.slice(3) }))[1]).toBe('|                    |')
})

test('a wide one says since when', () => {
  expect(screen(59, 2)[0]).toContain('✖ memory 97 % used 12 min ')
})

test('down to one cell the verdict is what is left', () => {
  expect(screen(20, 1)).toEqual(['|✖ memory 97 % used  |'])
  expect(screen(5, 2)).toEqual(['|✖ mem|', '|14:32|'])
  expect(screen(1, 1)).toEqual(['|✖|'])
})
