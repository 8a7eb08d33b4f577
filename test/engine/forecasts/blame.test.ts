import { describe, expect, test } from 'vitest'
import { blameFor, type Seen } from '../../../src/engine/forecasts/blame.ts'
import type { WatchedLimit } from '../../../src/engine/forecasts/limits.ts'
import type { ProcessAnswer, ProcessRow } from '../../../src/model/processes.ts'
import { leadersOf } from '../../fixtures/alerts.ts'
import { rowOf } from '../../fixtures/watched.ts'

const GIB = 1024 ** 3
const limit = { threshold: 0.95, direction: 'above', limit: '95 %' } as const
const VAR: WatchedLimit = { ...limit, series: 'disk_used_ratio{mount="/var"}', family: 'disk', subject: '/var' }
const MEMORY: WatchedLimit = { ...limit, series: 'memory_used_ratio', family: 'memory', subject: 'memory' }
const writing = (name: string, pid: number, megabytes: number) =>
  rowOf({ name, pid, startTicks: pid, writeBytesPerSecond: megabytes * 1e6 })
const filled = (growth: number | undefined, ...write: ProcessRow[]) =>
  blameFor(VAR, { leaders: leadersOf({ write }), growth })

describe('a file system that fills', () => {
  test('is filled by who writes about as fast as it grows, of several the nearest', () => {
    const rows = [writing('dd', 1, 900), writing('vacuum-logs', 2, 38), writing('rsyslogd', 3, 20)]
    expect(filled(40e6, ...rows)).toBe('vacuum-logs writes 38.0 MB/s')
    expect(filled(18e6, ...rows)).toBe('rsyslogd writes 20.0 MB/s')
    expect(filled(5e6, ...rows)).toBeUndefined()
  })

  test('is filled by several of one name together, where none of them does it alone', () => {
    const rows = [1, 2, 3, 4].map((pid) => writing('cp', pid, 10))
    expect(filled(40e6, ...rows)).toBe('4 × cp write 40.0 MB/s')
    expect(filled(10e6, ...rows)).toBe('cp writes 10.0 MB/s')
  })

  test('is filled by nobody while it shrinks, or its growth is not known', () => {
    const dd = writing('dd', 1, 10)
    expect([filled(undefined, dd), filled(0, dd), filled(-10e6, dd)]).toEqual([undefined, undefined, undefined])
  })

  test('is filled by who is seen in the table, too; of what is known twice the leaders say it', () => {
    const rows = [writing('sh', 1, 0.2), writing('tar', 2, 12), { ...writing('all', 3, 60), kind: 'group' as const }]
    const seen: Seen = {
      processes: { rows } as unknown as ProcessAnswer,
      leaders: leadersOf({ write: [writing('sh', 1, 60)] }),
    }
    expect(blameFor(VAR, { ...seen, growth: 12e6 })).toBe('tar writes 12.0 MB/s')
    expect(blameFor(VAR, { ...seen, growth: 60e6 })).toBe('sh writes 60.0 MB/s')
  })
})

describe('memory that fills', () => {
  const java = rowOf({ name: 'java', pid: 40, memoryBytes: 8.4 * GIB })
  const leaders = leadersOf({ memory: [java] })

  test('is filled by who grew, else held by who holds most', () => {
    const grower = { row: rowOf({ name: 'node', pid: 41 }), grownBytes: 1.5 * GIB, overMs: 300_000 }
    expect(blameFor(MEMORY, { leaders, grower })).toBe('node grew by 1.5 GiB in 5 min')
    expect(blameFor(MEMORY, { leaders })).toBe('java holds 8.4 GiB')
    expect(blameFor(MEMORY, {})).toBeUndefined()
  })

  test('swap and certificates are filled by nobody who is known', () => {
    expect(blameFor({ ...MEMORY, subject: 'swap' }, { leaders })).toBeUndefined()
    expect(blameFor({ ...MEMORY, family: 'check', subject: 'shop' }, { leaders })).toBeUndefined()
  })
})
