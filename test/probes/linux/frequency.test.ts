import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { SystemFiles } from '../../../src/probes/host-files.ts'
import { frequency, parseCpuinfo } from '../../../src/probes/linux/frequency.ts'
import { parseCpuList } from '../../../src/probes/linux/throttle.ts'
import { ParseError } from '../../../src/probes/probe.ts'
import { measuredHere, onLinux, told } from './machine.ts'
import { bytes, filesOf, recorded } from './recorder.ts'

const CPU = 'sys/devices/system/cpu'
const read = (files: Record<string, string>) => recorded((out) => frequency.read(filesOf(files), out))
const policy = (number: number, cores: string, current: string, most: string) => ({
  [`${CPU}/cpufreq/policy${number}/affected_cpus`]: `${cores}\n`,
  [`${CPU}/cpufreq/policy${number}/scaling_cur_freq`]: `${current}\n`,
  [`${CPU}/cpufreq/policy${number}/cpuinfo_max_freq`]: `${most}\n`,
})

let folder: string | undefined
afterEach(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true })
  folder = undefined
})

test('a policy tells for all its cores; the mean is over cores, not over policies', () => {
  const { gauges } = read({ ...policy(0, '0 1 2', '1000000', '2000000'), ...policy(4, '4', '3000000', '4000000') })
  expect(gauges).toEqual({
    'core_frequency_hertz{cpu="0"}': 1e9,
    'core_frequency_hertz{cpu="1"}': 1e9,
    'core_frequency_hertz{cpu="2"}': 1e9,
    'core_frequency_hertz{cpu="4"}': 3e9,
    cpu_frequency_hertz: 1.5e9,
    cpu_frequency_limit_hertz: 2.5e9,
  })
})

test('a large machine: 256 policies, each of one core', () => {
  const files = Object.assign(
    {},
    ...Array.from({ length: 256 }, (_, core) => policy(core, `${core}`, '2500000', '3700000')),
  )
  const { gauges } = read(files)
  expect(Object.keys(gauges)).toHaveLength(258)
  expect(gauges).toMatchObject({ cpu_frequency_hertz: 2.5e9, 'core_frequency_hertz{cpu="255"}': 2.5e9 })
})

test('a driver that cannot tell leaves the others', () => {
  const { gauges } = read({
    ...policy(0, '0', '<unknown>', '2000000'),
    ...policy(1, '1', '0', '2000000'),
    ...policy(2, '2', '1500000', '2000000'),
  })
  expect(gauges).toEqual({
    'core_frequency_hertz{cpu="2"}': 1.5e9,
    cpu_frequency_hertz: 1.5e9,
    cpu_frequency_limit_hertz: 2e9,
  })
})

test('a policy whose cores are all offline answers "busy", which is no failure', () => {
  folder = mkdtempSync(join(tmpdir(), 'frequency-'))
  for (const [path, text] of Object.entries({
    ...policy(0, '0', '1000000', '2000000'),
    ...policy(1, '1', '1', '1'),
  })) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const busy = (path: string) => {
    if (path.includes('policy1')) throw Object.assign(new Error('EBUSY: resource busy'), { code: 'EBUSY' })
    return openSync(path, 'r')
  }
  const files = new SystemFiles(folder, { openSync: busy, readSync, closeSync })
  const { gauges } = recorded((out) => frequency.read(files, out))
  files.close()
  expect(gauges).toMatchObject({ cpu_frequency_hertz: 1e9, cpu_frequency_limit_hertz: 2e9 })
})

test.each([
  ['scaling_cur_freq', 'fast'],
  ['cpuinfo_max_freq', ''],
  ['affected_cpus', '0 x'],
])('garbage in %s is named', (file, text) => {
  const parse = () => read({ ...policy(0, '0', '1', '2'), [`${CPU}/cpufreq/policy0/${file}`]: `${text}\n` })
  expect(parse).toThrow(ParseError)
  expect(parse).toThrow(`${CPU}/cpufreq/policy0/${file}`)
})

const CPUINFO = `processor\t: 0
vendor_id\t: GenuineIntel
model name\t: some cpu MHz : 9999
cpu MHz\t\t: 2300.500
flags\t\t: fpu

processor\t: 3
cpu MHz\t\t: 2300.000

`

test('without cpufreq the megahertz of cpuinfo are told, and no limit', () => {
  expect(read({ 'proc/cpuinfo': CPUINFO }).gauges).toEqual({
    'core_frequency_hertz{cpu="0"}': 2_300_500_000,
    'core_frequency_hertz{cpu="3"}': 2_300_000_000,
    cpu_frequency_hertz: 2_300_250_000,
  })
})

test('with cpufreq cpuinfo is not read: it is slow on large machines', () => {
  const { gauges } = read({ 'proc/cpuinfo': 'processor: x', ...policy(0, '0', '1', '2') })
  expect(gauges.cpu_frequency_hertz).toBe(1000)
})

test('processors that tell no megahertz, or in other words, are no failure', () => {
  const arm = 'processor\t: 0\nBogoMIPS\t: 50.00\n\nprocessor\t: 1\nBogoMIPS\t: 50.00\n'
  const mainframe = 'vendor_id       : IBM/S390\ncpu MHz dynamic : 5200\ncpu MHz static  : 5200\n'
  expect(recorded((out) => parseCpuinfo(bytes(arm), out)).gauges).toEqual({})
  expect(recorded((out) => parseCpuinfo(bytes(mainframe), out)).gauges).toEqual({})
  expect(read({}).gauges).toEqual({})
})

test.each([
  ['processor\t: x\n', 'processor'],
  ['processor\t: 0\ncpu MHz\t\t: fast\n', 'cpu MHz'],
])('cpuinfo %j names the field that is no number', (text, field) => {
  const parse = () => recorded((out) => parseCpuinfo(bytes(text), out))
  expect(parse).toThrow(ParseError)
  expect(parse).toThrow(`proc/cpuinfo: ${field}`)
})

const throttle = (cpu: number, count: string, siblings?: string) => ({
  [`${CPU}/cpu${cpu}/thermal_throttle/core_throttle_count`]: `${count}\n`,
  ...(siblings === undefined ? {} : { [`${CPU}/cpu${cpu}/topology/thread_siblings_list`]: `${siblings}\n` }),
})

test('the threads of a core count the same events: once a core', () => {
  const files = {
    [`${CPU}/online`]: '0-3\n',
    ...throttle(0, '7', '0,2'),
    ...throttle(1, '5', '1,3'),
    ...throttle(2, '7', '0,2'),
    ...throttle(3, '5', '1,3'),
  }
  expect(read(files).counters).toEqual({ cpu_throttled_total: 12 })
})

test('without a topology each counts; cores that are offline do not', () => {
  const files = { [`${CPU}/online`]: '0,2\n', ...throttle(0, '7'), ...throttle(1, '5'), ...throttle(2, '1') }
  expect(read(files).counters).toEqual({ cpu_throttled_total: 8 })
})

test('a processor that does not count is not known to be cool', () => {
  expect(read({ [`${CPU}/online`]: '0-255\n' }).counters).toEqual({})
  expect(read({ [`${CPU}/online`]: '0\n', ...throttle(0, '0') }).counters).toEqual({ cpu_throttled_total: 0 })
  const garbage = () => read({ [`${CPU}/online`]: '0\n', ...throttle(0, 'x') })
  expect(garbage).toThrow(ParseError)
  expect(garbage).toThrow('core_throttle_count')
})

test('lists of cores', () => {
  expect(parseCpuList(bytes('0-2,8,10-11\n'), 'online')).toEqual([0, 1, 2, 8, 10, 11])
  expect(parseCpuList(bytes('\n'), 'online')).toEqual([])
  for (const text of ['x', '0-', ',1', '0;1', '0-1-2']) {
    expect(() => parseCpuList(bytes(text), 'online'), text).toThrow(ParseError)
  }
})

const CPUFREQ_HERE = existsSync(`/${CPU}/cpu0/cpufreq/cpuinfo_max_freq`)
const MEGAHERTZ_HERE = onLinux && !CPUFREQ_HERE && /^cpu MHz\t/m.test(readFileSync('/proc/cpuinfo', 'utf8'))

test.runIf(CPUFREQ_HERE || MEGAHERTZ_HERE)('this machine: as many cores as are online, and their mean', () => {
  const { gauges } = measuredHere(frequency)
  const cores = Object.entries(gauges).filter(([series]) => series.startsWith('core_frequency_hertz'))
  expect(cores).toHaveLength(Number(told('getconf', '_NPROCESSORS_ONLN')))
  const mean = cores.reduce((sum, [, hertz]) => sum + hertz, 0) / cores.length
  expect(gauges.cpu_frequency_hertz).toBeCloseTo(mean, -1)
})

test.runIf(MEGAHERTZ_HERE)('this machine: cpuinfo read in another way is within a factor of two', () => {
  const megahertz = Number(told('awk', '/^cpu MHz/ { sum += $4; cores++ } END { print sum / cores }', '/proc/cpuinfo'))
  const hertz = measuredHere(frequency).gauges.cpu_frequency_hertz ?? Number.NaN
  expect(hertz / (megahertz * 1e6)).toBeGreaterThan(0.5)
  expect(hertz / (megahertz * 1e6)).toBeLessThan(2)
})

test.runIf(CPUFREQ_HERE)('this machine: the limit is the mean of the limits of the cores', () => {
  const limits = parseCpuList(readFileSync(`/${CPU}/online`), 'online').map((cpu) =>
    Number(readFileSync(`/${CPU}/cpu${cpu}/cpufreq/cpuinfo_max_freq`, 'utf8')),
  )
  const mean = (limits.reduce((sum, limit) => sum + limit, 0) / limits.length) * 1000
  expect(measuredHere(frequency).gauges.cpu_frequency_limit_hertz).toBeCloseTo(mean, -1)
})

test.runIf(onLinux)('this machine: throttles are counted where the first core counts them', () => {
  const path = `/${CPU}/cpu0/thermal_throttle/core_throttle_count`
  const { cpu_throttled_total: total } = measuredHere(frequency).counters
  if (existsSync(path)) expect(total).toBeGreaterThanOrEqual(Number(readFileSync(path, 'utf8')))
  else expect(total).toBeUndefined()
})
