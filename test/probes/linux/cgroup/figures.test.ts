import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SystemFiles } from '../../../../src/probes/host-files.ts'
import { readFigures, readLimited } from '../../../../src/probes/linux/cgroup/figures.ts'
import { cgroupFolders } from '../../../../src/probes/linux/cgroup/where.ts'
import type { HostFiles } from '../../../../src/probes/probe.ts'
import { bytes } from '../recorder.ts'
import { GIB, legacyMemory, MIB, NO_LIMIT, RecordedMachine, UNIFIED_ROOT, unified, V2_MOUNT } from './trees.ts'

const TOP = 'sys/fs/cgroup'
const V2 = cgroupFolders(bytes('0::/app.slice/web.service\n'), bytes(V2_MOUNT))
const V1_MOUNTS = ['memory', 'cpu', 'cpuacct', 'pids']
  .map((name, index) => `${index + 30} 23 0:2${index} / /${TOP}/${name} rw - cgroup cgroup rw,${name}\n`)
  .join('')
const V1 = cgroupFolders(
  bytes('4:pids:/app/web\n3:cpuacct:/app/web\n2:cpu:/app/web\n1:memory:/app/web\n'),
  bytes(V1_MOUNTS),
)

const both = (files: HostFiles, place = V2) => [readFigures(files, place), readLimited(files, place)]

test('v2 without limits: the working set is without old page cache', () => {
  using machine = new RecordedMachine({
    ...UNIFIED_ROOT,
    ...unified(`${TOP}/app.slice`),
    ...unified(`${TOP}/app.slice/web.service`),
  })
  for (const figures of both(machine.files)) {
    expect(figures).toEqual({
      memory: {
        currentBytes: 700 * MIB,
        workingSetBytes: 500 * MIB,
        parts: {
          anonymousBytes: 300 * MIB,
          pageCacheBytes: 350 * MIB,
          sharedBytes: 50 * MIB,
          slabBytes: 30 * MIB,
          slabUnreclaimableBytes: 10 * MIB,
          dirtyBytes: 4096,
          writebackBytes: 0,
          pageTablesBytes: 2 * MIB,
        },
        swapBytes: 10 * MIB,
        limitHits: 17,
        highHits: 4,
        ooms: 2,
        oomKills: 3,
      },
      cpu: {
        usedSeconds: 5,
        userSeconds: 3,
        systemSeconds: 2,
        periods: 400,
        throttledPeriods: 100,
        throttledSeconds: 7.5,
      },
      pids: { used: 42 },
      pressure: { cpu: 0.1234, memory: 0.005, io: 1 },
    })
  }
})

test('v2: the smallest limit up the path holds, and what is used of it is what its cgroup uses', () => {
  using machine = new RecordedMachine({
    ...UNIFIED_ROOT,
    ...unified(`${TOP}/app.slice`, {
      'memory.current': `${1500 * MIB}\n`,
      'memory.max': `${2 * GIB}\n`,
      'cpu.max': '50000 100000\n',
      'cpu.stat':
        'usage_usec 9000000\nuser_usec 6000000\nsystem_usec 3000000\nnr_periods 10\nnr_throttled 9\nthrottled_usec 1000000\n',
      'pids.current': '90\n',
      'pids.max': '100\n',
    }),
    ...unified(`${TOP}/app.slice/web.service`, {
      'memory.max': `${4 * GIB}\n`,
      'memory.swap.max': '0\n',
      'cpu.max': '200000 100000\n',
      'pids.max': '4096\n',
    }),
  })
  const [own, limited] = both(machine.files)
  const slice = `${TOP}/app.slice`
  expect(own).toMatchObject({
    memory: { currentBytes: 700 * MIB, limit: { value: 2 * GIB, folder: slice }, swapLimit: { value: 0 } },
    cpu: { usedSeconds: 5, quota: { value: 0.5, folder: slice }, throttledPeriods: 100 },
    pids: { used: 42, limit: { value: 100, folder: slice } },
  })
  expect(limited).toMatchObject({
    memory: { currentBytes: 1500 * MIB, limit: { value: 2 * GIB } },
    cpu: { usedSeconds: 9, quota: { value: 0.5 }, throttledPeriods: 9 },
    pids: { used: 90, limit: { value: 100 } },
    pressure: { cpu: 0.1234 },
  })
})

test('of equal limits the upper one holds: all below it share it', () => {
  using machine = new RecordedMachine({
    ...unified(`${TOP}/app.slice`, { 'memory.max': `${GIB}\n`, 'memory.current': `${900 * MIB}\n` }),
    ...unified(`${TOP}/app.slice/web.service`, { 'memory.max': `${GIB}\n` }),
  })
  expect(readLimited(machine.files, V2).memory?.currentBytes).toBe(900 * MIB)
})

test('the root of all cgroups is the machine and says nothing; that of a namespace is a cgroup like others', () => {
  const place = cgroupFolders(bytes('0::/\n'), bytes(V2_MOUNT))
  using root = new RecordedMachine(UNIFIED_ROOT)
  expect(readFigures(root.files, place)).toEqual({})
  using container = new RecordedMachine(unified(TOP, { 'memory.max': `${GIB}\n` }))
  expect(readFigures(container.files, place)).toMatchObject({
    memory: { limit: { value: GIB, folder: TOP } },
    cpu: { usedSeconds: 5 },
  })
})

test('v1: limits are huge where there are none, times are in nanoseconds and ticks', () => {
  using machine = new RecordedMachine({
    ...legacyMemory(`${TOP}/memory/app`),
    ...legacyMemory(`${TOP}/memory/app/web`),
    [`${TOP}/cpu/app/web/cpu.cfs_quota_us`]: '-1\n',
    [`${TOP}/cpu/app/web/cpu.cfs_period_us`]: '100000\n',
    [`${TOP}/cpu/app/web/cpu.stat`]: 'nr_periods 400\nnr_throttled 100\nthrottled_time 7500000000\n',
    [`${TOP}/cpuacct/app/web/cpuacct.usage`]: '5012345678\n',
    [`${TOP}/cpuacct/app/web/cpuacct.stat`]: 'user 300\nsystem 200\n',
    [`${TOP}/pids/app/web/pids.current`]: '42\n',
    [`${TOP}/pids/app/web/pids.max`]: 'max\n',
  })
  for (const figures of both(machine.files, V1)) {
    expect(figures).toEqual({
      memory: {
        currentBytes: 700 * MIB,
        workingSetBytes: 500 * MIB,
        parts: {
          anonymousBytes: 300 * MIB,
          pageCacheBytes: 350 * MIB,
          sharedBytes: 50 * MIB,
          dirtyBytes: 4096,
          writebackBytes: 0,
        },
        swapBytes: 10 * MIB,
        limitHits: 17,
        oomKills: 3,
      },
      cpu: {
        usedSeconds: 5.012345678,
        userSeconds: 3,
        systemSeconds: 2,
        periods: 400,
        throttledPeriods: 100,
        throttledSeconds: 7.5,
      },
      pids: { used: 42 },
    })
  }
})

test('v1: limits of memory, of memory and swap together, of time', () => {
  using machine = new RecordedMachine({
    ...legacyMemory(`${TOP}/memory/app`, {
      'memory.usage_in_bytes': `${900 * MIB}\n`,
      'memory.limit_in_bytes': `${GIB}\n`,
      'memory.memsw.limit_in_bytes': `${1.5 * GIB}\n`,
    }),
    ...legacyMemory(`${TOP}/memory/app/web`),
    [`${TOP}/cpu/app/cpu.cfs_quota_us`]: '150000\n',
    [`${TOP}/cpu/app/cpu.cfs_period_us`]: '100000\n',
    [`${TOP}/cpuacct/app/cpuacct.usage`]: '9000000000\n',
  })
  const [own, limited] = both(machine.files, V1)
  const limit = { value: GIB, folder: `${TOP}/memory/app` }
  expect(own?.memory).toMatchObject({ currentBytes: 700 * MIB, limit, swapLimit: { value: 0.5 * GIB } })
  expect(limited?.memory).toMatchObject({ currentBytes: 900 * MIB, limit })
  expect(limited?.cpu).toEqual({ usedSeconds: 9, quota: { value: 1.5, folder: `${TOP}/cpu/app` } })
})

test('v1: a limit of a cgroup that cannot be seen is told by memory.stat', () => {
  const place = cgroupFolders(
    bytes('1:memory:/pod/web\n'),
    bytes(`30 23 0:20 /pod/web /${TOP}/memory ro - cgroup cgroup rw,memory\n`),
  )
  using machine = new RecordedMachine(
    legacyMemory(`${TOP}/memory`, { 'memory.stat': `hierarchical_memory_limit ${GIB}\ntotal_inactive_file 0\n` }),
  )
  expect(readLimited(machine.files, place).memory).toMatchObject({
    currentBytes: 700 * MIB,
    limit: { value: GIB, folder: `${TOP}/memory` },
  })
  expect(Number(NO_LIMIT)).toBeGreaterThan(2 ** 62)
})

test('what a kernel or a controller does not tell is absent', () => {
  using machine = new RecordedMachine({
    [`${TOP}/app.slice/web.service/cgroup.procs`]: '1\n',
    [`${TOP}/app.slice/web.service/memory.current`]: '4096\n',
    [`${TOP}/app.slice/web.service/cpu.max`]: 'nonsense\n',
    [`${TOP}/app.slice/web.service/cpu.stat`]: '\nusage_usec\nuser_usec x\n',
    [`${TOP}/app.slice/web.service/cpu.pressure`]: 'some total=3\n',
  })
  expect(readFigures(machine.files, V2)).toEqual({
    memory: { currentBytes: 4096, workingSetBytes: 4096, parts: {} },
  })
})

const own =
  process.platform === 'linux'
    ? cgroupFolders(readFileSync('/proc/self/cgroup'), readFileSync('/proc/self/mountinfo'))
    : undefined

test.runIf(own?.seat('memory')?.levels[1] !== undefined)('this process’ own figures are what its files say', () => {
  const folder = own?.folder('memory') as string
  const read = (names: readonly string[]) => {
    for (const name of names) {
      try {
        return readFileSync(`/${folder}/${name}`, 'utf8')
      } catch {}
    }
    return ''
  }
  const current = () => Number(read(['memory.current', 'memory.usage_in_bytes']))
  const files = new SystemFiles('/')
  const before = current()
  const { memory } = readFigures(files, own as NonNullable<typeof own>)
  const after = current()
  files.close()
  const slack = Math.abs(after - before) + 16 * MIB
  expect(Math.abs((memory?.currentBytes ?? 0) - before)).toBeLessThan(slack)
  const stat = Object.fromEntries(
    read(['memory.stat'])
      .split('\n')
      .map((line) => line.split(' ')),
  )
  const inactive = Number(stat.total_inactive_file ?? stat.inactive_file)
  expect(Math.abs((memory?.currentBytes ?? 0) - inactive - (memory?.workingSetBytes ?? 0))).toBeLessThan(slack)
})
