import { describe, expect, test } from 'vitest'
import { type Known, watchedLimits } from '../../../src/engine/forecasts/limits.ts'
import type { Mount } from '../../../src/model/frame.ts'
import type { ProcessDetail, Watched } from '../../../src/model/watch.ts'
import { WATCHED } from '../../fixtures/watched.ts'

const GIB = 2 ** 30

const mount = (path: string, answering = true): Mount => ({
  mount: path,
  type: 'ext4',
  device: '/dev/sda1',
  answering,
  answeredMs: 0,
})

function limits(over: Partial<Known>, values: Readonly<Record<string, number>> = {}): string[] {
  const known: Known = { mounts: [], certificates: () => [], value: (series) => values[series], ...over }
  return watchedLimits(known).map(
    ({ series, threshold, subject, limit }) => `${series} ${threshold}: ${subject} ${limit}`,
  )
}

const watched = (memoryLimitBytes: number | undefined): Watched => {
  const { cgroup: _, ...detail } = WATCHED.detail as ProcessDetail
  return {
    ...WATCHED,
    detail: { ...detail, ...(memoryLimitBytes && { cgroup: { path: '/', memoryLimitBytes } }) },
  }
}

describe('watched limits', () => {
  test('of a mount are its space, twice, and its inodes; none of one that does not answer', () => {
    expect(limits({ mounts: [mount('/var'), mount('/nas', false)] })).toEqual([
      'disk_used_ratio{mount="/var"} 0.95: /var 95 %',
      'disk_used_ratio{mount="/var"} 1: /var 100 %',
      'disk_inodes_used_ratio{mount="/var"} 0.95: /var 95 % of the inodes',
    ])
  })

  test('of the machine are those that it has', () => {
    expect(limits({}, { memory_used_ratio: 0.5, pids_used_ratio: 0.1 })).toEqual([
      'memory_used_ratio 0.9: memory 90 %',
      'pids_used_ratio 0.95: pids 95 %',
    ])
  })

  test('of a process are the memory that its cgroup may have, and its descriptors', () => {
    const values = { memory_total_bytes: 16 * GIB, 'process_files_limit{process="node"}': 4096 }
    expect(limits({ watched: watched(2 * GIB) }, values)).toEqual([
      `process_memory_bytes{process="node"} ${2 * GIB}: node 2 GiB limit`,
      'process_files{process="node"} 4096: node 4 096 files',
    ])
  })

  test('of a process without a limit of its own, or with one that is larger than the machine, is all memory', () => {
    const values = { memory_total_bytes: 16 * GIB }
    const all = [`process_memory_bytes{process="node"} ${16 * GIB}: node 16 GiB, all memory`]
    expect(limits({ watched: watched(undefined) }, values)).toEqual(all)
    expect(limits({ watched: watched(64 * GIB) }, values)).toEqual(all)
    expect(limits({ watched: watched(undefined) })).toEqual([])
  })

  test('of a certificate is its end', () => {
    expect(limits({ certificates: () => ['shop'] })).toEqual([
      'check_certificate_seconds{check="shop"} 0: shop certificate',
    ])
  })
})
