import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { systemClock } from '../../../../src/lib/clock.ts'
import { TableContext } from '../../../../src/probes/linux/processes/context.ts'
import { CpuLedger } from '../../../../src/probes/linux/processes/ledger.ts'
import { Members } from '../../../../src/probes/linux/processes/members.ts'
import { ProcessReader } from '../../../../src/probes/linux/processes/reader.ts'
import { ProcessScanner } from '../../../../src/probes/linux/processes/scanner.ts'
import { StatReading } from '../../../../src/probes/linux/processes/stat.ts'
import { ProcessTable } from '../../../../src/probes/linux/processes/table.ts'
import { ALL, Scanning } from './scanning.ts'

/** Scans until processes nobody looks at are cold. */
async function settled(scanning: Scanning, scans = 8): Promise<number> {
  for (let scan = 0; scan < scans; scan++) await scanning.step()
  return scanning.scanner.reads
}

test.each([
  { processes: 400, share: 5 },
  { processes: 1000, share: 10 },
])(
  'of $processes processes most scans read one in $share of the cold ones, and all have their turn',
  async ({ processes, share }) => {
    using scanning = new Scanning({ processes, busy: 3 })
    const reads = await settled(scanning)
    expect(reads).toBeLessThan(processes / share + 60)
    expect(reads).toBeGreaterThanOrEqual(processes / share)
    const pid = scanning.pids[300] as number
    await scanning.step({ residentPages: { [pid]: 900_000 } })
    for (let scan = 1; scan < share; scan++) await scanning.step()
    scanning.scanner.query({ ...ALL, sort: 'memory' })
    expect(scanning.answer().rows[0]?.pid).toBe(pid)
  },
)

test('a cold sleeper that starts to burn is on top in the scan in which it starts', async () => {
  using scanning = new Scanning({ processes: 1000, busy: 3 })
  for (const scans of [8, 9, 10, 11, 12]) {
    expect(await settled(scanning, scans === 8 ? 8 : 1)).toBeLessThan(260)
    const sleeper = scanning.pids[400 + scans] as number
    const answer = await scanning.step({ burn: { [sleeper]: 0.99 } })
    expect(answer.rows[0]?.pid, `scan ${answer.scan}`).toBe(sleeper)
    expect((await scanning.step()).rows[0]).toMatchObject({ pid: sleeper, cpuRatio: expect.closeTo(0.99, 2) })
    await scanning.step({ burn: { [sleeper]: 0 } })
    for (let scan = 0; scan < 6; scan++) await scanning.step()
  }
})

test('CPU that no process accounts for does not make every scan a full one', async () => {
  using scanning = new Scanning({ processes: 500, busy: 3 })
  await settled(scanning)
  const reads: number[] = []
  for (let scan = 0; scan < 30; scan++) {
    await scanning.step({ outside: 1.5 })
    reads.push(scanning.scanner.reads)
  }
  expect(reads.filter((count) => count === 500).length).toBeLessThan(8)
})

test('another order, a task that waits for a disk and every fifteenth scan read everybody', async () => {
  using scanning = new Scanning({ processes: 200 })
  expect(await settled(scanning)).toBeLessThan(100)
  scanning.scanner.query({ ...ALL, sort: 'memory' })
  await scanning.step()
  expect(scanning.scanner.reads).toBe(200)
  await scanning.step()
  expect(scanning.scanner.reads).toBeLessThan(100)
  await scanning.step({ host: (host) => Object.assign(host, { blocked: 1 }) })
  expect(scanning.scanner.reads).toBe(200)
  const full: number[] = []
  for (let scan = 0; scan < 30; scan++) {
    const answer = await scanning.step({ host: (host) => Object.assign(host, { blocked: 0 }) })
    if (scanning.scanner.reads === 200) full.push(answer.scan)
  }
  expect(full).toEqual([16, 31])
})

test('rows that are seen are read in every scan', async () => {
  using scanning = new Scanning({ processes: 300, kernelThreads: 0 })
  const pid = scanning.pids[250] as number
  scanning.scanner.query({ ...ALL, pid })
  await settled(scanning)
  for (let pages = 1; pages < 6; pages++) {
    const { rows } = await scanning.step({ residentPages: { [pid]: pages } })
    expect(rows[0]?.memoryBytes).toBe(pages * 4096)
  }
})

test('a title written over the arguments of a seen process is found', async () => {
  using scanning = new Scanning({ processes: 30 })
  const [pid] = scanning.recorded.advance(1, { start: [{ comm: 'postgres', args: ['postgres', '-D', '/data'] }] })
  scanning.scanner.query({ ...ALL, pid: pid as number })
  expect((await scanning.scan()).rows[0]?.command).toBe('postgres -D /data')
  await scanning.step({ rename: { [pid as number]: 'postgres' } })
  for (let scan = 0; scan < 16; scan++) await scanning.step()
  expect(scanning.answer().rows[0]?.command).toBe('postgres')
})

const onLinux = process.platform === 'linux'

function openFiles(): number {
  return readdirSync('/proc/self/fd').length
}

test.runIf(onLinux)('on a real /proc the list is taken again only when it changed', async () => {
  const members = new Members('/proc')
  const first = members.changed(1)
  expect(first).toContain(process.pid)
  expect(members.changed(2)).toContain(process.pid)
  members.forget()
  expect(members.changed(2)).toContain(process.pid)
  // Other programs start and end meanwhile; only many changes in a row would make it never say that nothing changed.
  const unchanged = Array.from({ length: 1000 }, () => members.changed(2)).filter((pids) => pids === undefined)
  expect(unchanged.length).toBeGreaterThan(0)
})

test.runIf(onLinux)('a kept descriptor reads nothing of a process that ended, and is given back', async () => {
  const before = openFiles()
  const child = spawn('sleep', ['60'])
  await once(child, 'spawn')
  const pid = child.pid as number
  const reader = new ProcessReader('/proc')
  const context = new TableContext({ ticksPerSecond: 100, pageBytes: 4096, bootMs: 0 })
  const table = new ProcessTable(context, (ended) => reader.release(ended))
  table.begin(0)
  expect(reader.stat(pid, table.next())).toBe('read')
  table.stage(undefined, reader.buffer, 0, new CpuLedger(100))
  table.commit(1, 0)
  const sleeper = table.get(pid)
  if (sleeper === undefined) throw new Error('not in the table')
  expect(reader.stat(pid, new StatReading(), sleeper, true)).toBe('read')
  expect(reader.keptCount).toBe(1)
  expect(reader.stat(pid, new StatReading(), sleeper, true)).toBe('read')
  child.kill('SIGKILL')
  await once(child, 'close')
  expect(reader.stat(pid, new StatReading(), sleeper, true)).toBe('gone')
  expect(reader.keptCount).toBe(0)
  expect(openFiles()).toBeLessThanOrEqual(before)
})

test.runIf(onLinux)('finds this very process on this machine', async () => {
  const scanner = new ProcessScanner({ root: '/', ticksPerSecond: 100, bootMs: 0, clock: systemClock })
  scanner.query({ ...ALL, pid: process.pid })
  await scanner.scan()
  const row = scanner.answer()?.rows[0]
  expect(row).toMatchObject({ pid: process.pid, ppid: process.ppid, uid: process.getuid?.(), kernel: false })
  expect(row?.memoryBytes).toBeGreaterThan(1_000_000)
  scanner.close()
})
