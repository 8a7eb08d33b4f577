import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { systemClock } from '../../../../src/lib/clock.ts'
import { PLAIN_QUERY } from '../../../../src/model/processes.ts'
import type { Listing } from '../../../../src/probes/portable/processes/listing.ts'
import { PortableScanner } from '../../../../src/probes/portable/processes/scanner.ts'

const EVERYBODY = { ...PLAIN_QUERY, id: 1 }
/** Nobody's: the children of a test are to be seen. */
const ownPid = -1

const row = (pid: number): Listing => ({
  pid,
  ppid: 1,
  name: `p${pid}`,
  command: `p${pid}`,
  kernel: false,
  startedMs: 1,
})

function pids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

describe('this machine', () => {
  test('has the processes of /proc, with their names, users and memory', async () => {
    const child = spawn('sleep', ['600'], { stdio: 'ignore' })
    await once(child, 'spawn')
    const scanner = new PortableScanner({ clock: systemClock, ownPid })
    try {
      scanner.query({ ...EVERYBODY, kernelThreads: true })
      const before = pids()
      await scanner.scan()
      const after = new Set(pids())
      const rows = scanner.answer()?.rows ?? []
      const listed = new Set(rows.map(({ pid }) => pid))
      // Who was there all the time is there, and nobody else but those that came or went meanwhile.
      expect(before.filter((pid) => after.has(pid) && !listed.has(pid))).toEqual([])
      expect([...listed].filter((pid) => !before.includes(pid) && !after.has(pid)).length).toBeLessThan(10)
      const found = rows.find(({ pid }) => pid === child.pid)
      expect(found).toMatchObject({
        name: 'sleep',
        command: 'sleep 600',
        ppid: process.pid,
        state: 'S',
        nice: 0,
        kernel: false,
      })
      expect(found?.memoryBytes).toBeGreaterThan(100_000)
      expect(found?.user).toBeDefined()
      expect(found).not.toHaveProperty('cpuRatio')
      expect(rows.find(({ pid }) => pid === 2)).toMatchObject({ name: 'kthreadd', kernel: true })
      expect(scanner.leaders().memory).toHaveLength(10)
      expect(scanner.rowsWhere(({ pid }) => pid === child.pid, ['name'])).toHaveLength(1)
    } finally {
      scanner.close()
      child.kill('SIGKILL')
    }
  })

  test('leaves out what healthtop starts itself', async () => {
    const scanner = new PortableScanner({ clock: systemClock })
    scanner.query(EVERYBODY)
    await scanner.scan()
    const rows = scanner.answer()?.rows ?? []
    scanner.close()
    expect(rows.some(({ pid }) => pid === process.pid)).toBe(true)
    expect(rows.filter(({ ppid }) => ppid === process.pid)).toEqual([])
  })
})

test('a list that fails is told, and the next one may work', async () => {
  let fails = true
  const list = async () => {
    if (fails) throw new Error('there is no ps on this machine')
    return [row(7)]
  }
  const scanner = new PortableScanner({ clock: systemClock, ownPid, list })
  scanner.query(EVERYBODY)
  await expect(scanner.scan()).rejects.toThrow('no ps')
  expect(scanner.answer()).toBeUndefined()
  fails = false
  await scanner.scan()
  expect(scanner.answer()).toMatchObject({ id: 1, scan: 1, total: 1, rows: [{ pid: 7 }] })
  scanner.close()
})

test('a list that hangs is given up after four seconds, and not begun again before it comes back', async ({
  onTestFinished,
}) => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  let calls = 0
  let answer = (_: readonly Listing[]) => {}
  const list = () => {
    calls++
    return new Promise<readonly Listing[]>((resolve) => {
      answer = resolve
    })
  }
  const scanner = new PortableScanner({ clock: systemClock, ownPid, list })
  const first = expect(scanner.scan()).rejects.toThrow('not listed within 4 s')
  await vi.advanceTimersByTimeAsync(4000)
  await first
  await expect(scanner.scan()).rejects.toThrow('has not come back')
  expect(calls).toBe(1)
  answer([row(7)])
  await vi.advanceTimersByTimeAsync(0)
  const second = scanner.scan()
  answer([row(7), row(8)])
  await second
  scanner.query(EVERYBODY)
  expect(scanner.answer()).toMatchObject({ scan: 2, total: 2 })
  scanner.close()
})

test('one that has started and stayed is a newcomer; what was there before, ends at once or is of the kernel is none', async () => {
  let list: readonly Listing[] = [row(1), row(2)]
  const scanner = new PortableScanner({ clock: systemClock, ownPid, list: async () => list })
  const newcomers: boolean[] = []
  for (const pids of [
    [1, 2],
    [1, 2],
    [1, 2, 7, 8],
    [1, 2, 8],
    [1, 8, 9],
    [1, 8],
  ]) {
    list = [...pids.map(row), ...(newcomers.length > 3 ? [{ ...row(10), kernel: true }] : [])]
    await scanner.scan()
    newcomers.push(scanner.newcomers)
  }
  scanner.close()
  expect(newcomers).toEqual([false, false, false, true, false, false])
})
