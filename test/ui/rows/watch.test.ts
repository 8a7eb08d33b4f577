import { describe, expect, test } from 'vitest'
import type { Frame } from '../../../src/model/frame.ts'
import type { Watched, WatchTarget } from '../../../src/model/watch.ts'
import { watchNext } from '../../../src/ui/rows/watch-next.ts'
import { watchNow } from '../../../src/ui/rows/watch-now.ts'
import { style } from '../../../src/ui/screen/style.ts'
import { NOW } from '../../fixtures/frame.ts'
import { AHEAD, heading } from '../../fixtures/limits.ts'
import { DETAIL, rowOf, SERVER, WATCHED, watchedFrame } from '../../fixtures/watched.ts'
import { canvas, UNICODE_LOOK } from '../lists.ts'

const NAME: WatchTarget = { kind: 'name', name: 'node' }
const view = (target: WatchTarget = NAME) => ({ target, section: 'panels', unmasked: false }) as const

function nowRow(frame: Frame, columns = 120, target: WatchTarget = NAME): string {
  const { surface, lines } = canvas(columns, 1)
  watchNow(surface, frame, UNICODE_LOOK, view(target))
  return (lines()[0] ?? '').trimEnd()
}

function nextRow(frame: Frame, columns = 120): { text: string; badge: number } {
  const { surface, grid, lines } = canvas(columns, 1)
  watchNext(surface, frame, UNICODE_LOOK, { target: NAME, sinceMs: NOW - 600_000 })
  return { text: (lines()[0] ?? '').trimEnd(), badge: grid.styles[2] as number }
}

const calm: Watched = { ...WATCHED, runs: WATCHED.runs.slice(0, 1), restarts: 0 }
const still = { values: { 'process_memory_growth_bytes_per_hour{process="node"}': 0 } }
const { files: _files, ...shut } = DETAIL
const badge = (tone: 'crit' | 'warn' | 'unknown') => style('onBadge', { bg: tone, bold: true })

describe('who it is', () => {
  test('a long pid has room, and the right end gives way before the name does', () => {
    const row = rowOf({ ...SERVER, pid: 4_194_303 })
    const frame = watchedFrame({ ...calm, instances: [row], detail: { ...DETAIL, row } })
    expect(nowRow(frame)).toMatch(/^ {2}4194303 {2}node \/srv/)
    expect(nowRow(frame, 60)).toMatch(/^ {2}4194303 {2}node .*… {2}running 10 h 20 m$/)
  })
  test('how it is followed', () => {
    const id = { pid: 4211, startTicks: SERVER.startTicks }
    const one = { kind: 'process', id, name: 'node' } as const
    expect(nowRow(watchedFrame({ ...calm, target: one }), 120, one)).toMatch(/running 10 h 20 m$/)
    const pattern = { kind: 'pattern', source: 'node.*api' } as const
    expect(nowRow(watchedFrame({ ...calm, target: pattern }), 120, pattern)).toMatch(/followed by pattern$/)
  })
})

describe('what matters of it', () => {
  test('nothing: since when nothing changed', () => {
    const { text, badge: tone } = nextRow(watchedFrame({ ...calm, detail: shut }, still))
    expect(text).toBe('  LAST  nothing has changed since 14:22')
    expect(tone).toBe(badge('unknown'))
  })
  test('what happened to it lately, and to nobody else', () => {
    const event = (subject: string) =>
      ({ wallMs: NOW - 60_000, kind: 'process_restarted', level: 'event', subject, text: 'restarted' }) as const
    const { text } = nextRow(
      watchedFrame({ ...calm, detail: shut }, { ...still, events: [event('nginx'), event('node')] }),
    )
    expect(text).toBe('  LAST  14:31 ▸ node restarted')
  })
  test('killed within the hour is critical, before it a warning', () => {
    const run = (endedMs: number) => ({ pid: 1, startedMs: NOW - 9e7, endedMs, cause: 'out of memory' })
    const row = (endedMs: number) =>
      nextRow(watchedFrame({ ...calm, runs: [run(endedMs)], restarts: 1, detail: shut }, still))
    expect(row(NOW - 600_000)).toEqual({
      text: '  NOW   ✖ killed out of memory once, last 14:22',
      badge: badge('crit'),
    })
    expect(row(NOW - 7_200_000).badge).toBe(badge('warn'))
  })
  test('close to a limit, worst first', () => {
    const cgroup = { path: '/x', memoryBytes: 1.7e9, memoryLimitBytes: 2e9, pidsUsed: 1000, pidsLimit: 1024 }
    const { text } = nextRow(watchedFrame({ ...calm, detail: { ...shut, cgroup } }, still))
    expect(text).toMatch(/^ {2}NOW {3}✖ tasks 1 000 of 1 024/)
    expect(text.indexOf('tasks')).toBeLessThan(text.indexOf('memory'))
  })
  test('held back by its quota', () => {
    const cgroup = { path: '/x', cpuLimitCores: 1, throttledRatio: 0.12 }
    const { text } = nextRow(watchedFrame({ ...calm, detail: { ...shut, cgroup } }, still))
    expect(text).toBe('  NOW   ▲ cpu held back by its quota 12 % of the time')
  })
  test('growth is urgent when less than a day is left to the limit, and said calmly else', () => {
    const cgroup = { path: '/x', memoryLimitBytes: 16 * 1024 ** 3 }
    expect(nextRow(watchedFrame({ ...calm, detail: shut })).text).toMatch(
      /NOW {3}▲ memory grows 123 MiB\/h {2}614 MiB left/,
    )
    expect(nextRow(watchedFrame({ ...calm, detail: { ...shut, cgroup } })).text).toMatch(
      /LAST {2}memory grows 123 MiB\/h {2}15 GiB left to its limit/,
    )
  })
  test('its limits that will be reached come next, and what it grows by with them', () => {
    const own = AHEAD.filter(({ family }) => family === 'process')
    const [memory, files] = own
    if (memory === undefined || files === undefined) throw new Error('there are two')
    const quietly = { ...calm, detail: shut }
    const all = nextRow(watchedFrame(quietly, { forecasts: AHEAD }))
    expect(all).toEqual({
      text: '  NEXT  ▸ memory 2 GiB limit in 5 h (4 h – 7 h)  grows 123 MiB/h   ▸ files 4 096 limit in 17 d (9 d – over 30 d)',
      badge: badge('unknown'),
    })
    const urgent = { ...memory, time: heading(190), severity: 'warning' } as const
    expect(nextRow(watchedFrame(quietly, { forecasts: [urgent] }))).toMatchObject({
      text: '  NEXT  ▲ memory 2 GiB limit in 3 h 10 m (2 h 39 m – 4 h 05 m)  grows 123 MiB/h',
      badge: badge('warn'),
    })
    const other = { ...urgent, series: 'process_memory_bytes{process="java"}' }
    expect(nextRow(watchedFrame(quietly, { forecasts: [other] })).text).toMatch(/^ {2}NOW {3}▲ memory grows 123 MiB\/h/)
    // What is far is no more than a remark.
    expect(nextRow(watchedFrame(quietly, { ...still, forecasts: [files] })).text).toBe(
      '  LAST  ▸ files 4 096 limit in 17 d (9 d – over 30 d)  grows 7/h',
    )
  })
  test('what is critical now comes before what is to come', () => {
    const cgroup = { path: '/x', pidsUsed: 1000, pidsLimit: 1024 }
    const { text, badge: tone } = nextRow(
      watchedFrame({ ...calm, detail: { ...shut, cgroup } }, { ...still, forecasts: AHEAD }),
    )
    expect(text).toMatch(/^ {2}NOW {3}✖ tasks 1 000 of 1 024 {3}▸ memory 2 GiB limit in 5 h/)
    expect(tone).toBe(badge('crit'))
  })
  test('one thing that may not be read, and several', () => {
    const denied = { denied: 'belongs to root' }
    const said = (parts: object) => nextRow(watchedFrame({ ...calm, detail: { ...shut, ...parts } }, still)).text
    expect(said({ files: denied })).toContain('files belong to root: run as root to see them')
    expect(said({ folder: denied })).toContain('folder belongs to root: run as root to see it')
    expect(said({ files: denied, environment: denied })).toContain('files and environment belong to root')
  })
})
