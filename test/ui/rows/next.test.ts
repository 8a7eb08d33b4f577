import { expect, test } from 'vitest'
import { next } from '../../../src/ui/rows/next.ts'
import { background } from '../../../src/ui/screen/style.ts'
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
