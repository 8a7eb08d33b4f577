import { afterEach, expect, test } from 'vitest'
import { Rates } from '../../../src/engine/rates.ts'
import { cpuTemperature, type Temperature } from '../../../src/probes/linux/cpu-temperature.ts'
import { sensors } from '../../../src/probes/linux/sensors.ts'
import { measure } from '../../../src/probes/measure.ts'
import type { HostFiles } from '../../../src/probes/probe.ts'
import { uniqueNames } from '../../../src/probes/unique-names.ts'
import { recorded } from './recorder.ts'
import { SysfsTrees } from './sysfs-tree.ts'

const trees = new SysfsTrees()
afterEach(() => trees.remove())

const chip = (number: number, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`sys/class/hwmon/hwmon${number}/${name}`, text]))

const CORETEMP = {
  name: 'coretemp',
  temp1_input: '54000',
  temp1_label: 'Package id 0',
  temp1_max: '80000',
  temp1_crit: '100000',
  temp1_crit_alarm: '0',
  temp2_input: '51000',
  temp2_label: 'Core 0',
  temp2_max: '80000',
  temp10_input: '-3500',
  temp10_label: 'Core 8',
}

const read = (files: HostFiles) => recorded((out) => sensors.read(files, out))

/** What there is of one metric, by its only label. */
function of(name: string, values: Readonly<Record<string, number>>): Record<string, number> {
  const entries = Object.entries(values).filter(([key]) => key.startsWith(`${name}{`))
  return Object.fromEntries(entries.map(([key, value]) => [key.slice(key.indexOf('"') + 1, -2), value]))
}

test('temperatures in degrees with their limits, in the order of the chip', () => {
  const { gauges } = read(trees.files(chip(0, CORETEMP)))
  expect(Object.entries(of('temperature_celsius', gauges))).toEqual([
    ['coretemp Package id 0', 54],
    ['coretemp Core 0', 51],
    ['coretemp Core 8', -3.5],
  ])
  expect(of('temperature_limit_celsius', gauges)).toEqual({ 'coretemp Package id 0': 100, 'coretemp Core 0': 80 })
  expect(gauges.cpu_temperature_celsius).toBe(54)
})

test('drives go by the name of the device, the rest by that of the chip; nobody shares a name', () => {
  const nvme = { name: 'nvme', temp1_input: '38850', temp1_label: 'Composite', temp1_crit: '84850' }
  const { gauges } = read(
    trees.files({
      ...chip(0, { ...nvme, 'device/nvme0n1/size': '1', temp1_max: '65261850' }),
      ...chip(1, { ...nvme, 'device/nvme0c1n1/size': '1', temp1_crit: '65261850', temp1_max: '65261850' }),
      ...chip(2, { name: 'drivetemp', temp1_input: '31000', 'device/block/sda/size': '1' }),
      ...chip(3, { name: 'acpitz', temp1_input: '27800', temp2_input: '29800' }),
      ...chip(10, { name: 'iwlwifi_1', temp1_input: '44000' }),
      ...chip(11, { name: 'iwlwifi_1', temp1_input: '45000' }),
      ...chip(12, { name: 'evil\u001b[2J', temp1_input: '1000', temp1_label: 'a\u202eb' }),
    }),
  )
  expect(of('temperature_celsius', gauges)).toEqual({
    'nvme0 Composite': 38.85,
    'nvme1 Composite': 38.85,
    sda: 31,
    'acpitz temp1': 27.8,
    'acpitz temp2': 29.8,
    iwlwifi_1: 44,
    'iwlwifi_1 2': 45,
    'evil[2J ab': 1,
  })
  expect(of('temperature_limit_celsius', gauges)).toEqual({ 'nvme0 Composite': 84.85 })
  expect(gauges).not.toHaveProperty('cpu_temperature_celsius')
})

test('fans in turns a minute, power in watts: an average before a moment', () => {
  const { gauges } = read(
    trees.files({
      ...chip(0, { name: 'nct6775', fan1_input: '0', fan2_input: '1205', fan2_label: 'CPU Fan', fan3_min: '300' }),
      ...chip(1, { name: 'amdgpu', power1_average: '27000000', power1_input: '99000000', power1_label: 'PPT' }),
      ...chip(2, { name: 'ucsi_source_psy', power1_input: '1500000' }),
    }),
  )
  expect(of('fan_rpm', gauges)).toEqual({ 'nct6775 fan1': 0, 'nct6775 CPU Fan': 1205 })
  expect(of('power_watts', gauges)).toEqual({ 'amdgpu PPT': 27, ucsi_source_psy: 1.5 })
})

test('what is broken, silent or asleep is absent', () => {
  const files = trees.files({
    ...chip(0, { name: 'jc42', temp1_input: '40000', temp1_fault: '1', temp2_input: '41000', temp2_fault: '0' }),
    ...chip(1, { name: 'iwlwifi_1', temp1_input: '' }),
    ...chip(2, { name: 'amdgpu', temp1_input: '50000', 'device/power/runtime_status': 'suspended' }),
  })
  expect(of('temperature_celsius', read(files).gauges)).toEqual({ 'jc42 temp2': 41 })
})

test('a driver that answers with an error of its own is silent, and fails nothing', () => {
  const inner = trees.files(chip(0, CORETEMP))
  const files: HostFiles = {
    root: inner.root,
    read: (path) => inner.read(path),
    list: (path) => inner.list(path),
    optional: (path) => {
      if (path.endsWith('temp2_input')) throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' })
      if (path.endsWith('temp10_input')) throw Object.assign(new Error('timed out, read'), { code: 'ETIMEDOUT' })
      return inner.optional(path)
    },
  }
  expect(of('temperature_celsius', read(files).gauges)).toEqual({ 'coretemp Package id 0': 54 })
})

const zone = (number: number, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`sys/class/thermal/thermal_zone${number}/${name}`, text]),
  )

test('zones stand in where no chip has a temperature', () => {
  const zones = {
    ...zone(0, {
      type: 'acpitz',
      temp: '27800',
      trip_point_0_type: 'passive',
      trip_point_0_temp: '90000',
      trip_point_1_type: 'critical',
      trip_point_1_temp: '119000',
    }),
    ...zone(1, { type: 'x86_pkg_temp', temp: '61000' }),
    ...zone(2, { type: 'iwlwifi_1' }),
    'sys/class/thermal/cooling_device0/type': 'Processor',
  }
  const alone = read(trees.files(zones)).gauges
  expect(of('temperature_celsius', alone)).toEqual({ acpitz: 27.8, x86_pkg_temp: 61 })
  expect(of('temperature_limit_celsius', alone)).toEqual({ acpitz: 119 })
  expect(alone.cpu_temperature_celsius).toBe(61)
  const both = read(trees.files({ ...zones, ...chip(0, { name: 'nvme', temp1_input: '30000' }) })).gauges
  expect(of('temperature_celsius', both)).toEqual({ nvme: 30 })
  expect(both.cpu_temperature_celsius).toBe(61)
})

test.each<readonly [string, readonly (readonly [string, string, number])[], number | undefined]>([
  [
    'two packages: the hotter one, whatever its cores say',
    [
      ['coretemp', 'Package id 0', 50],
      ['coretemp', 'Package id 1', 60],
      ['coretemp', 'Core 0', 70],
    ],
    60,
  ],
  [
    'cores without a package',
    [
      ['coretemp', 'Core 0', 50],
      ['coretemp', 'Core 1', 55],
    ],
    55,
  ],
  [
    'the die before the control value of fans',
    [
      ['k10temp', 'Tctl', 90],
      ['k10temp', 'Tdie', 63],
      ['k10temp', 'Tccd1', 70],
    ],
    63,
  ],
  [
    'the control value alone',
    [
      ['k10temp', 'Tctl', 52],
      ['k10temp', 'Tccd1', 70],
    ],
    52,
  ],
  ['zenpower', [['zenpower', 'Tdie', 44]], 44],
  [
    'a board',
    [
      ['acpitz', '', 20],
      ['cpu_thermal', '', 48],
    ],
    48,
  ],
  [
    'a board with clusters',
    [
      ['cpu-0-0-thermal', '', 48],
      ['cpu-0-1-thermal', '', 49],
      ['gpu-thermal', '', 90],
    ],
    49,
  ],
  [
    'none',
    [
      ['acpitz', '', 20],
      ['nvme', 'Composite', 40],
    ],
    undefined,
  ],
])('the processor: %s', (_, list, expected) => {
  const temperatures = list.map(([chipName, name, celsius]): Temperature => ({ chip: chipName, name, celsius }))
  expect(cpuTemperature(temperatures)).toBe(expected)
})

const rapl = (package0: string) => ({
  'sys/class/powercap/intel-rapl/enabled': '1',
  'sys/class/powercap/intel-rapl:0/name': 'package-0',
  'sys/class/powercap/intel-rapl:0/energy_uj': package0,
  'sys/class/powercap/intel-rapl:0/max_energy_range_uj': '262143328850',
  'sys/class/powercap/intel-rapl:0:0/name': 'core',
  'sys/class/powercap/intel-rapl:0:0/energy_uj': '5000000',
  'sys/class/powercap/intel-rapl:1/name': 'psys',
  'sys/class/powercap/intel-rapl-mmio:0/name': 'package-0',
  'sys/class/powercap/intel-rapl-mmio:0/energy_uj': '7',
})

test('energy is counted by zone, a part under the name of its package', () => {
  expect(read(trees.files(rapl('262143000000'))).counters).toEqual({
    'energy_joules_total{zone="package-0"}': 262143,
    'energy_joules_total{zone="package-0 core"}': 5,
  })
})

test('power is the energy of a second; a counter that went round gives nothing once', () => {
  const rates = new Rates()
  const at = (seconds: number, microjoules: number) => {
    const sample = measure('sensors', 5000, { wallMs: () => 0, monoMs: () => seconds * 1000 }, (out) =>
      sensors.read(trees.files(rapl(String(microjoules))), out),
    )
    return of('energy_watts', Object.fromEntries(rates.accept(sample)))['package-0']
  }
  at(0, 262_000_000_000)
  expect(at(5, 262_100_000_000)).toBeCloseTo(20)
  expect(at(10, 50_000_000)).toBeUndefined()
  expect(at(15, 150_000_000)).toBeCloseTo(20)
})

test('chips are looked for again after a minute, and read until then', () => {
  const tree = trees.open(chip(0, { name: 'acpitz', temp1_input: '20000' }))
  const celsius = () => of('temperature_celsius', read(tree.files).gauges)
  expect(celsius()).toEqual({ acpitz: 20 })
  tree.write({ ...chip(0, { temp1_input: '21000' }), ...chip(1, { name: 'nvme', temp1_input: '30000' }) })
  const turns = Array.from({ length: 12 }, celsius)
  expect(turns[0]).toEqual({ acpitz: 21 })
  expect(turns[10]).toEqual({ acpitz: 21 })
  expect(turns[11]).toEqual({ acpitz: 21, nvme: 30 })
})

test('a name that is taken gets a number', () => {
  const unique = uniqueNames()
  expect(['a', 'a', 'a 2', 'a'].map(unique)).toEqual(['a', 'a 2', 'a 2 2', 'a 3'])
})
