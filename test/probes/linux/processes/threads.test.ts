import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Children, line, statOf, stop, until } from './children.ts'
import { Reading } from './reading.ts'

const onLinux = process.platform === 'linux'

/** Thirty threads beside its own, one of which burns. */
const THREADS = `
  const { Worker } = require('node:worker_threads')
  let ready = 0
  const idle = 'require("node:worker_threads").parentPort.postMessage(1); setInterval(() => {}, 1000)'
  const burn = 'require("node:worker_threads").parentPort.postMessage(1); for (;;);'
  for (let index = 0; index < 30; index++) {
    new Worker(index === 0 ? burn : idle, { eval: true }).on('message', () => ++ready === 30 && console.log('ready'))
  }
`

test.runIf(onLinux)('the threads of a process are those of its folder, with their own CPU', async () => {
  await using children = new Children()
  const child = await children.start(process.execPath, ['-e', THREADS])
  await line(child)
  const pid = child.pid as number
  const ticksOf = (id: number) => {
    const fields = statOf(`/proc/${pid}/task/${id}`)
    return Number(fields[11]) + Number(fields[12])
  }
  using reading = new Reading()
  await stop(pid)
  reading.scan(pid)
  const owner = reading.process(pid)
  const first = reading.view.threads(owner)
  const ids = readdirSync(`/proc/${pid}/task`).map(Number)
  expect(first.map((thread) => thread.pid)).toEqual(ids)
  expect(ids.length).toBeGreaterThan(30)
  for (const thread of first) expect(reading.view.row(thread)).not.toHaveProperty('cpuRatio')
  const before = new Map(ids.map((id) => [id, ticksOf(id)]))
  process.kill(pid, 'SIGCONT')
  await until(() => ids.some((id) => ticksOf(id) > (before.get(id) as number) + 20))
  await stop(pid)
  reading.scan(pid)
  const second = reading.view.threads(owner)
  expect(reading.view.threads(owner)).toBe(second)
  for (const thread of second) {
    const row = reading.view.row(thread)
    expect(row).toMatchObject({ kind: 'thread', ppid: pid, threads: 1, uid: process.getuid?.() })
    expect(row.name).toBe(readFileSync(`/proc/${pid}/task/${row.pid}/comm`, 'utf8').trim())
    expect(row.command).toBe(row.name)
    expect(row.cpuRatio).toBeCloseTo((ticksOf(row.pid) - (before.get(row.pid) as number)) / 100 / 2)
  }
  expect(Math.max(...second.map(({ cpuRatio }) => cpuRatio))).toBeGreaterThan(0.05)
})

test.runIf(onLinux)('the waiting of threads is read for each, and that of too many is not known', async () => {
  await using children = new Children()
  const { pid } = await children.node('console.log(1); setInterval(() => {}, 1000)')
  using reading = new Reading()
  for (let scan = 0; scan < 2; scan++) {
    reading.scan(pid)
    for (const thread of reading.view.threads(reading.process(pid)))
      reading.view.read(thread, ['wait_cpu', 'files', 'write'])
  }
  const row = reading.view.row(reading.view.threads(reading.process(pid))[0] as never)
  expect(row.waitCpuRatio).toBeGreaterThanOrEqual(0)
  expect(row.writeBytesPerSecond).toBeGreaterThanOrEqual(0)
  // They have those of their process.
  expect(row).not.toHaveProperty('files')
})

function stat(id: number, ticks: number, threads: number): string {
  return `${id} (t${id}) S 1 7 7 0 -1 4194560 1 0 0 0 ${ticks} 0 0 0 20 0 ${threads} 0 ${2000 + id} 47337472 3816 18446744073709551615 1 1 0 0 0 0 0 4096 1256 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n`
}

test('five thousand threads are a moment, and are forgotten when nobody asks', () => {
  const root = mkdtempSync(join(tmpdir(), 'threads-'))
  const count = 5000
  for (let id = 10; id < 10 + count; id++) mkdirSync(join(root, `proc/10/task/${id}`), { recursive: true })
  const write = (ticks: number) => {
    writeFileSync(join(root, 'proc/10/stat'), stat(10, ticks, count))
    for (let id = 10; id < 10 + count; id++)
      writeFileSync(join(root, `proc/10/task/${id}/stat`), stat(id, ticks, count))
  }
  using reading = new Reading(root)
  const costs: number[] = []
  const threads = () => {
    const { user, system } = process.cpuUsage()
    const found = reading.view.threads(reading.process(10))
    const after = process.cpuUsage()
    costs.push((after.user + after.system - user - system) / 1000)
    return found
  }
  write(0)
  reading.scan(10)
  expect(threads()).toHaveLength(count)
  write(100)
  reading.scan(10)
  expect(threads().every(({ cpuRatio }) => cpuRatio === 0.5)).toBe(true)
  reading.row(10, 'wait_cpu')
  for (let scan = 0; scan < 3; scan++) {
    reading.scan(10)
    threads()
  }
  expect(Math.min(...costs)).toBeLessThan(120)
  for (let scan = 0; scan < 4; scan++) reading.scan(10)
  expect(threads().every(({ cpuRatio }) => Number.isNaN(cpuRatio))).toBe(true)
  expect(reading.row(10, 'wait_cpu')).not.toHaveProperty('waitCpuRatio')
  rmSync(root, { recursive: true })
})
