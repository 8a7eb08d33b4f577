import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { expect, test } from 'vitest'
import { startTicksOf, withoutDescendants } from '../../../../src/probes/portable/processes/listing.ts'
import {
  askFigures,
  identify,
  parseFigures,
  parseIdentity,
  parseTime,
} from '../../../../src/probes/portable/processes/ps.ts'
import { listingOf, listUnix } from '../../../../src/probes/portable/processes/unix.ts'
import { windowsListing } from '../../../../src/probes/portable/processes/windows.ts'

const { signal } = new AbortController()

test('times of every ps', () => {
  expect(parseTime('00:00:03')).toBe(3)
  expect(parseTime('0:00.42')).toBeCloseTo(0.42)
  expect(parseTime('123:45.67')).toBeCloseTo(123 * 60 + 45.67)
  expect(parseTime('2-03:04:05')).toBe(((2 * 24 + 3) * 60 + 4) * 60 + 5)
  expect(parseTime('-')).toBeUndefined()
})

test('lines of procps and of macOS', () => {
  const linux = parseFigures(
    '   42 S   0 20776 00:00:03   13 ada\n    7 Z   - 0 00:00:00    1 root\nnonsense\n\n',
    true,
  )
  expect([...linux]).toEqual([
    [42, { state: 'S', nice: 0, memoryBytes: 20776 * 1024, cpuSeconds: 3, threads: 13, user: 'ada' }],
    [7, { state: 'Z', memoryBytes: 0, cpuSeconds: 0, threads: 1, user: 'root' }],
  ])
  expect(parseFigures('  501 Ss     0   9876   1:02.50 _www\n', false).get(501)).toEqual({
    state: 'S',
    nice: 0,
    memoryBytes: 9876 * 1024,
    cpuSeconds: 62.5,
    user: '_www',
  })
})

test('this process is told as it is', async () => {
  const own = (await askFigures(signal)).get(process.pid)
  expect(own).toMatchObject({ state: expect.stringMatching(/[SR]/), nice: 0, user: userInfo().username })
  const pages = Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[1])
  expect(Math.abs((own?.memoryBytes as number) - pages * 4096)).toBeLessThan(2 ** 27)
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  expect(Math.abs((own?.cpuSeconds as number) - (userCPUTime + systemCPUTime) / 1e6)).toBeLessThan(2)
})

test('who has a pid is named as in the list, and nobody is nobody', async () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' })
  await once(child, 'spawn')
  const pid = child.pid as number
  const listed = (await listUnix(signal)()).find((one) => one.pid === pid)
  expect(listed).toMatchObject({ ppid: process.pid, name: 'sleep', command: 'sleep 60', kernel: false, state: 'S' })
  expect(Math.abs((listed?.startedMs as number) - Date.now())).toBeLessThan(5000)
  expect(await identify(pid, signal)).toEqual({
    startTicks: startTicksOf(listed?.startedMs as number),
    zombie: false,
    nice: 0,
  })
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await identify(pid, signal)).toBeUndefined()
})

test('a zombie is told from the living', () => {
  const startTicks = startTicksOf(new Date(2026, 10, 24, 23, 3, 5).getTime())
  expect(parseIdentity('42 Z 5 Tue Nov 24 23:03:05 2026')).toEqual({ startTicks, zombie: true, nice: 5 })
  expect(parseIdentity('42 S 0')).toBeUndefined()
})

test('kernel threads, hostile names, and those who have ended', () => {
  const figures = { state: 'S', user: 'root' }
  const described = { pid: 9, ppid: 2, name: 'kworker/0:1', cmd: '[kworker/0:1]', cpu: 99, memory: 1 }
  expect(listingOf(described, figures, 'linux')).toEqual({
    pid: 9,
    ppid: 2,
    name: 'kworker/0:1',
    command: '[kworker/0:1]',
    kernel: true,
    ...figures,
  })
  expect(listingOf(described, figures, 'darwin').kernel).toBe(false)
  const hostile = listingOf({ pid: 9, ppid: 1, name: 'a\x1b[31m', cmd: 'a\n\x07b' }, figures, 'linux')
  expect([hostile.name, hostile.command]).toEqual(['a[31m', 'a b'])
  const ended = listingOf({ pid: 9, ppid: 1, name: 'sh <defunct>', cmd: '[sh] <defunct>' }, figures, 'linux')
  expect([ended.name, ended.command]).toEqual(['sh', '[sh]'])
})

test('Windows: CPU only of who was there before, and no state where there is none', () => {
  const base = { pid: 40, ppid: 4, name: 'a.exe' }
  const described = {
    ...base,
    parentPid: 4,
    command: 'C:\\a.exe -x',
    cpu: 12.5,
    memRss: 100,
    started: '2026-11-24 10:00:00',
    state: 'unknown',
  }
  expect(windowsListing(base, described, 4)).toEqual({
    ...base,
    command: 'C:\\a.exe -x',
    kernel: false,
    startedMs: new Date(2026, 10, 24, 10).getTime(),
    memoryBytes: 102_400,
    cpuRatio: 0.5,
  })
  expect(windowsListing(base, described, undefined)).not.toHaveProperty('cpuRatio')
  expect(windowsListing(base, undefined, 4)).toEqual({ ...base, command: 'a.exe', kernel: false })
})

test('the programs that measure are left out, whoever started them', () => {
  const row = (pid: number, ppid: number) => ({ pid, ppid, name: 'x', command: 'x', kernel: false })
  const list = [row(1, 0), row(5, 1), row(6, 5), row(7, 6), row(8, 1), row(20, 21), row(21, 20)]
  expect(withoutDescendants(list, 5).map(({ pid }) => pid)).toEqual([1, 5, 8, 20, 21])
})
