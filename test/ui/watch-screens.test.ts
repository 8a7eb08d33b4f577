import { describe, expect, test } from 'vitest'
import type { Frame } from '../../src/model/frame.ts'
import { seriesKey } from '../../src/model/series.ts'
import type { Watched } from '../../src/model/watch.ts'
import type { PanelId } from '../../src/ui/panels/panel-id.ts'
import { INITIAL, type ViewState, without } from '../../src/ui/state.ts'
import type { WatchView } from '../../src/ui/views.ts'
import { NOW } from '../fixtures/frame.ts'
import { DETAIL, rowOf, SERVER, WATCHED, watchedFrame } from '../fixtures/watched.ts'
import { painted, SIZES } from './painted.ts'

const NAME: WatchView = { target: { kind: 'name', name: 'node' }, section: 'panels', unmasked: false }
const HOME = { columns: 120, rows: 40 }
const FOOTER = ['Esc back', 'Tab panel', 'f full', 'K signal', 'e environment', 'q quit']
const denied = { denied: 'belongs to root' }

function screen(frame: Frame, state: Partial<ViewState>, ascii = false): string {
  const whole: ViewState = { ...INITIAL, focus: 'watch-memory', watch: NAME, ...state }
  return painted(frame, whole, { keys: FOOTER, ascii })
}

const golden = (text: string, name: string) =>
  expect(`${text}\n`).toMatchFileSnapshot(`__snapshots__/watch-${name}.txt`)

describe('the page', () => {
  for (const [columns, rows] of SIZES) {
    test(`at ${columns}x${rows}`, () => golden(screen(watchedFrame(), { columns, rows }), `${columns}x${rows}`))
  }
  test('in ASCII', async () => {
    for (const [columns, rows] of SIZES) {
      const text = screen(watchedFrame(), { columns, rows }, true)
      expect(text).toMatch(/^[\x20-\x7e\n]*$/)
      if (columns === 120) await golden(text, '120x40-ascii')
    }
  })
})

describe('its lists and full views', () => {
  test('environment, secrets masked until asked for', async () => {
    const view = { ...HOME, focus: 'watch-environment', watch: { ...NAME, section: 'environment' } } as const
    const masked = screen(watchedFrame(), view)
    await golden(masked, 'environment-120x40')
    expect(masked).not.toContain('hunter2')
    expect(screen(watchedFrame(), { ...view, full: 'watch-environment' })).not.toContain('hunter2')
    const shown = screen(watchedFrame(), { ...view, watch: { ...view.watch, unmasked: true } })
    expect(shown).toMatch(/DATABASE_PASSWORD +hunter2/)
    expect(screen(watchedFrame(), view, true)).toMatch(/DATABASE_PASSWORD +\*{4}/)
  })
  test('threads, busiest first', () =>
    golden(
      screen(watchedFrame(), { ...HOME, focus: 'watch-threads', watch: { ...NAME, section: 'threads' } }),
      'threads-120x40',
    ))
  test('files, scrolled', () => {
    const text = screen(watchedFrame(), {
      columns: 80,
      rows: 24,
      focus: 'watch-files',
      lists: { 'watch-files': { selected: 12, offset: 5 } },
      watch: { ...NAME, section: 'files' },
    })
    return golden(text, 'files-80x24')
  })
  for (const panel of ['cpu', 'io', 'who', 'use', 'sockets'] as const) {
    const id: PanelId = `watch-${panel}`
    test(`${panel} in full`, () =>
      golden(screen(watchedFrame(), { ...HOME, focus: id, full: id }), `full-${panel}-120x40`))
  }
  test('memory in full, as a line', () => {
    const text = screen(watchedFrame(), { ...HOME, full: 'watch-memory', chart: 'line' })
    expect(text).toMatch(/[╭╯]/)
    return golden(text, 'full-memory-line-120x40')
  })
})

describe('states', () => {
  const state = (name: string, watched: Watched | undefined, watch: WatchView = NAME, parts = {}) => {
    test(name, async () => {
      await golden(screen(watchedFrame(watched, parts), { ...HOME, watch }), `${name.replaceAll(' ', '-')}-120x40`)
    })
  }
  const { detail: _, ...plain } = WATCHED
  state('gone', {
    ...plain,
    state: 'gone',
    instances: [],
    runs: [
      {
        pid: 4211,
        startedMs: SERVER.startedMs,
        endedMs: NOW - 30 * 60_000,
        memoryBytes: 2e9,
        cause: 'out of memory',
      },
      ...WATCHED.runs.slice(1),
    ],
  })
  state('waiting', { ...plain, state: 'waiting', instances: [], runs: [], restarts: 0 })
  const { limits: __, namespaces: ___, cgroup: ____, capabilities: _____, ...less } = DETAIL
  state('denied', {
    ...WATCHED,
    runs: WATCHED.runs.slice(0, 1),
    restarts: 0,
    detail: {
      ...less,
      program: denied,
      folder: denied,
      limits: denied,
      memory: denied,
      files: denied,
      sockets: denied,
      environment: denied,
    },
  })
  state('several instances', {
    ...WATCHED,
    runs: WATCHED.runs.slice(0, 1),
    restarts: 0,
    instances: [SERVER, 2, 3].map((one) =>
      typeof one === 'object'
        ? one
        : rowOf({ ...SERVER, pid: 4211 + one, startTicks: SERVER.startTicks + one, cpuRatio: one / 10 }),
    ),
  })
  test('the axis holds a value that is none of the history yet', () => {
    const memory = seriesKey('process_memory_bytes', { process: 'node' })
    const values = { memory_total_bytes: 32 * 1024 ** 3, [memory]: 773 * 1024 ** 2 }
    const frame = watchedFrame(
      { ...WATCHED, detail: without(DETAIL, 'cgroup') },
      { values, history: { [memory]: () => Number.NaN } },
    )
    expect(screen(frame, HOME)).toMatch(/│ +1 GiB /)
  })
  test('the first moment, before the source has told of it', () => {
    const { watched: __, ...frame } = watchedFrame()
    const text = screen(frame, { ...HOME })
    expect(text.split('\n')[1]).toMatch(/^ {2}WAIT {2}node ⋯/)
    expect(text).toMatch(/│ ⋯/)
    expect(text).not.toMatch(/ 0 of |NaN|undefined/)
  })
  test('what the source still tells of another process is not shown', () => {
    const other: WatchView = { ...NAME, target: { kind: 'name', name: 'nginx' } }
    expect(screen(watchedFrame(), { ...HOME, watch: other })).not.toContain('4211')
  })
})
