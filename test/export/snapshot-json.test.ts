import { expect, test } from 'vitest'
import { snapshotJson } from '../../src/export/snapshot-json.ts'
import { START_MS } from '../engine/samples.ts'
import { alertOf } from '../fixtures/alerts.ts'
import { frameOf, row } from './frame.ts'

const {
  user: _user,
  cpuRatio: _cpuRatio,
  ...unread
} = row({ pid: 2, name: 'kthreadd', command: '[kthreadd]', state: 'S' })
const processes = {
  id: 1,
  scan: 1,
  wallMs: START_MS,
  total: 2,
  running: 1,
  matched: 2,
  offset: 0,
  rows: [row({}), unread],
}

/** As it is read on the other side of a pipe. */
function read(...args: Parameters<typeof snapshotJson>) {
  return JSON.parse(JSON.stringify(snapshotJson(...args)))
}

const host = { name: 'web-03', os: 'Debian 12', cores: 8 }
const frame = frameOf({ host, processes })

test('has exactly the keys of the contract', () => {
  expect(Object.keys(read(frame))).toEqual([
    'v',
    't',
    'verdict',
    'host',
    'metrics',
    'processes',
    'checks',
    'alerts',
    'forecasts',
  ])
  expect(read(frame)).toMatchObject({ v: 1, t: START_MS + 60_000, verdict: 'critical', checks: [], forecasts: [] })
})

test('what is not known of the host is null', () => {
  expect(read(frame).host).toEqual({
    name: 'web-03',
    os: 'Debian 12',
    kernel: null,
    arch: null,
    cpu_model: null,
    cores: 8,
    uptime_s: 3_567_600,
    container: null,
  })
})

test('metrics are those with a value: rates but no counters, and nothing that does not answer', () => {
  const { metrics } = read(frame)
  expect(metrics).toMatchObject({ 'disk_used_ratio{mount="/var"}': 0.97, load_1m: 3.21 })
  expect(metrics['disk_write_bytes_per_second{device="sdb"}']).toBeCloseTo(39.4e6)
  expect(Object.keys(metrics).filter((key) => key.includes('_total{'))).toEqual([])
  expect(metrics).not.toHaveProperty(['disk_used_ratio{mount="/nfs"}'])
  expect(Object.values(metrics).every(Number.isFinite)).toBe(true)
})

test('processes are the frame’s rows; what could not be read is null, what nobody asked for left out', () => {
  expect(read(frame).processes).toEqual([
    {
      pid: 4211,
      ppid: 1,
      name: 'node',
      command: 'node /srv/api/server.js --port 8443',
      user: 'node',
      state: 'R',
      nice: 0,
      threads: 11,
      cpu_ratio: 0.912,
      memory_bytes: 1.4 * 2 ** 30,
      started_ms: START_MS - 5000,
      cpu_seconds: 22_360,
    },
    expect.objectContaining({ pid: 2, user: null, cpu_ratio: null }),
  ])
  expect(read(frameOf()).processes).toEqual([])
})

test('alerts say since when and who', () => {
  expect(read(frame).alerts).toEqual([
    {
      name: 'disk-full',
      state: 'firing',
      severity: 'critical',
      series: 'disk_used_ratio{mount="/var"}',
      value: 0.97,
      since_ms: START_MS,
      cause: null,
    },
  ])
})

test('an alert on what is not there has no value', () => {
  const absent = alertOf({ name: 'no-disk', value: Number.NaN, cause: 'node writes 38 MB/s' })
  const printed = snapshotJson({ ...frame, alerts: [absent] }) as { readonly alerts: readonly object[] }
  expect(printed.alerts).toEqual([
    {
      name: 'no-disk',
      state: 'firing',
      severity: 'warning',
      series: 'disk_used_ratio{mount="/var"}',
      value: null,
      since_ms: absent.sinceMs,
      cause: 'node writes 38 MB/s',
    },
  ])
})
