import fc from 'fast-check'
import { expect, test } from 'vitest'
import { area } from '../../../src/ui/paint/braille.ts'
import { coreStrip, coreStripColumns } from '../../../src/ui/paint/cores.ts'
import { gauge } from '../../../src/ui/paint/gauge.ts'
import { lineChart } from '../../../src/ui/paint/linechart.ts'
import type { ChartStyle, Look } from '../../../src/ui/paint/look.ts'
import { maximum, sparkline } from '../../../src/ui/paint/sparkline.ts'
import { timeAxis, timeLabels } from '../../../src/ui/paint/time-axis.ts'
import { Grid } from '../../../src/ui/screen/grid.ts'
import { foreground } from '../../../src/ui/screen/style.ts'
import { Surface } from '../../../src/ui/screen/surface.ts'
import { ASCII, UNICODE } from '../../../src/ui/theme/glyphs.ts'

const look = (charts: ChartStyle, ascii = false): Look => ({
  glyphs: ascii ? ASCII : UNICODE,
  charts,
  depth: 'truecolor',
  boxed: true,
})
const BRAILLE = look('braille')
const PLAIN = look('ascii', true)

function painted(columns: number, rows: number, paint: (surface: Surface) => void) {
  const grid = new Grid(columns, rows)
  paint(new Surface(grid, { x: 0, y: 0, columns, rows }))
  return {
    lines: Array.from({ length: rows }, (_, y) => grid.rowText(y)),
    tone: (x: number, y: number) => foreground(grid.styles[y * columns + x] as number),
  }
}

test.each([
  [18, 0.45, '━━━━━━━━─────────┊'],
  [18, 0.84, '━━━━━━━━━━━━━━━──┊'],
  [18, 0.23, '━━━━─────────────┊'],
  [30, 0.61, '━━━━━━━━━━━━━━━━━━╸─────────┊─'],
  [18, 0.999, '━━━━━━━━━━━━━━━━━╸'],
  [18, 1, '━━━━━━━━━━━━━━━━━━'],
  [18, Number.NaN, '─────────────────┊'],
])('a gauge of %i cells at %d', (width, ratio, expected) => {
  const { lines } = painted(width, 1, (on) => gauge(on, 0, 0, width, ratio, { tone: 'disk', limit: 0.95 }, BRAILLE))
  expect(lines).toEqual([expected])
})

test('a gauge in ASCII, and its mark in the severity of the bar', () => {
  const draw = (tone: 'disk' | 'warn') =>
    painted(20, 1, (on) => gauge(on, 0, 0, 20, 0.45, { tone, limit: 0.95 }, PLAIN))
  expect(draw('disk').lines).toEqual(['#########..........|'])
  expect([draw('disk').tone(19, 0), draw('warn').tone(19, 0), draw('warn').tone(0, 0)]).toEqual([
    'limit',
    'warn',
    'warn',
  ])
})

test('a small chart: zero is the lowest glyph, a gap a space', () => {
  const draw = (look: Look) =>
    painted(6, 1, (on) => sparkline(on, 0, 0, [0, 0.5, Number.NaN, 1, 7, 0.25], 1, 'net2', look)).lines
  expect(draw(BRAILLE)).toEqual(['▁▅ ██▃'])
  expect(draw(PLAIN)).toEqual(['_+ @@-'])
})

test('the largest value ignores gaps and is not below the least', () => {
  expect(maximum([1, Number.NaN, 3])).toBe(3)
  expect(maximum([Number.NaN], 5)).toBe(5)
  expect(maximum([2], 5)).toBe(5)
})

test('an area: two values a cell, a gap is an empty column, zero is not, tones by depth', () => {
  const values = [1, 1, 0.5, 0.25, Number.NaN, 0, Number.NaN, Number.NaN]
  const { lines, tone } = painted(4, 3, (on) => area(on, values, { hue: 'cpu', max: 1 }, BRAILLE))
  expect(lines).toEqual(['⣿   ', '⣿⡄  ', '⣿⣷⢀ '])
  expect([tone(0, 0), tone(0, 1), tone(0, 2), tone(1, 1), tone(1, 2)]).toEqual(['cpu', 'cpu2', 'cpu4', 'cpu', 'cpu2'])
})

test('what hangs from above leaves one dot row free', () => {
  const draw = (values: number[]) =>
    painted(2, 2, (on) => area(on, values, { hue: 'net', max: 1, down: true }, BRAILLE)).lines
  expect(draw([1, 1, 0, Number.NaN])).toEqual(['⣶⠂', '⣿ '])
})

test('an area in blocks and in ASCII: one value a cell', () => {
  const values = [1, 1, 0.5, 0.5, 0.25, Number.NaN, Number.NaN, Number.NaN]
  expect(painted(4, 2, (on) => area(on, values, { hue: 'cpu', max: 1 }, look('block'))).lines).toEqual(['█   ', '██▄ '])
  expect(painted(4, 2, (on) => area(on, values, { hue: 'cpu', max: 1 }, PLAIN)).lines).toEqual(['#   ', ':## '])
})

test('a line has gaps where values are missing, and ends at its bounds', () => {
  const values = [0, 0, 1, 1, Number.NaN, 0.5, 0.5]
  expect(painted(7, 3, (on) => lineChart(on, values, 0, 1, 'mem', BRAILLE)).lines).toEqual([
    '  ╭─   ',
    '  │  ──',
    '──╯    ',
  ])
  expect(painted(7, 3, (on) => lineChart(on, values, 0, 1, 'mem', PLAIN)).lines).toEqual([
    '  +-   ',
    '  |  --',
    '--+    ',
  ])
})

test('cores: numbers under each up to eight, the ends up to 32, the busiest 16 and the range of the rest above', () => {
  const draw = (cores: number[], boxed = true) =>
    painted(coreStripColumns(cores.length, boxed), 3, (on) => coreStrip(on, cores, boxed, BRAILLE)).lines
  expect(draw([1, 0.5, 0, Number.NaN])).toEqual(['█      ', '█ █ ▁  ', '0 1 2 3'])
  expect(draw(new Array(12).fill(0.25))).toEqual(['            ', '▄▄▄▄▄▄▄▄▄▄▄▄', '0         11'])
  expect(draw(Array.from({ length: 64 }, (_, core) => core / 64))[2]).toBe('rest      0-73 %')
  expect(draw([1, 0.5], false)).toEqual(['█ ', '█▄', '██'])
})

test('no chart throws or leaves its surface, whatever the size and the values', () => {
  const value = fc.oneof(fc.double({ min: -1, max: 1e12 }), fc.constantFrom(Number.NaN, 0, Number.POSITIVE_INFINITY))
  const charts = fc.constantFrom<ChartStyle>('braille', 'block', 'ascii', 'line')
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 20 }),
      fc.array(value, { maxLength: 130 }),
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      charts,
      fc.boolean(),
      (columns, rows, values, max, style, ascii) => {
        const drawn = look(ascii ? 'ascii' : style, ascii)
        const grid = new Grid(columns + 2, rows + 2)
        const on = new Surface(grid, { x: 1, y: 1, columns, rows })
        area(on, values, { hue: 'cpu', max, down: values.length % 2 === 0 }, drawn)
        lineChart(on, values, 0, max, 'cpu', drawn)
        sparkline(on, 0, 0, values, max, 'cpu', drawn)
        gauge(on, 0, 0, columns, values[0] ?? Number.NaN, { tone: 'cpu', limit: 0.9 }, drawn)
        coreStrip(on, values, true, drawn)
        for (const [at, char] of grid.chars.entries()) {
          expect(char).toMatch(ascii ? /^[\x20-\x7e]$/ : /^[^\p{Cc}\p{Cn}]$/u)
          const [x, y] = [at % (columns + 2), Math.floor(at / (columns + 2))]
          if (x === 0 || y === 0 || x === columns + 1 || y === rows + 1) expect(char).toBe(' ')
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('the axis says how far it reaches, an hour and its half without the column of now', () => {
  const labels = (spanMs: number, columns = 60) =>
    timeLabels(timeAxis(columns, spanMs, 0), 0, false, BRAILLE).map(({ segments }) => segments[0]?.text)
  expect(labels(600_000)).toEqual(['−10 min', 'now', '+5 min'])
  expect(labels(3_600_000)).toEqual(['−60 min', 'now', '+30 min'])
  expect(labels(60_000, 40)).toEqual(['−1 min', 'now', '+31 s'])
})
