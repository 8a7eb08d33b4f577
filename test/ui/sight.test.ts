import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Frame } from '../../src/model/frame.ts'
import { layoutOf } from '../../src/ui/layout.ts'
import type { Panel } from '../../src/ui/panels/panel.ts'
import { PANELS } from '../../src/ui/panels/registry.ts'
import { Scene } from '../../src/ui/scene.ts'
import type { Grid } from '../../src/ui/screen/grid.ts'
import { Sight } from '../../src/ui/sight.ts'
import { INITIAL } from '../../src/ui/state.ts'
import { UNICODE } from '../../src/ui/theme/glyphs.ts'
import { type FrameParts, frameOf, measured, NOW, QUIET, viewOf } from '../fixtures/frame.ts'

const STEP = 5000
/** Exactly at the beginning of a step. */
const BEGIN = Math.floor(NOW / STEP) * STEP
const request = (endMs: number) => ({ endMs, stepMs: STEP, count: 3, by: 'mean' }) as const
const sight = (values: Readonly<Record<string, number>>, wallMs = BEGIN) => new Sight(viewOf(values), wallMs)
const whole = (one: Sight) => one.see((series) => Math.round((series.value('a') ?? 0) * 100))

describe('what was seen', () => {
  test('is the same while it is when rounded', () => {
    const before = sight({ a: 0.421 })
    expect(whole(before)).toBe(42)
    expect(before.isSameIn(sight({ a: 0.424 }))).toBe(true)
    expect(before.isSameIn(sight({ a: 0.426 }))).toBe(false)
  })
  test('is compared to its depth, and by every look', () => {
    const before = sight({ a: 1, b: 2 })
    before.see((series) => [{ text: String(series.value('a')) }])
    before.see((series) => [{ text: String(series.value('b')) }])
    expect(before.isSameIn(sight({ a: 1, b: 2, c: 3 }))).toBe(true)
    expect(before.isSameIn(sight({ a: 1, b: 3 }))).toBe(false)
  })
  test('of a chart is the same within a step', () => {
    const before = sight({ a: 1 })
    before.window('a', request(BEGIN))
    expect(before.isSameIn(sight({ a: 9 }, BEGIN + STEP - 1))).toBe(true)
    expect(before.isSameIn(sight({ a: 1 }, BEGIN + STEP))).toBe(false)
  })
  test('of a chart changes with the first value of its newest step', () => {
    const before = sight({})
    before.window('a', request(BEGIN))
    expect(before.isSameIn(sight({}, BEGIN + 1000))).toBe(true)
    expect(before.isSameIn(sight({ a: 1 }, BEGIN + 1000))).toBe(false)
  })
  test('in full is another with every frame', () => {
    const before = sight({ a: 1 })
    before.all()
    expect(before.isSameIn(before)).toBe(false)
  })
})

describe('pieces', () => {
  /** Paints two pieces, each with one figure, and tells which of them were painted. */
  const paint = (one: Sight) => {
    const painted: string[] = []
    for (const key of ['a', 'b'])
      one.piece((own) => {
        painted.push(`${key} ${own.see((series) => Math.round((series.value(key) ?? 0) * 100))}`)
      })
    return painted
  }
  test('of which one looks different are painted alone, with what it shows now', () => {
    const first = sight({ a: 0.1, b: 0.2 })
    expect(paint(first)).toEqual(['a 10', 'b 20'])
    const second = sight({ a: 0.1, b: 0.3 })
    expect(first.isSameIn(second)).toBe(false)
    expect(second.isFirst).toBe(false)
    expect(paint(second)).toEqual(['b 30'])
    const third = sight({ a: 0.1, b: 0.3 })
    expect(second.isSameIn(third)).toBe(true)
    const fourth = sight({ a: 0.5, b: 0.3 })
    expect(second.isSameIn(fourth)).toBe(false)
    expect(paint(fourth)).toEqual(['a 50'])
  })
  test('are all painted again when something changed outside of them', () => {
    const first = sight({ a: 0.1, b: 0.2, c: 0.3 })
    first.see((series) => series.value('c'))
    paint(first)
    const second = sight({ a: 0.1, b: 0.2, c: 0.4 })
    expect(first.isSameIn(second)).toBe(false)
    expect(second.isFirst).toBe(true)
    expect(paint(second)).toEqual(['a 10', 'b 20'])
  })
})

const look = { glyphs: UNICODE, charts: 'braille', depth: 'truecolor', boxed: false } as const

function sceneOf(columns: number, rows: number, full?: 'cpu'): Scene {
  const scene = new Scene(look)
  scene.baseFromLayout(layoutOf(columns, rows, full))
  return scene
}

function pictureOf(frame: Frame, columns: number, rows: number, full?: 'cpu') {
  const state = { ...INITIAL, columns, rows, ...(full && { full }) }
  return { frame, state, nowMs: frame.wallMs, sinceMs: 0, staleMs: 3000, keys: [] }
}

/** The panels that a scene paints for each of some frames. */
function painted(columns: number, rows: number, frames: readonly Frame[], full?: 'cpu'): string[][] {
  const scene = sceneOf(columns, rows, full)
  return frames.map((frame) => {
    const ids: string[] = []
    const own = PANELS.map((panel) => ({ panel, paint: panel.paint, paintFull: panel.paintFull }))
    const counting =
      (panel: Panel, paint: Panel['paint']): Panel['paint'] =>
      (...parts) => {
        ids.push(panel.id)
        paint.apply(panel, parts)
      }
    for (const { panel, paint, paintFull } of own)
      Object.assign(panel, {
        paint: counting(panel, paint),
        ...(paintFull && { paintFull: counting(panel, paintFull) }),
      })
    try {
      scene.paint(pictureOf(frame, columns, rows, full))
    } finally {
      for (const { panel, paint, paintFull } of own) Object.assign(panel, { paint, ...(paintFull && { paintFull }) })
    }
    return ids
  })
}

const MEASURED = ['cpu', 'memory', 'disks', 'network', 'pressure', 'host']
/** Steps are whole seconds: an hour that begins, begins them all. */
const HOUR = Math.floor(NOW / 3_600_000) * 3_600_000
/** Parts of a frame that keep their identity from tick to tick, as the engine keeps it. */
const { mounts, devices, interfaces, alerts, forecasts } = frameOf()
const at = (ms: number, parts: FrameParts = {}) =>
  frameOf({ wallMs: HOUR + ms, tick: ms, mounts, devices, interfaces, alerts, forecasts, ...parts })

describe('a panel', () => {
  test.each([
    [200, 60],
    [120, 40],
    [80, 24],
    [60, 20],
  ])('of %ix%i is not painted again while nothing that it shows changed', (columns, rows) => {
    const nudged = { cpu_used_ratio: (QUIET.cpu_used_ratio ?? 0) + 0.001, memory_used_bytes: 22.1 * 1024 ** 3 + 4096 }
    const [first = [], second = []] = painted(columns, rows, [at(0), at(900, { values: nudged })])
    expect(first.filter((id) => MEASURED.includes(id)).length).toBeGreaterThan(0)
    expect(second.filter((id) => MEASURED.includes(id))).toEqual([])
  })
  test.each([
    ['cpu', { cpu_used_ratio: 0.43 }],
    ['memory', { memory_free_bytes: 2.5 * 1024 ** 3 }],
    ['disks', { 'disk_write_bytes_per_second{device="sdb"}': 39.6e6 }],
    ['network', { tcp_sockets: 413 }],
    ['pressure', { 'temperature_celsius{sensor="acpitz"}': 43 }],
  ])('%s alone is painted again when a figure of it changed: %o', (id, values) => {
    const [, second] = painted(200, 60, [at(0), at(900, { values })])
    expect(second?.filter((one) => MEASURED.includes(one))).toEqual([id])
  })
  test('with a chart is painted again when its next step has begun', () => {
    const [, second] = painted(200, 60, [at(0), at(30_000)])
    expect(second).toEqual(expect.arrayContaining(['cpu', 'memory', 'disks', 'network', 'pressure']))
  })
  test('with a chart is painted again once something is expected of it, and then with its next step', () => {
    const futures = { cpu_used_ratio: (aheadS: number) => [0.3, 0.4 + aheadS / 10_000, 0.5] as const }
    const measured = (ids: readonly string[] = []) => ids.filter((one) => MEASURED.includes(one))
    const [, begun, kept, stepped] = painted(200, 60, [
      at(0),
      at(900, { futures }),
      at(950, { futures }),
      at(30_000, { futures }),
    ])
    expect([measured(begun), measured(kept)]).toEqual([['cpu'], []])
    expect(stepped).toContain('cpu')
  })
  test('in full is painted with every frame', () => {
    expect(painted(120, 40, [at(0), at(900)], 'cpu')[1]).toContain('cpu')
  })
})

const CHANGES: readonly FrameParts['values'][] = [
  {},
  { cpu_used_ratio: 0.97, cpu_temperature_celsius: 96 },
  { cpu_user_ratio: undefined, cpu_throttled_per_second: 3 },
  { 'core_used_ratio{cpu="3"}': 0.99 },
  Object.fromEntries(Array.from({ length: 40 }, (_, core) => [`core_used_ratio{cpu="${core}"}`, (core % 9) / 9])),
  { swap_in_bytes_per_second: 3e6, swap_out_bytes_per_second: 2e6, pressure_memory_some_ratio: 0.4 },
  { swap_total_bytes: 0, swap_used_ratio: undefined },
  { memory_cached_bytes: undefined },
  { 'disk_used_ratio{mount="/"}': 0.96, 'disk_write_bytes_per_second{device="sda"}': 90e6 },
  { 'disk_busy_ratio{device="sdb"}': undefined },
  { 'network_receive_bytes_per_second{interface="eth0"}': 1200 },
  { 'network_errors_per_second{interface="eth0"}': 4, tcp_sockets: 9000 },
  { pressure_cpu_some_ratio: undefined, clock_synchronised: 0, files_open: 900_000 },
]

test('what is painted over the last picture is what would be painted from nothing', () => {
  // Within a step a chart may be as old as the step: here it says nothing but the time.
  const history = Object.fromEntries(
    Object.keys(QUIET).map((key) => [key, (secondsAgo: number) => ((secondsAgo / 60) % 1) * (QUIET[key] ?? 1)]),
  )
  const shape = fc.record({
    change: fc.nat(CHANGES.length - 1),
    other: fc.nat(CHANGES.length - 1),
    steps: fc.nat(3),
    stale: fc.boolean(),
  })
  fc.assert(
    fc.property(
      fc.constantFrom([200, 60], [120, 40], [80, 24], [60, 20]),
      fc.array(shape, { minLength: 2, maxLength: 6 }),
      ([columns = 0, rows = 0], moments) => {
        const scene = sceneOf(columns, rows)
        let ms = 0
        for (const { change, other, steps, stale } of moments) {
          ms += steps * 60_000
          const values = { ...CHANGES[change], ...CHANGES[other] }
          const measuredMs = measured(stale ? 41_000 : 300, HOUR + ms)
          const picture = pictureOf(at(ms, { values, history, measuredMs }), columns, rows)
          const text = (grid: Grid) => Array.from({ length: rows }, (_, y) => grid.rowText(y))
          const over = scene.paint(picture)
          const fresh = sceneOf(columns, rows).paint(picture)
          expect(text(over)).toEqual(text(fresh))
          expect(over.styles).toEqual(fresh.styles)
        }
      },
    ),
    { numRuns: 60 },
  )
})
