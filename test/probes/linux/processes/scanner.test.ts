import { renameSync, rmSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { graphemes } from '../../../../src/lib/text.ts'
import type { ProcessAnswer } from '../../../../src/model/processes.ts'
import { ProcessScanner } from '../../../../src/probes/linux/processes/scanner.ts'
import { ALL, Scanning } from './scanning.ts'

test('nothing is answered before the first scan, and nothing before the first query', async () => {
  using scanning = new Scanning()
  expect(scanning.scanner.answer()).toBeUndefined()
  await scanning.scanner.scan()
  expect(scanning.scanner.answer()).toMatchObject({ id: 1, scan: 1 })
})

test('a row says what the files say', async () => {
  using scanning = new Scanning({ processes: 8 })
  const started = { comm: 'worker', args: ['/bin/worker', '-n', '5'], uid: 1000, residentPages: 300, burn: 0.5 }
  const [pid] = scanning.recorded.advance(0, { start: [started] })
  await scanning.scan()
  const answer = await scanning.step()
  const { tree } = scanning.recorded
  expect(answer.rows[0]).toEqual({
    kind: 'process',
    pid,
    ppid: 1,
    name: 'worker',
    command: '/bin/worker -n 5',
    user: 'alice',
    uid: 1000,
    state: 'S',
    priority: 20,
    nice: 0,
    threads: 1,
    cpuRatio: 0.5,
    cpuUserRatio: 0.375,
    cpuSystemRatio: 0.125,
    cpuSeconds: 1,
    userSeconds: 0.75,
    systemSeconds: 0.25,
    faultsPerSecond: 0,
    majorFaultsPerSecond: 0,
    memoryBytes: 300 * 4096,
    startTicks: 30 * 3600 * 100,
    startedMs: tree.bootMs + 30 * 3600 * 1000,
    kernel: false,
    history: [0.5],
  })
  expect(answer).toMatchObject({ total: 9, matched: 9, offset: 0, wallMs: scanning.recorded.clock.wallMs() })
})

test('a ratio is absent at first sight, never 0', async () => {
  using scanning = new Scanning({ busy: 5 })
  for (const row of (await scanning.scan()).rows) expect(row).not.toHaveProperty('cpuRatio')
  for (const row of (await scanning.step()).rows) expect(row.cpuRatio).toBeGreaterThanOrEqual(0)
})

test('a user without a name is a number, one that cannot be read is absent', async () => {
  using scanning = new Scanning()
  const [one, two] = scanning.recorded.advance(1, { start: [{ comm: 'one', uid: 4711 }, { comm: 'two' }] })
  rmSync(`${scanning.recorded.tree.root}/proc/${two}/status`)
  await scanning.scanner.scan()
  expect(scanning.answer({ pid: one as number }).rows[0]?.user).toBe('4711')
  const unknown = scanning.answer({ pid: two as number }).rows[0]
  expect(unknown?.name).toBe('two')
  expect(unknown).not.toHaveProperty('user')
  expect(unknown).not.toHaveProperty('uid')
})

test('kernel threads stand in brackets, and only where they are asked for', async () => {
  using scanning = new Scanning({ processes: 12, kernelThreads: 4 })
  await scanning.scanner.scan()
  const all = scanning.answer({ sort: 'pid', rows: 20 })
  expect(all.rows[1]).toMatchObject({ command: '[kthreadd]', kernel: true, user: 'root' })
  expect(all).toMatchObject({ total: 12, matched: 12 })
  expect(scanning.answer({ kernelThreads: false, rows: 20 })).toMatchObject({ total: 7, matched: 7 })
  expect(scanning.answer({ kernelThreads: false, rows: 20 }).rows.some(({ kernel }) => kernel)).toBe(false)
})

test('processes come and go, and one with the pid of another is another', async () => {
  using scanning = new Scanning({ processes: 10, kernelThreads: 0 })
  await scanning.scan()
  const victim = scanning.pids.at(-1) as number
  const before = scanning.answer({ pid: victim }).rows[0]
  await scanning.step({ end: [victim] })
  expect(scanning.answer({ pid: victim })).toMatchObject({ total: 9, rows: [{ mark: 'ended' }] })
  await scanning.step({ start: [{ pid: victim, comm: 'first' }] }, 5)
  await scanning.step({ end: [victim], start: [{ pid: victim, comm: 'second', burn: 0.2 }] })
  const [ended, after] = scanning.answer({ pid: victim, sort: 'started' }).rows
  expect(ended).toMatchObject({ name: 'first', mark: 'ended' })
  expect(after).toMatchObject({ name: 'second', command: 'second', mark: 'new' })
  expect(after?.startTicks).toBeGreaterThan(before?.startTicks ?? Number.NaN)
  expect(after).not.toHaveProperty('cpuRatio')
})

test('what starts while healthtop looks is new for five seconds, what was there before never is', async () => {
  using scanning = new Scanning({ processes: 6 })
  for (const row of (await scanning.scan()).rows) expect(row).not.toHaveProperty('mark')
  const marks = ({ rows }: ProcessAnswer) =>
    rows.filter(({ mark }) => mark !== undefined).map(({ name, mark }) => [name, mark])
  expect(marks(await scanning.step({ start: [{ comm: 'fresh' }] }))).toEqual([['fresh', 'new']])
  expect(marks(await scanning.step())).toEqual([['fresh', 'new']])
  expect(marks(await scanning.step())).toEqual([['fresh', 'new']])
  expect(marks(await scanning.step())).toEqual([])
})

test('what ended stays for five seconds as it was, and counts no more', async () => {
  using scanning = new Scanning({ processes: 10, kernelThreads: 0 })
  const victim = scanning.pids[3] as number
  await scanning.step()
  const before = (await scanning.step({ burn: { [victim]: 1 }, state: { [victim]: 'R' } })).rows[0]
  expect(before).toMatchObject({ pid: victim, cpuRatio: 1 })
  const row = () => scanning.answer({ sort: 'pid', rows: 20 }).rows.find(({ pid }) => pid === victim)
  expect(await scanning.step({ end: [victim] })).toMatchObject({ total: 9, running: 0 })
  for (const seconds of [2, 2]) {
    expect(row()).toEqual({ ...before, mark: 'ended', cpuRatio: 0, cpuUserRatio: 0, cpuSystemRatio: 0 })
    await scanning.step({}, seconds)
  }
  expect(scanning.scanner.leaders().memory.some(({ pid }) => pid === victim)).toBe(false)
  expect(row()?.mark).toBe('ended')
  await scanning.step()
  expect(row()).toBeUndefined()
})

test('fields that cost a file are read for the columns in sight', async () => {
  using scanning = new Scanning({ processes: 10, kernelThreads: 0 })
  await scanning.scan()
  const users = { kernelThreads: false, rows: 10 }
  for (const row of scanning.answer(users).rows) expect(row).not.toHaveProperty('sharedBytes')
  for (const row of scanning.answer({ ...users, columns: ['shared', 'swap', 'files'], rows: 3 }).rows) {
    expect(row).toMatchObject({ sharedBytes: 1596 * 4096, swapBytes: 0 })
    expect(row).not.toHaveProperty('files')
  }
  expect(scanning.answer(users).rows.filter(({ sharedBytes }) => sharedBytes !== undefined)).toHaveLength(3)
})

test('another name brings another command line', async () => {
  using scanning = new Scanning({ processes: 10 })
  const pid = scanning.pids[3] as number
  await scanning.scan()
  await scanning.step({ rename: { [pid]: 'renamed' } })
  expect(scanning.answer({ pid }).rows[0]).toMatchObject({ name: 'renamed', command: 'renamed' })
})

test('text from outside cannot reach the terminal', async () => {
  using scanning = new Scanning({ processes: 40, names: 'hostile' })
  await scanning.scan()
  const { rows, total } = scanning.answer({ rows: 40 })
  expect(total).toBe(40)
  expect(rows).toHaveLength(40)
  for (const { name, command } of rows) {
    for (const text of [name, command]) {
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
      expect(text.length).toBeGreaterThan(0)
      expect(graphemes(text).length).toBeGreaterThan(0)
    }
  }
  expect(rows.some(({ name }) => name === 'a) R 1 (b')).toBe(true)
})

test('leaders are the top ten whatever the query, and idle ones are not among those by CPU', async () => {
  using scanning = new Scanning({ processes: 40 })
  const [a, b] = [scanning.pids[5] as number, scanning.pids[9] as number]
  await scanning.step()
  await scanning.step({ burn: { [a]: 0.25, [b]: 1.5 }, residentPages: { [a]: 500_000 } })
  scanning.answer({ filter: 'matches nobody' })
  const { cpu, memory } = scanning.scanner.leaders()
  expect(cpu.map(({ pid, cpuRatio }) => [pid, cpuRatio])).toEqual([
    [b, 1.5],
    [a, 0.25],
  ])
  expect(memory).toHaveLength(10)
  expect(memory[0]?.pid).toBe(a)
})

test('history holds one ratio a scan, at most thirty', async () => {
  using scanning = new Scanning({ processes: 12 })
  const pid = scanning.pids[2] as number
  await scanning.scan()
  await scanning.step({ burn: { [pid]: 1 } })
  await scanning.step({ burn: { [pid]: 0.5 } })
  expect(scanning.answer({ pid }).rows[0]?.history).toEqual([1, 0.5])
  for (let scan = 0; scan < 40; scan++) await scanning.step()
  const { history } = scanning.answer({ pid }).rows[0] ?? { history: [] }
  expect(history).toHaveLength(30)
  for (const ratio of history) expect(ratio).toBeCloseTo(0.5)
})

test('a pid that is to be skipped is never read; the one being read stands in shared memory', async () => {
  const reading = new Int32Array(new SharedArrayBuffer(4))
  using scanning = new Scanning({ processes: 10 }, { reading, skip: new Set([1]) })
  const store = vi.spyOn(Atomics, 'store')
  await scanning.scan()
  const marks = store.mock.calls.filter(([array]) => Object.is(array, reading)).map(([, , pid]) => Number(pid))
  store.mockRestore()
  const others = [...scanning.recorded.tree.processes.keys()].filter((pid) => pid !== 1)
  expect(new Set(marks)).toEqual(new Set([0, ...others]))
  expect(marks.every((mark, index) => (mark === 0) === (index % 2 === 1))).toBe(true)
  expect(scanning.answer({ pid: 1 }).matched).toBe(0)
})

test('identify says who has a pid now, not at the last scan', async () => {
  using scanning = new Scanning({ processes: 10 })
  await scanning.scan()
  const pid = scanning.pids.at(-1) as number
  const before = scanning.scanner.identify(pid)
  scanning.recorded.advance(2, { end: [pid], start: [{ pid, comm: 'other', uid: 33 }] })
  const after = scanning.scanner.identify(pid)
  expect(after).toMatchObject({ name: 'other', uid: 33 })
  expect(after?.startTicks).not.toBe(before?.startTicks)
  scanning.recorded.advance(1, { end: [pid] })
  expect(scanning.scanner.identify(pid)).toBeUndefined()
})

test('a scan pauses, and answers meanwhile come whole from the scan before', async () => {
  let midway: (() => void) | undefined
  let monoMs = 0
  using scanning = new Scanning({ processes: 30 })
  const { tree } = scanning.recorded
  const clock = { monoMs: () => (monoMs += 1), wallMs: () => 1_000_000 }
  const pauses: number[] = []
  const scanner = new ProcessScanner({
    root: tree.root,
    ticksPerSecond: 100,
    bootMs: tree.bootMs,
    clock,
    yield: async () => {
      pauses.push(monoMs)
      midway?.()
    },
  })
  scanner.query({ ...ALL, sort: 'pid', rows: 50 })
  await scanner.scan()
  expect(pauses.length).toBeGreaterThan(2)
  const before = scanner.answer()
  const [first] = scanning.pids as [number]
  tree.advance(2, { rename: { [first]: 'changed' }, end: [scanning.pids.at(-1) as number] })
  let compared = 0
  midway = () => {
    expect(scanner.answer()).toEqual(before)
    compared++
  }
  await scanner.scan()
  expect(compared).toBeGreaterThan(1)
  expect(scanner.answer()).toMatchObject({ scan: 2, total: 29 })
  expect(scanner.answer()?.rows[0]?.name).toBe('changed')
  scanner.close()
})

test('a scan that fails says so, and the next one is complete', async () => {
  using scanning = new Scanning({ processes: 10 })
  await scanning.scan()
  const proc = `${scanning.recorded.tree.root}/proc`
  renameSync(proc, `${proc}-away`)
  await expect(scanning.scanner.scan()).rejects.toThrow('ENOENT')
  expect(scanning.answer()).toMatchObject({ scan: 1, total: 10 })
  renameSync(`${proc}-away`, proc)
  expect(await scanning.step({ start: [{ comm: 'new' }] })).toMatchObject({ scan: 2, total: 11 })
})

test('a scan that is closed midway ends without a result', async () => {
  using scanning = new Scanning({ processes: 30 })
  await scanning.scan()
  scanning.recorded.advance(2, { start: [{ comm: 'new' }] })
  const running = scanning.scanner.scan()
  scanning.scanner.close()
  await running
  expect(scanning.scanner.answer()).toMatchObject({ scan: 1, total: 30 })
})
