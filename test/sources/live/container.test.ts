import { expect, test } from 'vitest'
import { createEngine } from '../../../src/engine/engine.ts'
import type { Frame } from '../../../src/model/frame.ts'
import { openHost } from '../../../src/sources/live/host.ts'
import { GIB, MIB, membership, RecordedMachine, unified, V2_MOUNT } from '../../probes/linux/cgroup/trees.ts'

const START_MS = 1_700_000_000_000
const FOLDER = 'sys/fs/cgroup'

interface Use {
  readonly memoryBytes: number
  readonly cores: number
  readonly throttled: number
  readonly oomKills: number
}

/** A container of 2 cores and 1 GiB on a machine of 8 cores and 32 GiB, after so many seconds of `use`. */
function files(second: number, { memoryBytes, cores, throttled, oomKills }: Use): Record<string, string> {
  const usec = Math.round(5e6 + second * cores * 1e6)
  return {
    'proc/uptime': `${10_000 + second}.00 70000.00\n`,
    'proc/vmstat': `nr_free_pages 1\noom_kill ${oomKills}\n`,
    ...unified(FOLDER, {
      'memory.max': `${GIB}\n`,
      'memory.current': `${memoryBytes}\n`,
      'memory.stat': `anon ${memoryBytes}\nfile 0\nshmem 0\ninactive_file 0\n`,
      'memory.events': `low 0\nhigh 0\nmax 17\noom 2\noom_kill ${oomKills}\noom_group_kill 0\n`,
      'cpu.max': '200000 100000\n',
      'cpu.stat': `usage_usec ${usec}\nuser_usec ${usec * 0.75}\nsystem_usec ${usec * 0.25}\nnr_periods ${second * 10}\nnr_throttled ${second * throttled}\nthrottled_usec 0\n`,
    }),
  }
}

/** The frame after `seconds` of the same use, measured every second. */
function watched(machine: RecordedMachine, seconds: number, use: (second: number) => Use): Frame {
  const clock = { now: 0, wallMs: () => START_MS + clock.now, monoMs: () => clock.now }
  const spawn = () => expect.fail('a recorded tree must not be asked')
  machine.write(files(0, use(0)))
  const host = openHost({ platform: 'procfs', root: machine.files.root, clock, spawn })
  const engine = createEngine()
  try {
    let frame = engine.tick(clock.wallMs(), clock.monoMs())
    for (let second = 0; second <= seconds; second++) {
      clock.now = second * 1000
      machine.write(files(second, use(second)))
      const samples = host.due(clock.now)
      frame = engine.accept({ wallMs: clock.wallMs(), monoMs: clock.now, samples, host: host.facts })
    }
    return frame
  } finally {
    host.close()
  }
}

const container = () => new RecordedMachine({ '.dockerenv': '', ...membership('0::/\n', V2_MOUNT) })
const told = (frame: Frame) => frame.events.filter(({ subject }) => subject !== 'healthtop').map(({ text }) => text)

test('in a container everything is of its limits, and the machine is not told beside it', () => {
  using machine = container()
  const frame = watched(machine, 5, () => ({ memoryBytes: 256 * MIB, cores: 1, throttled: 0, oomKills: 3 }))
  expect(frame.host).toMatchObject({
    container: 'docker',
    cores: 8,
    cpuLimit: 2,
    memoryLimitBytes: GIB,
    cgroupVersion: 2,
  })
  const value = (key: string) => frame.metrics.value(key)
  expect(value('memory_total_bytes')).toBe(GIB)
  expect(value('memory_used_ratio')).toBe(0.25)
  expect(value('cpu_used_ratio')).toBeCloseTo(0.5)
  expect(value('cpu_system_ratio')).toBeCloseTo(0.125)
  expect(value('cgroup_cpu_cores')).toBeCloseTo(1)
  expect(value('cgroup_cpu_used_ratio')).toBeCloseTo(0.5)
  expect(value('cgroup_memory_used_ratio')).toBeUndefined()
  expect([frame.verdict, told(frame)]).toEqual(['ok', []])
})

test('alerts are on the limits, each once', () => {
  using machine = container()
  const frame = watched(machine, 125, () => ({ memoryBytes: 0.95 * GIB, cores: 1.5, throttled: 5, oomKills: 3 }))
  expect(frame.alerts.map(({ name, state }) => `${name} ${state}`).sort()).toEqual([
    // For two minutes of five.
    'cgroup-throttled pending',
    'memory-low firing',
  ])
  expect(frame.verdict).toBe('warning')
})

test('a process that was ended at the limit is told once', () => {
  using machine = container()
  const use = (second: number) => ({ memoryBytes: 256 * MIB, cores: 1, throttled: 0, oomKills: second < 3 ? 3 : 4 })
  expect(told(watched(machine, 8, use))).toEqual(['the kernel ended a process: its control group had no more memory'])
})
