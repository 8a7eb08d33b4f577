import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Ahead } from '../../../src/model/forecast.ts'
import type { Crossing } from '../../../src/ui/paint/crossing.ts'
import type { ChartStyle, Look } from '../../../src/ui/paint/look.ts'
import { stepsAhead, type TimeAxis } from '../../../src/ui/paint/time-axis.ts'
import { type TimeChartLook, timeChart } from '../../../src/ui/paint/timechart.ts'
import { Grid, NO_OWNER } from '../../../src/ui/screen/grid.ts'
import { background, foreground, type Style } from '../../../src/ui/screen/style.ts'
import { Surface } from '../../../src/ui/screen/surface.ts'
import { NOW } from '../../fixtures/frame.ts'
import { ASCII_LOOK, UNICODE_LOOK } from '../lists.ts'

const COLUMNS = 24
const ROWS = 5
const BRAILLE: Look = UNICODE_LOOK
const SIXTEEN: Look = { ...BRAILLE, depth: '16' }
/** On a whole step, so that the first column right of now begins a step later. */
const AXIS: TimeAxis = { columns: COLUMNS, nowColumn: 12, stepMs: 60_000, endMs: Math.floor(NOW / 60_000) * 60_000 }
const COUNT = stepsAhead(AXIS)
const STEADY = new Float64Array(24).fill(0.5)

type Step = readonly [low: number, mean: number, high: number]

/** What is expected, a step at a time. */
function aheadOf(step: (at: number) => Step): Ahead {
  const steps = Array.from({ length: COUNT }, (_, at) => step(at))
  const part = (index: 0 | 1 | 2) => Float64Array.from(steps, (values) => values[index])
  return { low: part(0), mean: part(1), high: part(2) }
}

/** Edges at a whole half of a row of five. */
const level = aheadOf(() => [0.3, 0.5, 0.9])
const rising = aheadOf((at) => [0.5 + at * 0.01, 0.55 + at * 0.02, 0.6 + at * 0.03])

function painted(chart: Partial<TimeChartLook> = {}, look = BRAILLE, dimmed = false) {
  const grid = new Grid(COLUMNS, ROWS)
  const surface = new Surface(grid, { x: 0, y: 0, columns: COLUMNS, rows: ROWS }, NO_OWNER, dimmed)
  timeChart(surface, STEADY, AXIS, { hue: 'cpu', max: 1, chart: 'area', ...chart }, look)
  const at = (x: number, y: number) => grid.styles[y * COLUMNS + x] as Style
  return {
    lines: Array.from({ length: ROWS }, (_, y) => grid.rowText(y)),
    tone: (x: number, y: number) => foreground(at(x, y)),
    behind: (x: number, y: number) => background(at(x, y)),
  }
}

describe('a forecast right of now', () => {
  test('goes on from the crest as a dotted line; its band is a tint, its edges are halves', () => {
    const { lines, tone, behind } = painted({ ahead: level })
    expect(lines).toEqual([
      '            ┊▄▄▄▄▄▄▄▄▄▄▄',
      '            ┊           ',
      '⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤┊⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤',
      '⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿┊▀▀▀▀▀▀▀▀▀▀▀',
      '⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿┊           ',
    ])
    expect([tone(13, 0), behind(13, 0)]).toEqual(['cpu3', undefined])
    expect([tone(13, 3), behind(13, 1), behind(13, 4)]).toEqual(['cpu3', 'cpu3', undefined])
    expect([tone(13, 2), behind(13, 2)]).toEqual(['cpuF', 'cpu3'])
  })
  test('is two points a cell', () => {
    const { lines } = painted({ ahead: aheadOf((at) => [0.4, at % 2 === 0 ? 0.5 : 0.55, 0.6]) })
    expect(lines[2]).toBe('⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤┊⠔⠔⠔⠔⠔⠔⠔⠔⠔⠔⠔')
  })
  test('that is all but certain has no band', () => {
    const { lines, behind } = painted({ ahead: aheadOf(() => [0.49, 0.5, 0.51]) })
    expect(lines[2]).toMatch(/┊⠤{11}$/)
    expect([1, 2, 3].map((y) => behind(14, y))).toEqual([undefined, undefined, undefined])
  })
  test('beyond the chart is cut at its edge', () => {
    const { lines, behind } = painted({ ahead: aheadOf((at) => [0.5, 0.9 + at / 10, 2 + at]) })
    expect(lines[0]?.slice(13)).toBe('⠌⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉')
    expect([behind(15, 0), behind(15, 1), behind(15, 4)]).toEqual(['cpu3', 'cpu3', undefined])
  })
  test('ends where nothing more can be said', () => {
    const nan = Number.NaN
    const { lines, behind } = painted({ ahead: aheadOf((at) => (at < 8 ? [0.25, 0.5, 0.75] : [nan, nan, nan])) })
    expect(lines.map((line) => line.slice(13 + 4).trim())).toEqual(['', '', '', '', ''])
    expect([behind(16, 2), behind(17, 2)]).toEqual(['cpu3', undefined])
  })
  test('that is not known leaves the columns empty', () => {
    expect(painted({}).lines.map((line) => line.slice(13).trim())).toEqual(['', '', '', '', ''])
  })
  test('with 16 colours has every second dot for its band, and none in the row of the line', () => {
    const { lines, tone, behind } = painted({ ahead: level }, SIXTEEN)
    expect(lines.map((line) => line.slice(13, 16))).toEqual(['⡠⡠⡠', '⡪⡪⡪', '⠤⠤⠤', '⠊⠊⠊', '   '])
    expect([tone(13, 1), tone(13, 2), behind(13, 1)]).toEqual(['cpu2', 'cpuF', undefined])
  })
  test('in ASCII is stars between points', () => {
    const { lines } = painted({ ahead: level }, ASCII_LOOK)
    expect(lines.map((line) => line.slice(10, 16))).toEqual(['  |...', '  |...', '##|***', '::|   ', '::|   '])
  })
  test('in blocks is dashes on its band', () => {
    const { lines, behind } = painted({ ahead: level }, { ...BRAILLE, charts: 'block' })
    expect(lines[2]).toBe('▄▄▄▄▄▄▄▄▄▄▄▄┊╍╍╍╍╍╍╍╍╍╍╍')
    expect(behind(13, 2)).toBe('cpu3')
    expect(painted({ ahead: level }, { ...SIXTEEN, charts: 'block' }).lines[1]).toMatch(/┊·{11}$/)
  })
  test('as a line: the edges of its band, over them its middle', () => {
    const { lines, tone } = painted({ ahead: rising, chart: 'line' })
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "            ┊     ╭──╭──
                  ┊ ╭╭─────╯──
      ────────────┊──╯───╯    
                  ┊           
                  ┊           "
    `)
    expect([tone(13, 2), tone(23, 0)]).toEqual(['cpuF', 'cpuF'])
    expect(lines.join('')).not.toMatch(/[⠀-⣿]/)
  })
  test('as a line in ASCII', () => {
    expect(painted({ ahead: rising, chart: 'line' }, ASCII_LOOK).lines.join('\n')).toMatch(/^[-+| \n]*$/)
  })
  test('under a dialog is its line alone', () => {
    const { lines, tone, behind } = painted({ ahead: level }, BRAILLE, true)
    expect(lines[0]).toBe(`${' '.repeat(12)}┊${' '.repeat(11)}`)
    expect(lines[2]).toMatch(/┊⠤{11}$/)
    expect([tone(13, 2), behind(13, 2), behind(13, 1)]).toEqual(['faint', undefined, undefined])
  })
})

describe('the limit', () => {
  test('is a line in empty cells; the band lies behind it and is not cut short by it', () => {
    const { lines, tone, behind } = painted({ ahead: aheadOf(() => [0.1, 0.3, 1]), limit: 0.75 })
    expect(lines[1]).toBe('┈┈┈┈┈┈┈┈┈┈┈┈┊┈┈┈┈┈┈┈┈┈┈┈')
    expect([tone(14, 1), behind(14, 1), behind(2, 1)]).toEqual(['limit', 'cpu3', undefined])
  })
  test('is not covered by an edge of the band', () => {
    const { lines, behind } = painted({ ahead: aheadOf(() => [0.1, 0.3, 0.7]), limit: 0.75 })
    expect(lines[1]).toBe('┈┈┈┈┈┈┈┈┈┈┈┈┊┈┈┈┈┈┈┈┈┈┈┈')
    expect(behind(14, 1)).toBeUndefined()
  })
  test('is crossed by the line', () => {
    const { lines } = painted({ ahead: aheadOf(() => [0.4, 0.75, 0.9]), limit: 0.75 })
    // Three quarters of twenty dots: the third one of the second row.
    expect(lines[1]).toBe('┈┈┈┈┈┈┈┈┈┈┈┈┊⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒')
  })
})

describe('the moment of crossing', () => {
  const MINUTE_S = 60
  /** Minutes: a column is two of them. */
  const crossing = (earliest: number, likely: number, latest?: number, told = false): Crossing => ({
    eta: {
      earliest: earliest * MINUTE_S,
      likely: likely * MINUTE_S,
      ...(latest !== undefined && { latest: latest * MINUTE_S }),
    },
    tone: 'warn',
    told,
  })
  const row = (of: Crossing, look = BRAILLE) => painted({ limit: 0.75, crossing: of }, look).lines[1]?.slice(13)

  test('lies on the limit from the earliest to the latest, with a mark at the likely one', () => {
    expect(row(crossing(5, 9, 15))).toBe('┈┈━━◆━━━┈┈┈')
    expect(row(crossing(5, 9, 15), ASCII_LOOK)).toBe('--==#===---')
  })
  test('goes to the edge when it may as well never be, or is not on the screen', () => {
    expect(row(crossing(5, 9))).toBe('┈┈━━◆━━━━━━')
    expect(row(crossing(5, 9, 500))).toBe('┈┈━━◆━━━━━━')
    expect(row(crossing(13, 500))).toBe('┈┈┈┈┈┈━━━━━')
    expect(row(crossing(30, 40, 50))).toBe('┈┈┈┈┈┈┈┈┈┈┈')
  })
  test('in the first column, and at one moment', () => {
    expect(row(crossing(0, 0, 3))).toBe('◆━┈┈┈┈┈┈┈┈┈')
    expect(row(crossing(9, 9, 9))).toBe('┈┈┈┈◆┈┈┈┈┈┈')
  })
  test('has the colour of its severity, on the band where that is behind it', () => {
    const { tone, behind } = painted({ ahead: aheadOf(() => [0.1, 0.3, 1]), limit: 0.75, crossing: crossing(5, 9, 15) })
    expect([tone(17, 1), behind(17, 1), behind(15, 1)]).toEqual(['warn', 'cpu3', 'cpu3'])
    const sixteen = painted({ ahead: level, limit: 0.75, crossing: crossing(5, 9, 15) }, SIXTEEN)
    expect(sixteen.behind(17, 1)).toBeUndefined()
  })
  test('a band too thin to be seen above or below its line is behind the crossing where the line is, and nowhere else', () => {
    const thin = aheadOf((at) => (at < 10 ? [0.3, 0.34, 0.38] : [0.66, 0.7, 0.74]))
    const { behind } = painted({ ahead: thin, limit: 0.75, crossing: crossing(5, 9, 15) })
    expect([15, 16, 17, 18, 19, 20].map((x) => behind(x, 1))).toEqual([
      ...[undefined, undefined, undefined],
      ...['cpu3', 'cpu3', 'cpu3'],
    ])
  })
  test('is not drawn without its limit', () => {
    expect(painted({ crossing: crossing(5, 9, 15) }).lines.join('')).not.toContain('◆')
    expect(painted({ limit: 2, crossing: crossing(5, 9, 15) }).lines.join('')).not.toContain('◆')
  })
  test('is told by the clock beside it, without the range where there is no room for it', () => {
    // At 14:32, in 17 minutes.
    const { lines, tone } = painted({ limit: 0.75, crossing: crossing(15, 17, 21, true) })
    expect(lines[0]).toBe('            ┊   14:49   ')
    expect(tone(16, 0)).toBe('warn')
  })
  test('is told below the limit where the band lies above it, and not at all where there is no room', () => {
    const above = painted({
      ahead: aheadOf(() => [0.8, 0.9, 1]),
      limit: 0.75,
      crossing: crossing(15, 17, 21, true),
    })
    expect(above.lines[2]?.slice(13)).toMatch(/14:49/)
    const full = painted({ ahead: aheadOf(() => [0, 0.5, 1]), limit: 0.75, crossing: crossing(15, 17, 21, true) })
    expect(full.lines.join('')).not.toContain('14:49')
  })
  test('is not told over a line that only rounding has put into that row', () => {
    // 0.65 belongs to the row of the limit, but is nearer to the mark of the row below it.
    const near = painted(
      { ahead: aheadOf(() => [0.65, 0.65, 0.95]), limit: 0.75, crossing: crossing(15, 17, 21, true) },
      ASCII_LOOK,
    )
    expect(near.lines[2]?.slice(13)).toBe('***********')
    expect(near.lines[3]?.slice(13)).toMatch(/14:49/)
  })
})

test('no forecast throws or leaves its surface, whatever the size and the values', () => {
  const value = fc.oneof(
    fc.double({ min: -1, max: 1e12 }),
    fc.constantFrom(Number.NaN, 0, 1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  )
  const seconds = fc.double({ min: 0, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(
      fc.record({
        columns: fc.integer({ min: 1, max: 40 }),
        rows: fc.integer({ min: 1, max: 12 }),
        now: fc.integer({ min: 0, max: 40 }),
        values: fc.array(value, { minLength: 3, maxLength: 60 }),
        max: fc.double({ min: 0, max: 1e9, noNaN: true }),
        limit: value,
        likely: seconds,
        around: seconds,
        style: fc.constantFrom<ChartStyle>('braille', 'block', 'ascii', 'line'),
        depth: fc.constantFrom<Look['depth']>('truecolor', '16', 'mono'),
        ascii: fc.boolean(),
        chart: fc.constantFrom<'area' | 'line'>('area', 'line'),
      }),
      ({ columns, rows, now, values, max, limit, likely, around, style, depth, ascii, chart }) => {
        const look: Look = ascii ? { ...ASCII_LOOK, depth } : { ...BRAILLE, charts: style, depth }
        const grid = new Grid(columns + 2, rows + 2)
        const on = new Surface(grid, { x: 1, y: 1, columns, rows })
        const axis = { columns, nowColumn: Math.min(now, columns - 1), stepMs: 1000, endMs: NOW }
        const part = (from: number) =>
          Float64Array.from({ length: stepsAhead(axis) }, (_, at) => values[(at + from) % values.length] as number)
        const ahead = { mean: part(0), low: part(1), high: part(2) }
        const eta = { earliest: likely / 2, likely, latest: likely + around }
        timeChart(
          on,
          part(0),
          axis,
          { hue: 'net', max, ahead, limit, chart, crossing: { eta, tone: 'crit', told: true } },
          look,
        )
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
