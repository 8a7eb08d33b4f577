import { expect, test } from 'vitest'
import { parseLoadavg } from '../../../src/probes/linux/load.ts'
import { parsePressure, pressure } from '../../../src/probes/linux/pressure.ts'
import { parseUptime } from '../../../src/probes/linux/uptime.ts'
import { bytes, filesOf, recorded } from './recorder.ts'

test('loadavg gives three averages and two counts', () => {
  expect(recorded((out) => parseLoadavg(bytes('3.21 2.84 12.12 2/214 4711\n'), out)).gauges).toEqual({
    load_1m: 3.21,
    load_5m: 2.84,
    load_15m: 12.12,
    processes_running: 2,
    processes_count: 214,
  })
})

test.each([
  ['', 'load_1m'],
  ['0.1 0.2', 'load_15m'],
  ['0.1 0.2 0.3 2', 'tasks'],
])('loadavg %j names the field that is missing', (text, field) => {
  expect(() => recorded((out) => parseLoadavg(bytes(text), out))).toThrow(field)
})

test('uptime is the first number', () => {
  expect(recorded((out) => parseUptime(bytes('354321.42 1400000.10\n'), out)).gauges).toEqual({
    uptime_seconds: 354321.42,
  })
  expect(() => recorded((out) => parseUptime(bytes('\n'), out))).toThrow('uptime')
})

const PSI = `some avg10=1.53 avg60=0.87 avg300=0.20 total=8171
full avg10=100.00 avg60=0.00 avg300=0.00 total=0
`

test('pressure is a ratio, of the lines that are wanted', () => {
  expect(recorded((out) => parsePressure(bytes(PSI), 'io', ['some', 'full'], out)).gauges).toEqual({
    pressure_io_some_ratio: 0.0153,
    pressure_io_full_ratio: 1,
  })
  expect(recorded((out) => parsePressure(bytes(PSI), 'cpu', ['some'], out)).gauges).toEqual({
    pressure_cpu_some_ratio: 0.0153,
  })
  expect(() => recorded((out) => parsePressure(bytes('some total=3\n'), 'io', ['some'], out))).toThrow('some avg10')
})

test('a kernel without pressure has nothing to say and fails not', () => {
  expect(recorded((out) => pressure.read(filesOf({}), out)).gauges).toEqual({})
  const files = filesOf({ 'proc/pressure/memory': PSI })
  expect(Object.keys(recorded((out) => pressure.read(files, out)).gauges)).toEqual([
    'pressure_memory_some_ratio',
    'pressure_memory_full_ratio',
  ])
})
