import type { CheckBatch } from '../../../src/model/check.ts'
import type { ProcessRow } from '../../../src/model/processes.ts'
import type { Batch } from '../../../src/model/source.ts'
import { leadersOf } from '../../fixtures/alerts.ts'
import { definitionOf, resultOf } from '../../fixtures/checks.ts'
import { batch, START_MS, sample } from '../samples.ts'

const MINUTE_S = 60
const GIB = 2 ** 30
const DISK = 100e9
const MEMORY = 16 * GIB
/** What vacuum-logs writes, in bytes a second, and when. */
const WRITES = 38e6
const FILLS = { from: 10 * MINUTE_S, to: 26 * MINUTE_S }
/** The file is removed. */
const FREED = 30 * MINUTE_S
const API_FAILS = { from: 35 * MINUTE_S, to: 41 * MINUTE_S }
const LEAK = { from: 44 * MINUTE_S, to: 48 * MINUTE_S }

/** A small wave with no pattern that a forecast could take for a trend. */
function noise(second: number, seed: number): number {
  const x = Math.sin(second * 12.9898 + seed * 78.233) * 43_758.5453
  return x - Math.floor(x) - 0.5
}

function row(name: string, pid: number, parts: Partial<ProcessRow>): ProcessRow {
  return {
    kind: 'process',
    pid,
    ppid: 1,
    name,
    command: name,
    user: 'root',
    state: 'S',
    nice: 0,
    threads: 1,
    cpuSeconds: 1,
    memoryBytes: 50e6,
    startedMs: START_MS - 86_400_000,
    startTicks: pid * 100,
    kernel: false,
    history: [],
    ...parts,
  }
}

function diskAt(second: number): number {
  const written = Math.min(Math.max(0, second - FILLS.from), FILLS.to - FILLS.from) * WRITES
  return (60e9 + (second < FREED ? written : 0)) / DISK
}

function memoryAt(second: number): number {
  if (second < LEAK.from || second >= LEAK.to) return 0.4 + 0.004 * noise(second, 2)
  return 0.4 + (0.59 * (second - LEAK.from)) / (LEAK.to - LEAK.from)
}

function processesAt(second: number): Pick<Batch, 'leaders'> {
  const writer = row('vacuum-logs', 9377, {
    startedMs: START_MS + FILLS.from * 1000,
    cpuRatio: 0.2,
    writeBytesPerSecond: WRITES,
  })
  const writes = second >= FILLS.from && second < FILLS.to
  const java = row('java', 812, {
    cpuRatio: 0.3,
    memoryBytes: Math.round(memoryAt(Math.min(second, LEAK.to - 1)) * MEMORY * 0.8),
  })
  const database = row('postgres', 1204, { cpuRatio: 0.1, memoryBytes: 1.2 * GIB, writeBytesPerSecond: 1e6 })
  const everybody = [...(second < LEAK.to ? [java] : []), database, ...(writes ? [writer] : [])]
  return {
    leaders: leadersOf({
      cpu: everybody,
      memory: everybody.toSorted((a, b) => b.memoryBytes - a.memoryBytes),
      write: everybody
        .filter(({ writeBytesPerSecond }) => writeBytesPerSecond !== undefined)
        .toSorted((a, b) => (b.writeBytesPerSecond ?? 0) - (a.writeBytesPerSecond ?? 0)),
      ...(second === FILLS.from && { started: [writer] }),
      ...(second === FILLS.to && { ended: [writer] }),
      ...(second === LEAK.to && { ended: [java] }),
    }),
  }
}

function checksAt(second: number): { readonly checks?: CheckBatch } {
  if (second === 0)
    return { checks: { definitions: [definitionOf('api', { type: 'http', target: 'http://127.0.0.1/' })] } }
  if (second % 15 !== 5) return {}
  const fails = second >= API_FAILS.from && second < API_FAILS.to
  const outcome = fails
    ? ({ state: 'down', reason: 'refused', error: 'refused by 127.0.0.1:80' } as const)
    : ({ state: 'up', latencyS: 0.02 } as const)
  const at = { wallMs: START_MS + second * 1000, monoMs: second * 1000 }
  return { checks: { results: [resultOf('api', outcome, at)] } }
}

/**
 * An hour of a machine, a batch a second: at ten past somebody begins to write into /var, which is full soon after; at thirty-five past a
 * service fails for six minutes; then a process eats the memory, until the kernel ends it.
 */
export function* recordedHour(): Generator<Batch> {
  for (let second = 0; second < 60 * MINUTE_S; second++) {
    const monoMs = second * 1000
    const gauges = {
      cpu_used_ratio: 0.08 + 0.02 * noise(second, 1),
      memory_used_ratio: memoryAt(second),
      memory_total_bytes: MEMORY,
      pressure_memory_full_ratio: 0,
    }
    const counters = { oom_kills_total: second >= LEAK.to ? 1 : 0 }
    const space = {
      'disk_used_ratio{mount="/var"}': diskAt(second),
      'disk_total_bytes{mount="/var"}': DISK,
      'disk_used_ratio{mount="/"}': 0.3,
      'disk_total_bytes{mount="/"}': DISK,
    }
    const mounts = {
      'mount{device="/dev/sda1",mount="/",type="ext4"}': 'ok',
      'mount{device="/dev/sda2",mount="/var",type="ext4"}': 'ok',
    }
    const samples = [sample(monoMs, { source: 'host', gauges, counters })]
    if (second % 2 === 0) {
      samples.push(sample(monoMs, { source: 'space', everyMs: 2000, gauges: space, states: mounts }))
    }
    yield batch(monoMs, samples, { ...(second % 2 === 0 && processesAt(second)), ...checksAt(second) })
  }
}
