import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { systemClock } from '../../../src/lib/clock.ts'
import { parseSeriesKey } from '../../../src/model/series.ts'
import { cpu } from '../../../src/probes/linux/cpu.ts'
import { diskio } from '../../../src/probes/linux/diskio.ts'
import { load } from '../../../src/probes/linux/load.ts'
import { pressure } from '../../../src/probes/linux/pressure.ts'
import { SpaceCollector } from '../../../src/probes/linux/space.ts'
import { uptime } from '../../../src/probes/linux/uptime.ts'
import { users } from '../../../src/probes/linux/users.ts'
import { has, measuredHere, onLinux, told } from './machine.ts'
import { recorded } from './recorder.ts'

/** What a number was read between: two answers of the second source. */
function between(value: number | undefined, before: number, after: number, slack = 0): void {
  expect(value).toBeGreaterThanOrEqual(Math.min(before, after) - slack)
  expect(value).toBeLessThanOrEqual(Math.max(before, after) + slack)
}

/** The numbers of a line of df(1): size, used, available. */
function df(mount: string, ...options: readonly string[]): readonly number[] {
  const line =
    told('df', ...options, '-P', mount)
      .trim()
      .split('\n')
      .at(-1) ?? ''
  return line.split(/\s+/).slice(1, 4).map(Number)
}

test.runIf(onLinux && has('df', '-B1', '-P', '/'))('space: df tells the same of each mount', () => {
  const collector = new SpaceCollector({ root: '/', clock: systemClock, spawn })
  const measure = () => recorded((out) => collector.collect(out)).gauges
  const before = measure()
  const mounts = Object.keys(before).flatMap((key) => {
    const { name, labels } = parseSeriesKey(key)
    return name === 'disk_total_bytes' ? [labels.mount ?? ''] : []
  })
  const answers = mounts.map((mount) => ({ mount, bytes: df(mount, '-B1'), inodes: df(mount, '-i') }))
  const after = measure()
  collector.close()
  expect(answers.length).toBeGreaterThan(0)
  for (const { mount, bytes, inodes } of answers) {
    const [size, used = 0, available = 0] = bytes
    const of = (name: string) => [before, after].map((gauges) => gauges[`${name}{mount="${mount}"}`] as number)
    expect(of('disk_total_bytes')).toEqual([size, size])
    const ends = (name: string) => of(name) as [number, number]
    // Others write meanwhile, and files come and go.
    between(used, ...ends('disk_used_bytes'), 2 ** 24)
    between(available, ...ends('disk_available_bytes'), 2 ** 24)
    const [all = 0, taken = 0] = inodes
    if (all > 0) between(taken / all, ...ends('disk_inodes_used_ratio'), 0.001)
  }
})

/** In a container with a quota the modes are the container's. */
const machineModes = onLinux && 'cpu_nice_seconds_total' in measuredHere(cpu).counters

test.runIf(machineModes && has('mpstat'))('processor time since the start: the shares of mpstat', () => {
  type Answer = { sysstat: { hosts: { statistics: { 'cpu-load': Record<string, number>[] }[] }[] } }
  const { sysstat } = JSON.parse(told('mpstat', '-o', 'JSON')) as Answer
  const shares = sysstat.hosts[0]?.statistics[0]?.['cpu-load'][0] ?? {}
  const { counters } = measuredHere(cpu)
  const seconds = (mode: string) => counters[`cpu_${mode}_seconds_total`] ?? 0
  const modes = { user: ['usr', 'guest'], nice: ['nice', 'gnice'], system: ['sys'], idle: ['idle'] }
  const others = { iowait: ['iowait'], irq: ['irq', 'soft'], steal: ['steal'] }
  const all = Object.keys({ ...modes, ...others }).reduce((sum, mode) => sum + seconds(mode), 0)
  for (const [mode, columns] of Object.entries({ ...modes, ...others })) {
    const percent = columns.reduce((sum, column) => sum + (shares[column] ?? 0), 0)
    expect(Math.abs((100 * seconds(mode)) / all - percent), mode).toBeLessThan(0.5)
  }
})

test.runIf(onLinux && has('iostat', '-d', '-k'))('disks: iostat has read and written as much since the start', () => {
  type Disk = { disk_device: string; kB_read: number; kB_wrtn: number }
  type Answer = { sysstat: { hosts: { statistics: { disk: Disk[] }[] }[] } }
  const ask = () => {
    const { sysstat } = JSON.parse(told('iostat', '-d', '-k', '-o', 'JSON')) as Answer
    return new Map((sysstat.hosts[0]?.statistics[0]?.disk ?? []).map((disk) => [disk.disk_device, disk]))
  }
  const before = ask()
  const { counters } = measuredHere(diskio)
  const after = ask()
  for (const [key, value] of Object.entries(counters)) {
    const { name, labels } = parseSeriesKey(key)
    const column = { disk_read_bytes_total: 'kB_read', disk_written_bytes_total: 'kB_wrtn' }[name] as
      | keyof Disk
      | undefined
    const ends = [before, after].map((disks) => disks.get(labels.device ?? ''))
    if (column === undefined || ends[0] === undefined || ends[1] === undefined) continue
    between(value / 1024, Number(ends[0][column]), Number(ends[1][column]), 1)
  }
})

test.runIf(onLinux && has('who'))('people: a line of who is a session', () => {
  const { users_count } = measuredHere(users).gauges
  const lines = told('who')
    .split('\n')
    .filter((line) => line !== '')
  // Without utmp the sessions are those of logind, of which who knows nothing.
  if (users_count !== undefined) expect(users_count).toBeGreaterThanOrEqual(lines.length)
})

test.runIf(onLinux && has('uptime'))('load and uptime: what uptime(1) shows', () => {
  const averages = /load average: ([\d.]+), ([\d.]+), ([\d.]+)/
  const ask = () => (averages.exec(told('uptime')) ?? []).slice(1).map(Number)
  const before = ask()
  const { load_1m, load_5m, load_15m } = measuredHere(load).gauges
  const after = ask()
  for (const [index, value] of [load_1m, load_5m, load_15m].entries()) {
    between(value, before[index] ?? Number.NaN, after[index] ?? Number.NaN)
  }
  const started = Date.parse(`${told('uptime', '-s').trim().replace(' ', 'T')}`)
  const { uptime_seconds = Number.NaN } = measuredHere(uptime).gauges
  expect(Math.abs((Date.now() - started) / 1000 - uptime_seconds)).toBeLessThan(3)
})

test.runIf(onLinux && has('awk', '1', '/proc/pressure/io'))(
  'pressure: what awk finds in the files, before and after',
  () => {
    const script = '{ split($2, pair, "="); print FILENAME, $1, pair[2] / 100 }'
    const paths = ['cpu', 'memory', 'io'].map((resource) => `/proc/pressure/${resource}`)
    const ask = () =>
      new Map(
        told('awk', script, ...paths)
          .trim()
          .split('\n')
          .map((line) => {
            const [path = '', kind = '', value] = line.split(' ')
            return [`pressure_${path.split('/').at(-1)}_${kind}_ratio`, Number(value)]
          }),
      )
    const before = ask()
    const { gauges } = measuredHere(pressure)
    const after = ask()
    expect(Object.keys(gauges)).toHaveLength(5)
    for (const [key, value] of Object.entries(gauges)) {
      between(value, before.get(key) ?? Number.NaN, after.get(key) ?? Number.NaN, 1e-9)
    }
  },
)
