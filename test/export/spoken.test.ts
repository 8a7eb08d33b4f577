import { describe, expect, test } from 'vitest'
import {
  inWords,
  NOTHING_SAID,
  spokenChanges,
  spokenChecks,
  spokenProcesses,
  spokenSummary,
} from '../../src/export/spoken.ts'
import type { LogEvent } from '../../src/model/event.ts'
import type { LimitForecast } from '../../src/model/forecast.ts'
import type { Frame } from '../../src/model/frame.ts'
import { leadersOf } from '../fixtures/alerts.ts'
import { API, MAIL, QUEUE, SERVICES } from '../fixtures/checks.ts'
import { frameOf, NOW } from '../fixtures/frame.ts'
import { AHEAD, heading, limitOf } from '../fixtures/limits.ts'
import { processRow } from '../ui/lists.ts'

test('units are words and symbols are gone', () => {
  expect(inWords('/var 97 % used > 95 %, vacuum-logs writes 38 MB/s ▸')).toBe(
    '/var 97 percent used, over 95 percent, vacuum-logs writes 38 megabytes a second',
  )
  expect(inWords('memory 1.4 GiB for 12 min')).toBe('memory 1.4 gigabytes for 12 minutes')
  expect(inWords('up 1 d 3 h')).toBe('up 1 day 3 hours')
})

test('the summary says how the machine is, and what is wrong first', () => {
  const frame = frameOf({
    verdict: 'critical',
    reasons: [{ verdict: 'critical', subject: '/var', text: '97 % used', sinceMs: NOW - 120_000 }],
    wallMs: NOW,
  })
  const lines = spokenSummary(frame)
  expect(lines[0]).toBe(`${frame.host.name}, critical`)
  expect(lines[1]).toBe('critical: /var 97 percent used for 2 minutes')
  expect(lines[2]).toMatch(/^processor \d+ percent, memory \d+ percent, /)
  expect(lines.join('')).not.toMatch(/[%▲✖·]/)
})

test('only what changed is said, and once', () => {
  const row = processRow({ pid: 7, name: 'burn', cpuRatio: 0.99, memoryBytes: 2 ** 20 })
  const first = spokenChanges(frameOf({ values: { memory_used_ratio: 0.3 }, events: [] }), NOTHING_SAID)
  expect(first.lines).toEqual([])
  const same = spokenChanges(frameOf({ values: { memory_used_ratio: 0.35 }, events: [] }), first.said)
  expect(same.lines).toEqual([])
  const turned: LogEvent = { wallMs: NOW, kind: 'alert', level: 'warning', subject: 'memory', text: '92 % > 90 %' }
  const later = frameOf({
    values: { memory_used_ratio: 0.92 },
    verdict: 'warning',
    events: [turned],
    leaders: leadersOf({ cpu: [row] }),
  })
  const said = spokenChanges(later, same.said)
  expect(said.lines).toEqual([
    'warning: memory 92 percent, over 90 percent',
    'now warning',
    'memory 92 percent, was 30',
    'burn, process 7, uses 99 percent of a core',
  ])
  expect(spokenChanges(later, said.said).lines).toEqual([])
})

test('several events are told in the order in which they happened', () => {
  const event = (text: string): LogEvent => ({
    wallMs: NOW,
    kind: 'interface_up',
    level: 'event',
    subject: 'eth0',
    text,
  })
  const old = event('came up')
  const before = spokenChanges(frameOf({ events: [old] }), NOTHING_SAID).said
  const { lines } = spokenChanges(frameOf({ events: [event('came up again'), event('went down'), old] }), before)
  expect(lines).toEqual(['eth0 went down', 'eth0 came up again'])
})

test('processes are named with what they use', () => {
  const row = processRow({ pid: 7, name: 'burn', cpuRatio: 0.99, memoryBytes: 48 * 2 ** 20 })
  expect(spokenProcesses(frameOf({ leaders: leadersOf({ cpu: [row] }) }))).toEqual([
    'burn, process 7, 99 percent of one core, 48 megabytes',
  ])
  expect(spokenProcesses(frameOf({ leaders: leadersOf() }))).toEqual(['no process uses the processor'])
})

test('processes that take turns in being busy are told once each', () => {
  const busy = (pid: number) =>
    frameOf({ leaders: leadersOf({ cpu: [processRow({ pid, name: 'burn', cpuRatio: 0.9 })] }) })
  let { said } = spokenChanges(frameOf(), NOTHING_SAID)
  const told = [7, 8, 7, 8, 7].map((pid) => {
    const changes = spokenChanges(busy(pid), said)
    said = changes.said
    return changes.lines.length
  })
  expect(told).toEqual([1, 1, 0, 0, 0])
})

test('services are counted, and each that is not well is named with its reason', () => {
  expect(spokenChecks(frameOf({ checks: [...SERVICES, QUEUE] }))).toEqual([
    '14 services: 1 down, 1 slow, 1 certificate, 1 flapping, 10 up',
    'mail down: connection refused by 127.0.0.1:25',
    'api slow: took 812 milliseconds, expected under 500 milliseconds',
    'shop.example certificate: certificate for shop.example ends in 9 days',
    'queue flapping: it turns up and down all the time',
  ])
  expect(spokenChecks(frameOf())).toEqual(['no services are checked'])
  expect(spokenSummary(frameOf({ checks: [API] }))[1]).toBe('1 service: 1 slow')
  expect(spokenSummary(frameOf()).join()).not.toContain('service')
})

test('a service that turns is said as it happens', () => {
  const down: LogEvent = {
    wallMs: NOW,
    kind: 'check',
    level: 'critical',
    subject: 'mail',
    text: 'down, refused by 127.0.0.1:25',
  }
  const well: LogEvent = {
    wallMs: NOW,
    kind: 'check',
    level: 'ok',
    subject: 'mail',
    text: 'well again',
    cause: 'was down 12 min',
  }
  const { said } = spokenChanges(frameOf({ checks: [MAIL] }), NOTHING_SAID)
  expect(spokenChanges(frameOf({ events: [well, down] }), said).lines).toEqual([
    'critical: mail down, refused by 127.0.0.1:25',
    'well again: mail, was down 12 minutes',
  ])
})

describe('what will reach its limit', () => {
  const fills = AHEAD[0] ?? limitOf()
  const SENTENCE = '/var will be 95 percent full in 3 hours 10 minutes, vacuum-logs writes 38 megabytes a second'
  const at = (seconds: number, ...forecasts: readonly LimitForecast[]) =>
    frameOf({ wallMs: NOW + seconds * 1000, forecasts })
  /** What is said of frames one after the other, a list a frame. */
  const heard = (...frames: readonly Frame[]) => {
    let said = NOTHING_SAID
    return frames.map((frame) => {
      const changes = spokenChanges(frame, said)
      said = changes.said
      return changes.lines
    })
  }

  test('is part of the summary when it is soon', () => {
    const lines = spokenSummary(frameOf({ forecasts: AHEAD }))
    expect(lines).toContain(SENTENCE)
    expect(lines).toContain('node will reach its 2 gigabytes limit in 5 hours')
    expect(lines.join('')).not.toContain('shop.example')
  })
  test('is said when it appears, and once, however its time moves', () => {
    const later = { ...fills, time: heading(170) }
    expect(heard(at(0), at(1, fills), at(2, fills), at(600, later))).toEqual([[], [SENTENCE], [], []])
  })
  test('is withdrawn when it is not expected for a minute, and may be said again then', () => {
    const steady = { ...fills, time: { kind: 'steady' } } as const
    const frames = [at(0, fills), at(10, steady), at(50, fills), at(60, steady), at(100, steady), at(120, steady)]
    expect(heard(...frames, at(130, fills))).toEqual([
      [SENTENCE],
      [],
      [],
      [],
      [],
      ['not expected any more: /var 95 percent full'],
      [SENTENCE],
    ])
  })
  test('is not withdrawn when it is reached, which an alert says', () => {
    const reached = { ...fills, time: { kind: 'reached' } } as const
    expect(heard(at(0, fills), at(10, reached), at(200, reached))).toEqual([[SENTENCE], [], []])
  })
  test('a certificate ends on its day', () => {
    const ends = AHEAD.filter(({ family }) => family === 'check').map((one) => ({
      ...one,
      severity: 'warning' as const,
    }))
    expect(heard(at(0, ...ends))).toEqual([['shop.example certificate ends 3 Dec']])
  })
})
