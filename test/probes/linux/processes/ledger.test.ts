import { expect, test } from 'vitest'
import { CpuLedger } from '../../../../src/probes/linux/processes/ledger.ts'
import { parseHostLoad } from '../../../../src/probes/linux/processes/load.ts'

const load = (busyTicks: number) => ({ busyTicks, forks: 0, blocked: 0 })

test('CPU that nobody who was read used is an alarm, once in 10 s unless it is loud', () => {
  const ledger = new CpuLedger(100)
  ledger.open(load(1000), 0)
  expect(ledger.alarm()).toBe(false)
  ledger.open(load(1100), 1000)
  ledger.explain(100, 1000)
  expect(ledger.alarm()).toBe(false)
  ledger.open(load(1110), 2000)
  expect(ledger.alarm()).toBe(true)
  ledger.open(load(1120), 3000)
  expect(ledger.alarm()).toBe(false)
  ledger.open(load(1150), 4000)
  expect(ledger.alarm()).toBe(true)
  ledger.open(load(1160), 15_000)
  expect(ledger.alarm()).toBe(false)
  ledger.open(load(1170), 16_000)
  expect(ledger.alarm()).toBe(true)
})

test('a small part of a busy host, and noise on a quiet one, are none', () => {
  const ledger = new CpuLedger(100)
  ledger.open(load(0), 0)
  ledger.open(load(2), 1000)
  expect(ledger.alarm()).toBe(false)
  ledger.open(load(102), 2000)
  ledger.explain(90, 1000)
  expect(ledger.alarm()).toBe(false)
})

test('CPU used before this period explains nothing of it', () => {
  const ledger = new CpuLedger(100)
  ledger.open(load(0), 0)
  ledger.open(load(50), 1000)
  ledger.explain(50, 5000)
  expect(ledger.alarm()).toBe(true)
})

test('what reading everybody never explains is no alarm, what it failed to explain once still is', () => {
  const ledger = new CpuLedger(100)
  ledger.open(load(0), 0)
  ledger.open(load(100), 1000)
  ledger.learn()
  ledger.open(load(200), 2000)
  expect(ledger.alarm()).toBe(true)
  ledger.learn()
  ledger.open(load(300), 3000)
  expect(ledger.alarm()).toBe(false)
  ledger.open(load(450), 4000)
  expect(ledger.alarm()).toBe(true)
})

test('reads /proc/stat, whose interrupts fill more than one page', () => {
  const text = `cpu  10 2 30 400 5 6 7 8 9 1\ncpu0 10 2 30 400\nintr 5 ${'1 '.repeat(9000)}\nctxt 9\nbtime 1\nprocesses 4711\nprocs_running 2\nprocs_blocked 3\n`
  const bytes = Buffer.from(text)
  expect(parseHostLoad(bytes, bytes.length)).toEqual({ busyTicks: 42, forks: 4711, blocked: 3 })
  expect(parseHostLoad(bytes, 30)).toEqual({ busyTicks: 42, forks: Number.NaN, blocked: Number.NaN })
})
