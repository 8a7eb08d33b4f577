import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
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
    await wait(500)
    counted = !/^write_bytes: 0$/m.test(readFileSync(`/proc/${pid}/io`, 'utf8'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('one that writes 20 MB/s is named by the second scan, one that began meanwhile at once', async (context) => {
    if (!counted) return context.skip()
    await using children = new Children()
    const first = await children.node(writer(20, 20), env('first'))
    await scanner.scan()
    const second = await children.node(writer(20, 20), env('second'))
    await wait(1000)
    await scanner.scan()
    const { write, started } = scanner.leaders()
    for (const { pid } of [first, second]) {
      const row = find(write, pid)
      expect(row?.writeBytesPerSecond).toBeGreaterThan(5e6)
      expect(row?.writeBytesPerSecond).toBeLessThan(60e6)
      expect(row).toMatchObject({ name: 'node' })
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
