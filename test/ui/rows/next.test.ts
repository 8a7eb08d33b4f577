import { expect, test } from 'vitest'
import { next } from '../../../src/ui/rows/next.ts'
import { background, foreground } from '../../../src/ui/screen/style.ts'
import { ASCII_LOOK, ago, canvas, OPEN_LOOK, quiet, rowText, trouble, UNICODE_LOOK } from '../lists.ts'

const row = (columns: number, frame = trouble(), look = columns >= 100 ? UNICODE_LOOK : OPEN_LOOK) =>
  rowText(columns, (surface) => next(surface, frame, look, { sinceMs: ago(30) }))
    .slice(1, -1)
    .trimEnd()

test('what changed last, newest first, as many as fit', () => {
  expect(row(120)).toBe(
    '  LAST  14:29 ▲ swap 81 % > 80 %   14:20 ✖ memory 97 % > 95 %   14:02 ▸ worker started again   13:41 ● /home well again',
  )
  expect(row(80)).toBe(' LAST  14:29 ▲ swap 81 % > 80 %   14:20 ✖ memory 97 % > 95 %  java 8.4 GiB')
  expect(row(60)).toBe(' LAST  14:29 ▲ swap 81 % > 80 %')
  expect(row(60, trouble(), ASCII_LOOK)).toBe(' LAST  14:29 ! swap 81 % > 80 %')
})

test('nothing yet says since when', () => {
  expect(row(80, quiet())).toBe(' LAST  nothing has changed since 14:02')
})

test('what is over is no trouble: the badge has no severity', () => {
  const { grid, surface } = canvas(80, 1)
  next(surface, trouble(), OPEN_LOOK, { sinceMs: 0 })
  expect([...grid.styles].slice(0, 7).map(background)).toEqual([...new Array(6).fill('unknown'), undefined])
})

test('a configuration with a mistake takes the place of the row', () => {
  const conf = (columns: number, config: string) =>
    rowText(columns, (surface) => next(surface, trouble(), OPEN_LOOK, { sinceMs: 0, config }))
      .slice(1, -1)
      .trimEnd()
  const short = 'healthtop.yaml:12:5 checks[0].port: expected a port'
  expect(conf(120, short)).toBe(` CONF  ${short}  the last good one is in use`)
  expect(conf(80, short)).toBe(' CONF  healthtop.yaml:12:5 checks[0].port: expect…  the last good one is in use')
  expect(conf(60, short)).toBe(' CONF  healthtop.yaml:12:5 checks[0].port: exp…')
})

test('a configuration with a mistake is a warning', () => {
  const { grid, surface } = canvas(80, 1)
  next(surface, quiet(), OPEN_LOOK, { sinceMs: 0, config: 'healthtop.yaml:1:1 it is wrong' })
  expect([background(grid.styles[2] as number), foreground(grid.styles[8] as number)]).toEqual(['warn', 'warn'])
})
