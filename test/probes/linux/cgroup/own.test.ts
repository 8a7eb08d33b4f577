import { expect, test } from 'vitest'
import { Rates } from '../../../../src/engine/rates.ts'
import { metricOf } from '../../../../src/model/catalogue/catalogue.ts'
import { parseSeriesKey } from '../../../../src/model/series.ts'
import { cgroup } from '../../../../src/probes/linux/cgroup.ts'
import { cpu } from '../../../../src/probes/linux/cpu.ts'
import { readFacts } from '../../../../src/probes/linux/facts.ts'
import { memory } from '../../../../src/probes/linux/memory.ts'
import { measure } from '../../../../src/probes/measure.ts'
import type { Probe } from '../../../../src/probes/probe.ts'
import { GIB, legacyMemory, MIB, membership, RecordedMachine, UNIFIED_ROOT, unified, V2_MOUNT } from './trees.ts'

const TOP = 'sys/fs/cgroup'
const INSIDE = membership('0::/\n', V2_MOUNT)
const DOCKER = { '.dockerenv': '' }
const LIMITS = {
  'memory.max': `${GIB}\n`,
  'memory.swap.max': `${512 * MIB}\n`,
  'cpu.max': '200000 100000\n',
  'pids.max': '100\n',
}
const LIMITED = { ...DOCKER, ...INSIDE, ...unified(TOP, LIMITS) }

let monoMs = 0
/** One reading of a probe, `seconds` after the one before. */
function read(machine: RecordedMachine, probe: Probe, seconds = 1) {
  monoMs += seconds * 1000
  const sample = measure(probe.name, 1000, { wallMs: () => 0, monoMs: () => monoMs }, (out) =>
    probe.read(machine.files, out),
  )
  expect(sample.failed).toBeUndefined()
  return sample
}

const cpuStat = (user: number, system: number) =>
  `usage_usec ${(user + system) * 1e6}\nuser_usec ${user * 1e6}\nsystem_usec ${system * 1e6}\nnr_periods 410\nnr_throttled 104\nthrottled_usec 7600000\n`

test('a container with limits: figures, and shares of them', () => {
  using machine = new RecordedMachine(LIMITED)
  const before = read(machine, cgroup)
  expect(before.gauges).toEqual({
    cgroup_memory_used_bytes: 500 * MIB,
    cgroup_memory_limit_bytes: GIB,
    cgroup_cpu_limit_cores: 2,
    cgroup_pids_used: 42,
    cgroup_pids_limit: 100,
    cgroup_pressure_cpu_some_ratio: 0.1234,
    cgroup_pressure_memory_some_ratio: 0.005,
    cgroup_pressure_io_some_ratio: 1,
  })
  expect(before.counters).toEqual({
    cgroup_memory_limit_hits_total: 17,
    cgroup_oom_kills_total: 3,
    cgroup_cpu_seconds_total: 5,
    cgroup_cpu_quota_seconds_total: 0,
    cgroup_cpu_periods_total: 400,
    cgroup_cpu_throttled_periods_total: 100,
    cgroup_cpu_throttled_seconds_total: 7.5,
  })
  machine.write({ [`${TOP}/cpu.stat`]: cpuStat(3.5, 2), 'proc/uptime': '10001.00 70000.00\n' })
  const rates = new Rates()
  rates.accept(before)
  expect(Object.fromEntries(rates.accept(read(machine, cgroup)))).toEqual({
    cgroup_cpu_cores: 0.5,
    cgroup_cpu_used_ratio: 0.25,
    cgroup_cpu_throttled_ratio: 0.4,
  })
})

test('every series is promised and in the catalogue', () => {
  using machine = new RecordedMachine({ ...membership('0::/web\n', V2_MOUNT), ...unified(`${TOP}/web`, LIMITS) })
  const { gauges, counters } = read(machine, cgroup)
  const told = [...Object.keys(gauges), ...Object.keys(counters)]
  expect([...cgroup.series].sort()).toEqual(told.sort())
  for (const name of told) expect(metricOf(name), name).toBeDefined()
})

test('a service with a memory limit is no container: its share is told, and the machine’s memory stays', () => {
  using machine = new RecordedMachine({ ...membership('0::/web\n', V2_MOUNT), ...unified(`${TOP}/web`, LIMITS) })
  expect(read(machine, cgroup).gauges.cgroup_memory_used_ratio).toBeCloseTo(500 / 1024)
  expect(read(machine, memory).gauges.memory_total_bytes).toBe(32 * GIB)
  expect(read(machine, cpu).counters.cpu_user_seconds_total).toBe(8000)
})

test('without limits nothing is told outside of containers; a limit that is set later is seen before long', () => {
  using machine = new RecordedMachine({
    ...membership('0::/user.slice/session-3.scope\n', V2_MOUNT),
    ...UNIFIED_ROOT,
    ...unified(`${TOP}/user.slice`, { 'pids.max': '9000\n' }),
    ...unified(`${TOP}/user.slice/session-3.scope`),
  })
  const told = () => Object.keys(read(machine, cgroup).gauges).length
  for (let turn = 0; turn < 12; turn++) expect(told()).toBe(0)
  machine.write({ [`${TOP}/user.slice/memory.max`]: `${GIB}\n` })
  const turns = Array.from({ length: 10 }, told)
  expect(turns.at(-1)).toBeGreaterThan(0)
  expect(told()).toBeGreaterThan(0)
})

test.each([
  ['the root of v2', { ...membership('0::/\n', V2_MOUNT), ...UNIFIED_ROOT }],
  ['a container in the root', { ...DOCKER, ...membership('0::/\n', V2_MOUNT), ...UNIFIED_ROOT }],
  ['a machine without cgroups', {}],
  ['cgroups that are not mounted', membership('0::/x\n', '')],
])('%s has nothing to say', (_, content) => {
  using machine = new RecordedMachine(content)
  expect(read(machine, cgroup)).toMatchObject({ gauges: {}, counters: {} })
})

test('a process that is moved to another cgroup is followed', () => {
  using machine = new RecordedMachine({
    ...membership('0::/a\n', V2_MOUNT),
    ...unified(`${TOP}/a`, LIMITS),
    ...unified(`${TOP}/b`, { ...LIMITS, 'memory.max': `${3 * GIB}\n` }),
  })
  expect(read(machine, cgroup).gauges.cgroup_memory_limit_bytes).toBe(GIB)
  machine.write({ 'proc/self/cgroup': '0::/b\n' })
  expect(read(machine, cgroup).gauges.cgroup_memory_limit_bytes).toBe(3 * GIB)
})

test('in a container with a limit memory and swap are the container’s, and so is what they are made of', () => {
  using machine = new RecordedMachine(LIMITED)
  const { gauges } = read(machine, memory)
  expect(gauges).toEqual({
    memory_total_bytes: GIB,
    memory_used_bytes: 500 * MIB,
    memory_available_bytes: 524 * MIB,
    memory_free_bytes: 324 * MIB,
    memory_cached_bytes: 300 * MIB,
    memory_used_ratio: 500 / 1024,
    memory_anonymous_bytes: 300 * MIB,
    memory_page_cache_bytes: 350 * MIB,
    memory_shared_bytes: 50 * MIB,
    memory_slab_bytes: 30 * MIB,
    memory_slab_unreclaimable_bytes: 10 * MIB,
    memory_dirty_bytes: 4096,
    memory_writeback_bytes: 0,
    memory_page_tables_bytes: 2 * MIB,
    swap_total_bytes: 512 * MIB,
    swap_used_bytes: 10 * MIB,
    swap_used_ratio: 10 / 512,
  })
})

test('v1 in a container', () => {
  const mount = `34 30 0:30 /docker/0a1b /${TOP}/memory ro - cgroup cgroup rw,memory\n`
  using machine = new RecordedMachine({
    ...DOCKER,
    ...membership('4:memory:/docker/0a1b\n', mount),
    ...legacyMemory(`${TOP}/memory`, { 'memory.limit_in_bytes': `${GIB}\n` }),
  })
  expect(read(machine, memory).gauges).toMatchObject({
    memory_total_bytes: GIB,
    memory_used_bytes: 500 * MIB,
    swap_total_bytes: 4 * GIB,
  })
})

test('a container that may not swap has no share of swap', () => {
  using machine = new RecordedMachine({ ...LIMITED, [`${TOP}/memory.swap.max`]: '0\n' })
  const { gauges } = read(machine, memory)
  expect(gauges).toMatchObject({ swap_total_bytes: 0, swap_used_bytes: 0 })
  expect(gauges).not.toHaveProperty('swap_used_ratio')
})

test('limits that are not below what the machine has change nothing', () => {
  using free = new RecordedMachine({})
  using machine = new RecordedMachine({
    ...DOCKER,
    ...INSIDE,
    ...unified(TOP, { 'memory.max': `${64 * GIB}\n`, 'memory.swap.max': `${8 * GIB}\n`, 'cpu.max': '800000 100000\n' }),
  })
  expect(read(machine, memory).gauges).toEqual(read(free, memory).gauges)
  expect(read(machine, cpu).counters).toEqual(read(free, cpu).counters)
})

test('in a container with a quota the processor’s shares are of the quota; what is not counted is absent, cores stay', () => {
  using machine = new RecordedMachine(LIMITED)
  const rates = new Rates()
  rates.accept(read(machine, cpu))
  machine.write({ [`${TOP}/cpu.stat`]: cpuStat(3.5, 2.25), 'proc/uptime': '10001.00 70000.00\n' })
  const sample = read(machine, cpu)
  const shares = Object.fromEntries(rates.accept(sample))
  expect(shares).toMatchObject({ cpu_used_ratio: 0.375, cpu_user_ratio: 0.25, cpu_system_ratio: 0.125 })
  const names = Object.keys({ ...sample.counters, ...shares })
  expect(names.filter((name) => /steal|iowait|irq/.test(name))).toEqual([])
  expect(names.filter((name) => parseSeriesKey(name).name === 'core_seconds_total')).toHaveLength(8)
})

test('the quota is used up: one, and never more', () => {
  using machine = new RecordedMachine(LIMITED)
  const rates = new Rates()
  rates.accept(read(machine, cpu))
  machine.write({ [`${TOP}/cpu.stat`]: cpuStat(5, 2.25), 'proc/uptime': '10001.00 70000.00\n' })
  expect(Object.fromEntries(rates.accept(read(machine, cpu))).cpu_used_ratio).toBe(1)
})

test('the facts tell limits that are below what the machine has', () => {
  using limited = new RecordedMachine(LIMITED)
  expect(readFacts(limited.files)).toMatchObject({
    container: 'docker',
    cores: 8,
    cpuLimit: 2,
    memoryLimitBytes: GIB,
    cgroupVersion: 2,
  })
  using wide = new RecordedMachine({ ...DOCKER, ...INSIDE, ...unified(TOP, { 'memory.max': `${64 * GIB}\n` }) })
  const facts = readFacts(wide.files)
  expect(facts).not.toHaveProperty('cpuLimit')
  expect(facts).not.toHaveProperty('memoryLimitBytes')
})
