import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawMarks, drawMoment, horizonColumn, marksText } from '../../../src/ui/paint/horizon.ts'
import { foreground } from '../../../src/ui/screen/style.ts'
import { ASCII_LOOK, canvas, OPEN_LOOK, rowText } from '../lists.ts'

const HOUR = 3600
const DAY = 24 * HOUR
const TOKENS = { range: 'disk2', likely: 'disk' } as const

const row = (eta: Parameters<typeof drawMoment>[4], look = OPEN_LOOK) =>
  rowText(28, (surface) => drawMoment(surface, 0, 0, 28, eta, TOKENS, look))

test('an axis goes from ten minutes to a month, and later is never further left', () => {
  expect([0, 600, 30 * DAY, 90 * DAY].map((seconds) => horizonColumn(seconds, 28))).toEqual([0, 0, 27, 27])
  fc.assert(
    fc.property(fc.nat(5_000_000), fc.nat(5_000_000), fc.integer({ min: 1, max: 100 }), (a, b, width) => {
      const [first, second] = [horizonColumn(Math.min(a, b), width), horizonColumn(Math.max(a, b), width)]
      expect(first).toBeLessThanOrEqual(second)
      expect(second).toBeLessThan(width)
    }),
  )
})

test('a moment is its range with the likely one in it; without an end it goes to the end of the axis', () => {
  const eta = { earliest: 6 * HOUR, likely: DAY, latest: 3 * DAY }
  expect(row(eta)).toBe('|────────────━━━━◆━━━━───────|')
  expect(row({ earliest: 6 * HOUR, likely: DAY })).toBe('|────────────━━━━◆━━━━━━━━━━━|')
  expect(row({ earliest: 9 * DAY, likely: 40 * DAY })).toBe('|───────────────────────━━━━━|')
  expect(row(undefined)).toBe('|────────────────────────────|')
  expect(row(eta, ASCII_LOOK)).toBe('|............====#====.......|')
})

test('the likely moment has the hue, its range a deeper one', () => {
  const { surface, grid } = canvas(28, 1)
  drawMoment(surface, 0, 0, 28, { earliest: 6 * HOUR, likely: DAY, latest: 3 * DAY }, TOKENS, OPEN_LOOK)
  expect([11, 12, 16, 17].map((x) => foreground(grid.styles[x] as number))).toEqual(['track', 'disk2', 'disk', 'disk2'])
})

test('labels stand at their marks; those without room are left out', () => {
  expect(marksText(28, 30)).toBe('10 m 1 h 4 h   1 d   1 w 1 mo')
  const marks = rowText(30, (surface) => {
    surface.clear()
    drawMarks(surface, 0, 0, 28, 1, OPEN_LOOK)
  })
  expect(marks).toBe('|┊     ┊   ┊     ┊     ┊    ┊  |')
  for (let width = 1; width < 100; width++) expect(marksText(width).length).toBeLessThanOrEqual(Math.max(4, width))
})
