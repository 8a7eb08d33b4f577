import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../../../../src/lib/clock.ts'
import type { Leaders, ProcessRow } from '../../../../src/model/processes.ts'
import { ProcessScanner } from '../../../../src/probes/linux/processes/scanner.ts'
import { Children } from './children.ts'

/** Writes so many megabytes a second into a new file, in as many pieces, and says when it begins. */
const writer = (megabytes: number, pieces: number) => `
  const { openSync, writeSync } = require('node:fs')
  const file = openSync(process.env.INTO, 'w')
  const piece = Buffer.alloc(${megabytes}e6 / ${pieces}, 1)
  setInterval(() => writeSync(file, piece), 1000 / ${pieces})
  console.log('ready')`

/** On a disk, where one is: what is written to memory is not counted. */
const folder = mkdtempSync(join('/var/tmp', 'writers-'))
const env = (name: string) => ({ env: { ...process.env, INTO: join(folder, name) } })

function openScanner(): ProcessScanner {
  return new ProcessScanner({ root: '', ticksPerSecond: 100, bootMs: Date.now() - uptime() * 1000, clock: systemClock })
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const find = (rows: readonly ProcessRow[], pid: number | undefined) => rows.find((row) => row.pid === pid)

/** What the kernel counted of a process. */
const writtenBytes = (pid: number) => Number(/^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1])

/** Whether the kernel counts what a process writes there; ten seconds of writing without are enough to say no. */
async function isCounted(pid: number): Promise<boolean> {
  for (let look = 0; look < 100; look++) {
    if (writtenBytes(pid) > 0) return true
    await wait(100)
  }
  return false
}

/** Scans: what had been written when it began and when it was over, and the times of both. */
async function scanBetween(scanner: ProcessScanner, written: () => readonly number[]) {
  const [beganMs, before] = [systemClock.monoMs(), written()]
  await scanner.scan()
  return { beganMs, before, after: written(), endedMs: systemClock.monoMs() }
}

/** Scans until a list of leaders holds, twenty seconds at the most: what leads then. */
async function scanUntil(scanner: ProcessScanner, holds: (leaders: Leaders) => boolean): Promise<Leaders> {
  for (let scan = 0; scan < 40; scan++) {
    await wait(500)
    await scanner.scan()
    if (holds(scanner.leaders())) break
  }
  return scanner.leaders()
}

describe.runIf(process.platform === 'linux')('who writes on this machine', () => {
  let counted = false
  let scanner: ProcessScanner

  beforeEach(() => {
    scanner = openScanner()
  })
  afterEach(() => scanner.close())

  beforeAll(async () => {
    await using children = new Children()
    const { pid } = await children.node(writer(8, 10), env('counted'))
    counted = await isCounted(pid)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('one that writes 20 MB/s is named by the second scan, one that began meanwhile at once', async (context) => {
    if (!counted) return context.skip()
    await using children = new Children()
    const first = await children.node(writer(20, 20), env('first'))
    // What the second one writes, it writes after this scan.
    const one = await scanBetween(scanner, () => [writtenBytes(first.pid), 0])
    const second = await children.node(writer(20, 20), env('second'))
    const pids = [first.pid, second.pid]
    const written = () => pids.map(writtenBytes)
    const enough = () => written().every((bytes, index) => bytes - (one.after[index] as number) >= 5e6)
    await vi.waitUntil(enough, { timeout: 20_000, interval: 20 })
    const two = await scanBetween(scanner, written)
    const { write, started } = scanner.leaders()
    for (const [index, pid] of pids.entries()) {
      const bytes = (to: readonly number[], from: readonly number[]) => (to[index] as number) - (from[index] as number)
      const row = find(write, pid)
      expect(row).toMatchObject({ name: 'node' })
      const least = bytes(two.before, one.after) / (two.endedMs - one.beganMs)
      const most = bytes(two.after, one.before) / (two.beganMs - one.endedMs)
      expect(row?.writeBytesPerSecond).toBeGreaterThanOrEqual(1000 * least)
      expect(row?.writeBytesPerSecond).toBeLessThanOrEqual(1000 * most)
    }
    expect(find(started, second.pid)).toBeDefined()
    expect(find(started, first.pid)).toBeUndefined()
    await children.end(second.child)
    await scanner.scan()
    expect(find(scanner.leaders().ended, second.pid)).toBeDefined()
  })

  test('one that writes 2 MB/s in large pieces, and hardly uses CPU, is named', {
    timeout: 30_000,
  }, async (context) => {
    if (!counted) return context.skip()
    await using children = new Children()
    const { pid } = await children.node(writer(2, 2), env('slow'))
    await scanner.scan()
    const { write } = await scanUntil(scanner, (leaders) => (find(leaders.write, pid)?.writeBytesPerSecond ?? 0) > 5e5)
    expect(find(write, pid)).toMatchObject({ name: 'node' })
  })

  test('a loop of programs that each write and end is the shell that starts them', {
    timeout: 30_000,
  }, async (context) => {
    if (!counted) return context.skip()
    await using children = new Children()
    const loop = 'while :; do head -c 1000000 /dev/zero >>"$INTO"; sleep 0.05; done'
    const { pid } = await children.start('sh', ['-c', loop], env('loop'))
    await scanner.scan()
    const { write } = await scanUntil(scanner, (leaders) => (find(leaders.write, pid)?.writeBytesPerSecond ?? 0) > 2e6)
    expect(find(write, pid)?.name).toBe('sh')
    expect(find(write, pid)?.writeBytesPerSecond).toBeLessThan(100e6)
  })
})
