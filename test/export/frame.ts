import { createEngine } from '../../src/engine/engine.ts'
import type { Frame } from '../../src/model/frame.ts'
import type { ProcessRow } from '../../src/model/processes.ts'
import type { Batch } from '../../src/model/source.ts'
import { batch, START_MS, sample } from '../engine/samples.ts'

const GIB = 2 ** 30

export function row(over: Partial<ProcessRow>): ProcessRow {
  return {
    kind: 'process',
    pid: 4211,
    ppid: 1,
    name: 'node',
    command: 'node /srv/api/server.js --port 8443',
    user: 'node',
    state: 'R',
    nice: 0,
    threads: 11,
    cpuRatio: 0.912,
    cpuSeconds: 22_360,
    memoryBytes: 1.4 * GIB,
    startedMs: START_MS - 5000,
    startTicks: 1,
    kernel: false,
    history: [],
    ...over,
  }
}

/** A machine with one disk that is almost full, seen twice, a minute apart by the judge. */
export function frameOf(over: Partial<Batch> = {}): Frame {
  const engine = createEngine()
  const at = (second: number) =>
    sample(second * 1000, {
      gauges: {
        memory_total_bytes: 31.2 * GIB,
        memory_used_bytes: 22.1 * GIB,
        memory_used_ratio: 22.1 / 31.2,
        memory_cached_bytes: 6.8 * GIB,
        pressure_cpu_some_ratio: 0.041,
        load_1m: 3.21,
        load_5m: 2.84,
        load_15m: 2.12,
        uptime_seconds: 3_567_600,
        'disk_used_ratio{mount="/var"}': 0.97,
        'disk_used_bytes{mount="/var"}': 2.9 * 1024 * GIB,
        'disk_total_bytes{mount="/var"}': 3.5 * 1024 * GIB,
        'disk_used_ratio{mount="/nfs"}': 0.5,
      },
      counters: {
        'disk_read_bytes_total{device="sdb"}': second * 1e6,
        'disk_written_bytes_total{device="sdb"}': second * 39.4e6,
        'network_receive_bytes_total{interface="eth0"}': second * 8.4e6,
      },
      states: {
        'mount{device="/dev/sdb",mount="/var",type="ext4"}': 'ok',
        'mount{device="nas:/",mount="/nfs",type="nfs4"}': second < 30 ? 'ok' : 'no answer',
        'interface{interface="eth0",virtual="false"}': 'up',
      },
    })
  let frame: Frame | undefined
  for (let second = 0; second <= 60; second++) frame = engine.accept(batch(second * 1000, [at(second)], over))
  return frame as Frame
}
