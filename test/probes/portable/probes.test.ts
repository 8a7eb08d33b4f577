import { cpus } from 'node:os'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../../src/lib/clock.ts'
import { metricOf } from '../../../src/model/catalogue/catalogue.ts'
import { parseSeriesKey } from '../../../src/model/series.ts'
import { SystemFiles } from '../../../src/probes/host-files.ts'
import { linuxProbes } from '../../../src/probes/linux/registry.ts'
import { SpaceCollector, spaceProbe } from '../../../src/probes/linux/space.ts'
import { writeBattery } from '../../../src/probes/portable/battery.ts'
import { writeCpus } from '../../../src/probes/portable/cpu.ts'
import { writeTraffic } from '../../../src/probes/portable/diskio.ts'
import { writeMemory } from '../../../src/probes/portable/memory.ts'
import { writeInterfaces } from '../../../src/probes/portable/network.ts'
import { portableProbes, portableSlowProbes } from '../../../src/probes/portable/registry.ts'
import { writeSpace } from '../../../src/probes/portable/space.ts'
import { createSlowRunner } from '../../../src/probes/slow-runner.ts'
import { Recorder, recorded } from '../linux/recorder.ts'

const core = (user: number, nice: number, sys: number, idle: number, irq: number) => ({
  model: 'cpu',
  speed: 1000,
  times: { user, nice, sys, idle, irq },
})

describe('cpu', () => {
  test('counts seconds of the machine and of each core', () => {
    const out = recorded((to) => writeCpus([core(1000, 0, 500, 8000, 0), core(2000, 500, 500, 7000, 10)], 'linux', to))
    expect(out.counters).toEqual({
      cpu_user_seconds_total: 3,
      cpu_nice_seconds_total: 0.5,
      cpu_system_seconds_total: 1,
      cpu_idle_seconds_total: 15,
      cpu_irq_seconds_total: 0.01,
      'core_busy_seconds_total{cpu="0"}': 1.5,
      'core_seconds_total{cpu="0"}': 9.5,
      'core_busy_seconds_total{cpu="1"}': 3.01,
      'core_seconds_total{cpu="1"}': 10.01,
    })
  })

  test('modes a platform does not count are absent, and not counted twice', () => {
    const windows = recorded((to) => writeCpus([core(1000, 0, 500, 8000, 100)], 'win32', to)).counters
    expect(Object.keys(windows).filter((key) => key.startsWith('cpu_'))).toEqual([
      'cpu_user_seconds_total',
      'cpu_system_seconds_total',
      'cpu_idle_seconds_total',
    ])
    expect(windows['core_seconds_total{cpu="0"}']).toBe(9.5)
    const mac = recorded((to) => writeCpus([core(1000, 5, 500, 8000, 0)], 'darwin', to)).counters
    expect(mac).not.toHaveProperty('cpu_irq_seconds_total')
    expect(mac.cpu_nice_seconds_total).toBe(0.005)
  })

  test('a system that tells of no cores fails', () => {
    expect(() => writeCpus([], 'linux', new Recorder())).toThrow('nothing of its cores')
  })
})

describe('memory', () => {
  const data = {
    total: 1000,
    free: 100,
    available: 400,
    buffers: 20,
    cached: 200,
    reclaimable: 30,
    buffcache: 260,
    swaptotal: 0,
    swapused: 0,
  }

  test('used is what is not available; without swap there is no ratio', () => {
    expect(recorded((to) => writeMemory(data, 'linux', to)).gauges).toEqual({
      memory_total_bytes: 1000,
      memory_available_bytes: 400,
      memory_used_bytes: 600,
      memory_used_ratio: 0.6,
      memory_free_bytes: 100,
      memory_cached_bytes: 250,
      swap_total_bytes: 0,
      swap_used_bytes: 0,
    })
  })

  test('of the BSDs no swap is known', () => {
    expect(Object.keys(recorded((to) => writeMemory(data, 'freebsd', to)).gauges).join()).not.toMatch(/swap/)
  })

  test('swap of macOS, and what it may give up', () => {
    const { gauges } = recorded((to) => writeMemory({ ...data, swaptotal: 100, swapused: 25 }, 'darwin', to))
    expect(gauges).toMatchObject({ memory_cached_bytes: 260, swap_used_ratio: 0.25 })
  })
})

describe('space', () => {
  const mount = (fs: string, path: string, type = 'ext4', size = 100) => ({
    fs,
    mount: path,
    type,
    size,
    used: 30,
    available: 60,
    use: 33.33,
    rw: true,
  })

  test('each device once, under its shortest path, as df counts', () => {
    const out = recorded((to) =>
      writeSpace([mount('/dev/a', '/var/lib/x'), mount('/dev/a', '/'), mount('/dev/b', '/b')], to),
    )
    expect(out.states).toEqual({
      'mount{device="/dev/a",mount="/",type="ext4"}': 'ok',
      'mount{device="/dev/b",mount="/b",type="ext4"}': 'ok',
    })
    expect(out.gauges['disk_used_ratio{mount="/"}']).toBeCloseTo(1 / 3)
    expect(out.gauges['disk_total_bytes{mount="/b"}']).toBe(100)
  })

  test('what has no space of its own is left out', () => {
    const mac = [
      mount('/dev/disk3s1s1', '/', 'APFS'),
      mount('devfs', '/dev', 'HFS'),
      mount('/dev/disk3s6', '/System/Volumes/VM', 'APFS'),
      mount('/dev/disk3s5', '/System/Volumes/Data', 'APFS'),
      mount('map auto_home', '/System/Volumes/Data/home', 'NFS', 0),
    ]
    const linux = [
      mount('overlay', '/', 'overlay'),
      mount('overlay', '/var/lib/docker/overlay2/x/merged', 'overlay'),
      mount('/dev/loop1', '/snap/core', 'squashfs'),
      mount('/dev/c', '/etc/hosts'),
    ]
    const paths = (list: typeof mac) =>
      Object.keys(recorded((to) => writeSpace(list, to)).states).map((key) => parseSeriesKey(key).labels.mount)
    expect(paths(mac)).toEqual(['/', '/System/Volumes/Data'])
    expect(paths(linux)).toEqual(['/'])
  })
})

describe('network', () => {
  const traffic = {
    iface: 'en0',
    operstate: 'up',
    rx_bytes: 10,
    tx_bytes: 20,
    rx_dropped: 3,
    tx_dropped: 4,
    rx_errors: 1,
    tx_errors: 2,
  }

  test('counters and state of each interface; on macOS drops come twice', () => {
    const linux = recorded((to) => writeInterfaces([traffic], 'linux', to))
    expect(linux.counters).toEqual({
      'network_receive_bytes_total{interface="en0"}': 10,
      'network_transmit_bytes_total{interface="en0"}': 20,
      'network_dropped_total{interface="en0"}': 7,
      'network_errors_total{interface="en0"}': 3,
    })
    expect(linux.states).toEqual({ 'interface{interface="en0",virtual="false"}': 'up' })
    const mac = recorded((to) => writeInterfaces([traffic], 'darwin', to))
    expect(mac.counters['network_dropped_total{interface="en0"}']).toBe(4)
  })

  test('loopback is virtual; one that could not be asked is absent', () => {
    const lo = { ...traffic, iface: 'lo0', operstate: 'unknown' }
    const unknown = { ...traffic, iface: 'gone', operstate: 'unknown', rx_bytes: 0, tx_bytes: 0 }
    const { states, counters } = recorded((to) => writeInterfaces([lo, unknown], 'darwin', to))
    expect(states).toEqual({ 'interface{interface="lo0",virtual="true"}': 'up' })
    expect(Object.keys(counters)).toHaveLength(4)
  })
})

test('disks that nobody tells of have no traffic', () => {
  expect(recorded((to) => writeTraffic(null, to)).counters).toEqual({})
  expect(recorded((to) => writeTraffic({ rx: 0, wx: 0 }, to)).counters).toEqual({})
  expect(recorded((to) => writeTraffic({ rx: 5, wx: 0 }, to)).counters).toEqual({
    'disk_read_bytes_total{device="all"}': 5,
    'disk_written_bytes_total{device="all"}': 0,
  })
})

test('a battery is told, the defaults for none are not', () => {
  const state = { hasBattery: true, percent: 40, isCharging: false, acConnected: false, timeRemaining: 90 }
  expect(recorded((to) => writeBattery(state, 'linux', to)).gauges).toEqual({
    'battery_charge_ratio{battery="battery"}': 0.4,
    'battery_reserve_ratio{battery="battery"}': 0.4,
    'battery_charging{battery="battery"}': 0,
    'battery_left_seconds{battery="battery"}': 5400,
    mains_online: 0,
  })
  expect(recorded((to) => writeBattery({ ...state, acConnected: true }, 'linux', to)).gauges).toMatchObject({
    'battery_reserve_ratio{battery="battery"}': 1,
    mains_online: 1,
  })
  expect(recorded((to) => writeBattery({ ...state, hasBattery: false, percent: 0 }, 'linux', to)).gauges).toEqual({})
})

test('names are those of the catalogue, on every platform', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const all = [...portableProbes(platform), ...portableSlowProbes(platform)]
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
    for (const { series } of all) for (const name of series) expect(metricOf(name), name).toBeDefined()
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['cpu', 'memory', 'space', 'network']))
  }
})

test('this machine is the same as in its files', async () => {
  const files = new SystemFiles()
  const space = new SpaceCollector({ root: '/', clock: systemClock, spawn: () => expect.fail('no remote mounts here') })
  const slow = createSlowRunner(portableSlowProbes('linux'), files, systemClock)
  slow.due(systemClock.monoMs())
  await slow.settled(10_000)
  const samples = slow.due(systemClock.monoMs())
  expect(samples.map(({ source, failed }) => [source, failed])).toEqual(
    samples.map(({ source }) => [source, undefined]),
  )
  const asked = new Recorder()
  for (const { gauges, counters, states } of samples) {
    Object.assign(asked.gauges, gauges)
    Object.assign(asked.counters, counters)
    Object.assign(asked.states, states)
  }
  for (const probe of portableProbes('linux')) probe.read(files, asked)
  const read = new Recorder()
  for (const probe of [...linuxProbes, spaceProbe(space)]) probe.read(files, read)
  space.close()
  slow.close()
  files.close()
  for (const name of ['memory_total_bytes', 'swap_total_bytes', 'users_count']) {
    expect(asked.gauges[name], name).toBe(read.gauges[name])
  }
  const near = (name: string, within: number) =>
    expect(Math.abs((asked.gauges[name] ?? Number.NaN) - (read.gauges[name] ?? Number.NaN)), name).toBeLessThan(within)
  near('memory_available_bytes', 2 ** 28)
  near('memory_free_bytes', 2 ** 28)
  near('uptime_seconds', 5)
  near('load_1m', 2)
  const mounts = Object.keys(asked.states).filter((key) => key.startsWith('mount{'))
  // df of the library leaves out file systems in memory.
  const known = Object.keys(read.states).filter((key) => key.startsWith('mount{') && !key.includes('tmpfs'))
  expect(mounts.sort()).toEqual(known.sort())
  expect(mounts.length).toBeGreaterThan(0)
  for (const key of mounts) {
    const { mount = '' } = parseSeriesKey(key).labels
    expect(asked.gauges[`disk_total_bytes{mount="${mount}"}`]).toBe(read.gauges[`disk_total_bytes{mount="${mount}"}`])
    near(`disk_available_bytes{mount="${mount}"}`, 2 ** 28)
  }
  const interfaces = Object.keys(asked.states).filter((key) => key.startsWith('interface{'))
  expect(interfaces.length).toBeGreaterThan(0)
  for (const key of interfaces) expect(read.states[key], key).toBe(asked.states[key])
  const loopback = 'network_receive_bytes_total{interface="lo"}'
  expect(Math.abs((asked.counters[loopback] as number) - (read.counters[loopback] as number))).toBeLessThan(2 ** 20)
  for (const mode of ['user', 'system', 'idle']) {
    const name = `cpu_${mode}_seconds_total`
    expect(Math.abs((asked.counters[name] as number) - (read.counters[name] as number)), name).toBeLessThan(10)
  }
  expect(Object.keys(asked.counters).filter((key) => key.startsWith('core_seconds'))).toHaveLength(cpus().length)
})
