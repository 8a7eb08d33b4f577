import { expect, test } from 'vitest'
import { parseStat } from '../../../src/probes/linux/cpu.ts'
import { bytes, recorded } from './recorder.ts'

const STAT = `cpu  1100 20 700 11700 70 30 8 5 400 10
cpu0 600 10 300 5900 30 10 4 2 200 5
cpu2 500 10 400 5800 40 20 4 3 200 5
intr 481111 0 0 0 25 0 procs_blocked 9
ctxt 827373
btime 1700000000
processes 4711
procs_running 2
procs_blocked 3
softirq 11 0 0
`

test('times are seconds, interrupts are one mode and guests are not counted twice', () => {
  const { counters } = recorded((out) => parseStat(bytes(STAT), out))
  expect(counters).toMatchObject({
    cpu_user_seconds_total: 11,
    cpu_nice_seconds_total: 0.2,
    cpu_system_seconds_total: 7,
    cpu_idle_seconds_total: 117,
    cpu_iowait_seconds_total: 0.7,
    cpu_irq_seconds_total: 0.38,
    cpu_steal_seconds_total: 0.05,
  })
})

test('a core is busy with all but idling and waiting for disks; one that is offline is absent', () => {
  const { counters } = recorded((out) => parseStat(bytes(STAT), out))
  expect(counters['core_busy_seconds_total{cpu="0"}']).toBeCloseTo(9.26)
  expect(counters['core_seconds_total{cpu="0"}']).toBeCloseTo(68.56)
  expect(counters['core_seconds_total{cpu="2"}']).toBeCloseTo(67.77)
  expect(Object.keys(counters)).not.toContain('core_seconds_total{cpu="1"}')
})

test('blocked tasks are read from their own line, and are absent without it', () => {
  expect(recorded((out) => parseStat(bytes(STAT), out)).gauges).toEqual({ processes_blocked: 3 })
  expect(recorded((out) => parseStat(bytes('cpu  1 1 1 1 1 1 1 1\n'), out)).gauges).toEqual({})
})

test('a kernel without steal still gives the other modes', () => {
  const { counters } = recorded((out) => parseStat(bytes('cpu  100 0 0 100 0 0 0\ncpu0 100 0 0 100 0 0 0\n'), out))
  expect(counters.cpu_steal_seconds_total).toBeNaN()
  expect(counters['core_seconds_total{cpu="0"}']).toBe(2)
})

test('a core that goes offline or comes back makes the sum over all leap: it is left out once', () => {
  const online = { last: '' }
  const sums = (text: string) =>
    Object.keys(recorded((out) => parseStat(bytes(text), out, online)).counters).filter((key) => key.startsWith('cpu_'))
  const two = 'cpu  2 2 2 2 2 2 2 2\ncpu0 1 1 1 1 1 1 1 1\ncpu1 1 1 1 1 1 1 1 1\n'
  const one = 'cpu  2 2 2 90000 2 2 2 2\ncpu0 1 1 1 1 1 1 1 1\n'
  expect([two, two, one, one, two, two].map((text) => sums(text).length)).toEqual([7, 7, 0, 7, 0, 7])
})

test.each([
  ['', /proc\/stat: cpu:/],
  ['cpu  1 2 x 4 5 6 7 8\n', /cpu system: expected a number, got "\s*x 4 5/],
  ['cpu  1 2 3 4 5 6 7 8\ncpu0 1 2\n', /cpu0 system/],
])('%j names the field that is no number', (text, message) => {
  expect(() => recorded((out) => parseStat(bytes(text), out))).toThrow(message)
})
