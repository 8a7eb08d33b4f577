import { describe, expect, test } from 'vitest'
import type { LimitForecast } from '../../../src/model/forecast.ts'
import type { Look } from '../../../src/ui/paint/look.ts'
import { checkLatency } from '../../../src/ui/panels/check/latency.ts'
import { cpu } from '../../../src/ui/panels/cpu.ts'
import { memory } from '../../../src/ui/panels/memory.ts'
import { network } from '../../../src/ui/panels/network.ts'
import type { Panel, PanelView } from '../../../src/ui/panels/panel.ts'
import { watchCpu } from '../../../src/ui/panels/watch/cpu.ts'
import { watchMemory } from '../../../src/ui/panels/watch/memory.ts'
import { background, type Style } from '../../../src/ui/screen/style.ts'
import { API } from '../../fixtures/checks.ts'
import { type Future, frameOf, net } from '../../fixtures/frame.ts'
import { heading, limitOf, shareLimit } from '../../fixtures/limits.ts'
import { watchedFrame } from '../../fixtures/watched.ts'
import { ASCII_LOOK, canvas, OPEN_LOOK, UNICODE_LOOK, VIEW } from '../lists.ts'

const GIB = 1024 ** 3
const HOUR_S = 3600
const SIXTEEN: Look = { ...UNICODE_LOOK, depth: '16' }

/** From `from` by `perHour` an hour; the band widens by `spread` an hour. */
const growing =
  (from: number, perHour: number, spread: number): Future =>
  (s) => {
    const mean = from + (perHour * s) / HOUR_S
    const half = from * 0.01 + (spread * s) / HOUR_S
    return [mean - half, mean, mean + half]
  }

const futures = {
  cpu_used_ratio: (s: number) => [0.42 - 0.1, 0.42 + s / 3000, 0.42 + 0.12 + s / 2000],
  memory_used_ratio: growing(0.71, 0.06, 0.012),
  [net('receive_bytes_per_second', 'eth0')]: () => [6e6, 8.4e6, 13e6],
  [net('transmit_bytes_per_second', 'eth0')]: (s: number) => [15e6, 22e6 + s * 2e5, 90e6],
  'process_cpu_ratio{process="node"}': (s: number) => [0.8, 0.91 + s / 2000, 1.1 + s / 1500],
  'process_memory_bytes{process="node"}': growing(1.4 * GIB, 0.12 * GIB, 0.02 * GIB),
  'check_latency_seconds{check="api"}': (s: number) => [0.69, 0.82 + s / 3000, 0.95 + s / 1500],
} satisfies Record<string, Future>

const filling = shareLimit('memory', { time: heading(190, 160, 245), severity: 'warning' })
const leaking = limitOf({
  series: 'process_memory_bytes{process="node"}',
  threshold: 2 * GIB,
  family: 'process',
  subject: 'node',
  limit: '2 GiB limit',
  time: heading(300, 240, 420),
})

/** What was an hour's, and a day's past. */
const history = {
  memory_used_ratio: (ago: number) => (ago > 5 * HOUR_S ? Number.NaN : 0.71 - (0.01 * ago) / HOUR_S),
  'process_memory_bytes{process="node"}': (ago: number) => (ago > 8 * HOUR_S ? 1.9 : 1.4 - (0.12 * ago) / HOUR_S) * GIB,
}

interface Shown<Data> {
  readonly panel: Panel<Data>
  readonly size: readonly [columns: number, rows: number]
  readonly view?: Partial<PanelView>
  readonly look?: Look
  readonly forecasts?: readonly LimitForecast[]
  readonly unknown?: boolean
}

/** The panel as text; where nothing stands on a band there is `░`. */
function shown<Data>({ panel, size, view, look = UNICODE_LOOK, forecasts = [], unknown = false }: Shown<Data>): string {
  const [columns, rows] = size
  const { grid, surface } = canvas(columns, rows)
  const whole: PanelView = { ...VIEW, ...view }
  const parts = { forecasts, history, ...(unknown ? {} : { futures }) }
  const frame = whole.watch === undefined ? frameOf({ ...parts, checks: [API] }) : watchedFrame(undefined, parts)
  const paint = whole.full && panel.paintFull ? panel.paintFull : panel.paint
  paint.call(panel, surface, panel.select(frame, whole), look, whole)
  const banded = (style: Style) => /3$/.test(background(style) ?? '')
  return Array.from({ length: rows }, (_, y) => {
    const cells = Array.from({ length: columns }, (_, x) => y * columns + x)
    return cells
      .map((at) => (grid.chars[at] === ' ' && banded(grid.styles[at] as Style) ? '░' : grid.chars[at]))
      .join('')
  })
    .map((line) => line.trimEnd())
    .join('\n')
}

const NODE = { watch: { target: { kind: 'name', name: 'node' }, section: 'panels', unmasked: false } } as const
const API_VIEW = { check: { name: 'api' }, spanMs: 20 * 60_000 } as const
const FULL = { full: true, focused: true } as const
const golden = (text: string, name: string) =>
  expect(`${text}\n`).toMatchFileSnapshot(`__snapshots__/expected-${name}.txt`)

describe('at home', () => {
  const both = (boxed: boolean, look: Look) =>
    [
      shown({ panel: cpu, size: boxed ? [72, 9] : [39, 4], look }),
      shown({ panel: memory, size: boxed ? [48, 9] : [39, 4], look }),
    ].join('\n')
  test('at 120x40', () => golden(both(true, UNICODE_LOOK), 'home-120x40'))
  test('at 80x24', () => golden(both(false, OPEN_LOOK), 'home-80x24'))
  test('at 80x24 in ASCII', async () => {
    const text = both(false, ASCII_LOOK)
    expect(text).toMatch(/^[\x20-\x7e\n]*$/)
    await golden(text, 'home-80x24-ascii')
  })
  test('at 120x40 with 16 colours', () => golden(both(true, SIXTEEN), 'home-120x40-16'))
})

describe('in full', () => {
  test('both directions of the network', () =>
    golden(shown({ panel: network, size: [120, 36], view: FULL }), 'network-full'))
  test('memory that fills up: until after its latest moment, no lower than it has to be', () =>
    golden(shown({ panel: memory, size: [120, 36], view: FULL, forecasts: [filling] }), 'memory-full'))
  test('as a line', () => {
    const view = { ...FULL, chart: 'line' } as const
    return golden(shown({ panel: memory, size: [120, 36], view, forecasts: [filling] }), 'memory-full-line')
  })
  test('without a box, and in ASCII', async () => {
    const text = shown({ panel: memory, size: [80, 20], view: FULL, forecasts: [filling], look: ASCII_LOOK })
    expect(text).toMatch(/^[\x20-\x7e\n]*$/)
    expect(text).toMatch(/=+#=+/)
    expect(text).toMatch(/ 12:00 .* now .* 18:00/)
    await golden(text, 'memory-full-80x24-ascii')
  })
  test('a limit further than a day stretches nothing', () => {
    const far = shareLimit('memory', { time: heading(3 * 1440) })
    const text = shown({ panel: memory, size: [120, 36], view: FULL, forecasts: [far] })
    expect(text).toContain('−10 min')
    expect(text).not.toContain('◆')
  })
  test('zooming in leaves the crossing, zooming out comes back to more', () => {
    const at = (spanMs: number) =>
      shown({ panel: memory, size: [120, 36], view: { ...FULL, spanMs, zoomedFromMs: 600_000 }, forecasts: [filling] })
    expect(at(120_000)).not.toContain('◆')
    expect(at(120_000)).toContain(' 15:00 ')
    expect(at(1_200_000)).toContain('◆')
    expect(at(1_200_000)).toContain('25 Nov')
  })
  test('while paused it says what was then', () => {
    const text = shown({ panel: memory, size: [120, 36], view: { ...FULL, paused: true }, forecasts: [filling] })
    expect(text).toMatch(/12:00 .* then .* 16:00/)
  })
})

describe('on a page', () => {
  test('the memory of a process up to its limit', () =>
    golden(shown({ panel: watchMemory, size: [60, 11], view: NODE, forecasts: [leaking] }), 'watch-memory'))
  test('in full the clock stands beside the crossing', () => {
    const text = shown({ panel: watchMemory, size: [120, 36], view: { ...NODE, ...FULL }, forecasts: [leaking] })
    expect(text).toContain('19:32 (18:32 – 21:32)')
  })
  test('the processor time of a process', () =>
    golden(shown({ panel: watchCpu, size: [60, 11], view: NODE }), 'watch-cpu'))
  test('the latency of a check', () =>
    golden(shown({ panel: checkLatency, size: [72, 13], view: API_VIEW }), 'check-latency'))
  test('of a check nothing is expected of history takes all columns', () => {
    expect(shown({ panel: checkLatency, size: [72, 13], view: API_VIEW, unknown: true })).toMatch(/−20 min ─+ now ╯/)
  })
})

test('the top of an axis is for the middle of what is expected, not for its band', () => {
  const text = shown({ panel: network, size: [120, 36], view: FULL })
  // 22 MB/s and 60 more in five minutes; 90 would need 100 as well, and so does 82 with its air.
  expect(text).toMatch(/^│ +100 MB\/s/m)
  expect(shown({ panel: network, size: [120, 36], view: FULL, unknown: true })).toMatch(/^│ +50 MB\/s/m)
})

test('whatever the size, no chart throws', () => {
  for (const columns of [1, 5, 12, 20, 39, 61, 120])
    for (const rows of [1, 2, 3, 4, 7, 13, 30])
      for (const look of [UNICODE_LOOK, OPEN_LOOK, ASCII_LOOK, SIXTEEN])
        for (const view of [{}, FULL, { ...FULL, chart: 'line' }] as const) {
          const common = { size: [columns, rows], look } as const
          shown({ ...common, panel: cpu, view })
          shown({ ...common, panel: memory, view, forecasts: [filling] })
          shown({ ...common, panel: network, view })
          shown({ ...common, panel: watchMemory, view: { ...NODE, ...view }, forecasts: [leaking] })
          shown({ ...common, panel: checkLatency, view: { ...API_VIEW, ...view } })
        }
})
