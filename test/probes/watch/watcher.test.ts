import { expect, test } from 'vitest'
import type { ProcessRow } from '../../../src/model/processes.ts'
import type { WatchTarget } from '../../../src/model/watch.ts'
import type { ProcessEntry } from '../../../src/probes/processes/entry.ts'
import { familyOf } from '../../../src/probes/watch/family.ts'
import type { FindRows } from '../../../src/probes/watch/find.ts'
import { Growth } from '../../../src/probes/watch/growth.ts'
import { Paced } from '../../../src/probes/watch/paced.ts'
import { type Figures, tableOnly } from '../../../src/probes/watch/platform.ts'
import { Runs } from '../../../src/probes/watch/runs.ts'
import { matcher } from '../../../src/probes/watch/target.ts'
import { Totals } from '../../../src/probes/watch/totals.ts'
import { Watcher } from '../../../src/probes/watch/watcher.ts'

const row = (pid: number, over: Partial<ProcessRow> = {}): ProcessRow => ({
  kind: 'process',
  pid,
  ppid: 1,
  name: 'job',
  command: 'job --now',
  state: 'S',
  nice: 0,
  threads: 1,
  cpuSeconds: 0,
  memoryBytes: 1000,
  startedMs: pid * 1000,
  startTicks: pid * 100,
  kernel: false,
  history: [],
  ...over,
})

const entryOf = (one: ProcessRow): ProcessEntry => ({
  pid: one.pid,
  ppid: one.ppid,
  startTicks: one.startTicks,
  kernel: one.kernel,
  mark: undefined,
  known: (field) => ({ name: one.name, command: one.command, state: one.state })[field as 'name'],
})

const find =
  (rows: () => readonly ProcessRow[]): FindRows =>
  (test) =>
    rows().filter((one) => test(entryOf(one)))

/** A watcher over rows and figures that tests set; a second passes with each tick. */
class World {
  rows: ProcessRow[] = []
  readonly figures = new Map<number, Figures>()
  seconds = 0
  cause: string | undefined
  readonly watcher: Watcher

  constructor(target: WatchTarget = { kind: 'name', name: 'JOB' }, everyMs = 1000) {
    const clock = { wallMs: () => 1_000_000 + this.seconds * 1000, monoMs: () => this.seconds * 1000 }
    const platform = {
      ...tableOnly,
      reads: true,
      figures: ({ pid }: ProcessRow) => this.figures.get(pid),
      ended: () => this.cause,
    }
    this.watcher = new Watcher({
      find: find(() => this.rows),
      platform,
      clock,
      everyMs,
      scanEveryMs: 2 * everyMs,
      self: 99,
    })
    this.watcher.request({ target, sections: [] })
  }

  set(pid: number, cpu: number, memory = 1000): void {
    const counters = { process_cpu_seconds_total: cpu }
    this.figures.set(pid, { counters, gauges: { process_memory_bytes: memory } })
  }

  tick() {
    this.seconds++
    this.watcher.scanned()
    const sample = this.watcher.measure()
    return { ...sample?.gauges, ...sample?.counters }
  }
}

const key = (name: string, label = 'JOB') => `${name}{process="${label}"}`

test('instances that end and start make neither a reset nor a spike of the counters', () => {
  const world = new World()
  world.rows = [row(1), row(2)]
  world.set(1, 100)
  world.set(2, 50)
  expect(world.tick()).toMatchObject({ [key('process_cpu_seconds_total')]: 0, [key('process_count')]: 2 })
  world.set(1, 101)
  world.set(2, 50.5)
  expect(world.tick()).toMatchObject({ [key('process_cpu_seconds_total')]: 1.5, [key('process_memory_bytes')]: 2000 })
  world.rows = [row(2), row(3)]
  world.figures.delete(1)
  world.set(2, 51)
  world.set(3, 7000)
  expect(world.tick()).toMatchObject({
    [key('process_cpu_seconds_total')]: 2,
    [key('process_count')]: 2,
    [key('process_restarts_total')]: 1,
  })
})

test('what one instance does not tell is not told of all', () => {
  const world = new World()
  world.rows = [row(1), row(2)]
  world.set(1, 1)
  world.figures.set(2, { counters: {}, gauges: { process_memory_bytes: 500 } })
  const told = world.tick()
  expect(told).toMatchObject({ [key('process_memory_bytes')]: 1500 })
  expect(told).not.toHaveProperty([key('process_cpu_seconds_total')])
})

test('what only a scan tells is told once a scan, at its pace', () => {
  const world = new World()
  world.rows = Array.from({ length: 300 }, (_, index) => row(index + 100, { cpuSeconds: 5 }))
  expect(world.tick()).toMatchObject({ [key('process_count')]: 300, [key('process_memory_bytes')]: 300_000 })
  world.seconds++
  expect(world.watcher.measure()).toBeUndefined()
  world.seconds++
  world.rows = world.rows.map((one) => ({ ...one, cpuSeconds: 6 }))
  world.watcher.scanned()
  const sample = world.watcher.measure()
  expect(sample?.everyMs).toBe(2000)
  expect(sample?.counters[key('process_cpu_seconds_total')]).toBe(300)
  expect(world.watcher.take()?.instances).toHaveLength(300)
})

test('an end has its time, its last memory and its cause', () => {
  const world = new World()
  world.rows = [row(1)]
  world.set(1, 0, 4096)
  world.tick()
  world.cause = 'out of memory'
  world.rows = []
  world.tick()
  expect(world.watcher.take()).toMatchObject({
    state: 'gone',
    runs: [{ pid: 1, startedMs: 1000, endedMs: 1_002_000, memoryBytes: 4096, cause: 'out of memory' }],
  })
  expect(world.watcher.take()).toBeUndefined()
})

test('looks are wanted before their time while somebody may come and go unseen, and no longer', () => {
  const world = new World()
  const restless = () => world.watcher.restless
  expect(restless()).toBe(true)
  world.rows = [row(1)]
  world.set(1, 5)
  world.tick()
  expect(restless()).toBe(false)
  world.rows = []
  world.figures.clear()
  world.tick()
  expect(restless()).toBe(true)
  world.rows = [row(2)]
  world.set(2, 5)
  world.tick()
  expect(restless()).toBe(true)
  for (let second = 0; second < 30; second++) world.tick()
  expect(restless()).toBe(false)
  // The worker of a server ends: that is no run.
  world.rows = [row(2), row(3, { ppid: 2 })]
  world.set(3, 5)
  world.tick()
  world.rows = [row(2)]
  world.figures.delete(3)
  world.tick()
  expect(restless()).toBe(false)
  const nobody = new World({ kind: 'name', name: 'nobody' })
  for (let second = 0; second < 31; second++) nobody.tick()
  expect(nobody.watcher.restless).toBe(false)
})

test('ten crashes in twenty seconds are ten restarts', () => {
  const world = new World()
  let told: Record<string, number> = {}
  for (let pid = 1; pid <= 11; pid++) {
    world.rows = [row(pid)]
    world.figures.clear()
    world.set(pid, 1)
    told = world.tick()
    world.figures.clear()
    world.seconds++
    // It is noticed to be gone between two scans, while the table still has it.
    if (pid % 2 === 0) world.watcher.measure()
  }
  expect(told[key('process_restarts_total')]).toBe(10)
  expect(world.watcher.take()).toMatchObject({ restarts: 10, runs: { length: 11 } })
})

test('an instance that joins is no growth of memory', () => {
  const world = new World()
  world.rows = [row(1)]
  world.set(1, 0, 1e6)
  const growth = () => world.tick()[key('process_memory_growth_bytes_per_hour')]
  for (let second = 0; second < 320; second++) growth()
  expect(growth()).toBeCloseTo(0, 6)
  world.rows = [row(1), row(2)]
  world.set(2, 0, 9e6)
  expect(growth()).toBeUndefined()
  for (let second = 0; second < 400; second++) {
    world.set(1, 0, 1e6 + second * 1000)
    growth()
  }
  expect(growth()).toBeCloseTo(3_600_000, -4)
})

test('who watches a name reads command lines of all, who watches one process nothing of others', () => {
  const asked: string[][] = []
  const clock = { wallMs: () => 0, monoMs: () => 0 }
  const look: FindRows = (_, fields) => {
    asked.push([...fields])
    return []
  }
  const options = { find: look, platform: tableOnly, clock, everyMs: 1000, scanEveryMs: 2000, self: 1 }
  const watcher = new Watcher(options)
  watcher.request({ target: { kind: 'name', name: 'x' }, sections: [] })
  watcher.request({ target: { kind: 'pid', pid: 7 }, sections: [] })
  watcher.request({ target: { kind: 'process', id: { pid: 7, startTicks: 1 }, name: 'x' }, sections: [] })
  expect(asked).toEqual([['command'], [], []])
})

test('a pid that is used again is another run', () => {
  const world = new World()
  world.rows = [row(1)]
  world.set(1, 5)
  world.tick()
  world.rows = [row(1, { startTicks: 777, startedMs: 7770 })]
  expect(world.tick()).toMatchObject({ [key('process_cpu_seconds_total')]: 0, [key('process_restarts_total')]: 1 })
  expect(world.watcher.take()?.runs).toHaveLength(2)
})

test('one process for good is gone when its pid is used again', () => {
  const world = new World({ kind: 'pid', pid: 1 })
  expect(world.watcher.take()).toMatchObject({ state: 'waiting' })
  world.rows = [row(1)]
  world.set(1, 5)
  world.tick()
  expect(world.watcher.take()).toMatchObject({ target: { kind: 'process' }, label: 'job 1', state: 'running' })
  world.rows = [row(1, { startTicks: 777 })]
  world.tick()
  expect(world.watcher.take()).toMatchObject({ state: 'gone', restarts: 0 })
})

test('another target begins anew, another part of the same does not', () => {
  const world = new World()
  world.rows = [row(1)]
  world.set(1, 5)
  world.tick()
  world.set(1, 6)
  world.watcher.request({ target: { kind: 'name', name: 'JOB' }, sections: ['files'] })
  expect(world.tick()).toMatchObject({ [key('process_cpu_seconds_total')]: 1 })
  world.watcher.request({ target: { kind: 'name', name: 'job' }, sections: [] })
  expect(world.tick()).toMatchObject({ [key('process_cpu_seconds_total', 'job')]: 0 })
  world.watcher.request(undefined)
  expect(world.tick()).toEqual({})
  expect(world.watcher.take()).toBeUndefined()
})

test('names, program files and patterns; never the watcher itself, a wrapper of one, or a zombie', () => {
  const meant = (target: WatchTarget, one: Partial<ProcessRow>) => matcher(target, 99)(entryOf(row(5, one)))
  const name = { kind: 'name', name: 'Nginx' } as const
  expect(meant(name, { name: 'nginx', command: 'x' })).toBe(true)
  expect(meant(name, { name: 'long-name-is-cu', command: '/usr/sbin/nginx -g x' })).toBe(true)
  expect(meant(name, { name: 'nginx-debug', command: '/usr/sbin/nginx-debug' })).toBe(false)
  expect(meant(name, { name: 'nginx', state: 'Z' })).toBe(false)
  expect(meant(name, { pid: 99, name: 'nginx' })).toBe(false)
  // A name that is only an argument of a wrapper is another program's.
  for (const command of ['sudo nginx', 'strace -f /usr/sbin/nginx', 'sh -c nginx', 'vim nginx']) {
    expect(meant(name, { name: command.split(' ')[0] as string, command })).toBe(false)
  }
  const pattern = { kind: 'pattern', source: 'server\\.js$' } as const
  expect(meant(pattern, { command: 'node /srv/server.js' })).toBe(true)
  expect(meant(pattern, { command: 'node server.json' })).toBe(false)
  expect(meant(pattern, { command: 'sudo healthtop watch /server.js' })).toBe(false)
  expect(meant({ kind: 'pattern', source: 'a(b' }, { command: 'x a(b' })).toBe(true)
  // One that could take for ever is plain text too: it would hang whoever measures.
  expect(meant({ kind: 'pattern', source: '(a+)+$' }, { command: `${'a'.repeat(4000)}!` })).toBe(false)
  expect(meant({ kind: 'pattern', source: '(a+)+$' }, { command: 'x (a+)+$' })).toBe(true)
})

test('workers of a server are no runs of their own, its restarts are', () => {
  const runs = new Runs()
  const master = row(1)
  expect(runs.begin('1', master, [])).toBe(false)
  for (let pid = 2; pid < 50; pid++) {
    expect(runs.begin(`${pid}`, row(pid, { ppid: 1 }), [master])).toBe(false)
    runs.end(`${pid}`, pid, undefined)
  }
  expect(runs.restarts).toBe(0)
  runs.end('1', 100, undefined)
  expect(runs.begin('60', row(60), [])).toBe(true)
  expect(runs.list.map(({ pid }) => pid)).toEqual([60, 1])
})

test('of runs a hundred are kept, and one that goes on stays', () => {
  const runs = new Runs()
  runs.begin('1', row(1), [])
  for (let pid = 2; pid < 300; pid++) {
    runs.begin(`${pid}`, row(pid), [])
    runs.end(`${pid}`, pid * 1000, undefined)
  }
  expect(runs.list).toHaveLength(100)
  expect(runs.list.at(-1)).toMatchObject({ pid: 1 })
  expect(runs.restarts).toBe(297)
})

test('growth is the slope of the last hour, once five minutes are known', () => {
  const growth = new Growth()
  for (let second = 0; second < 290; second++) growth.add(second * 1000, second * 100)
  expect(growth.perHour).toBeUndefined()
  for (let second = 290; second < 400; second++) growth.add(second * 1000, second * 100 + (second % 2 ? 5 : -5))
  expect(growth.perHour).toBeCloseTo(360_000, -3)
  for (let second = 400; second < 400 + 3700; second++) growth.add(second * 1000, 5)
  expect(growth.perHour).toBeCloseTo(0, 6)
  growth.restart()
  expect(growth.perHour).toBeUndefined()
})

test('a counter that fell rises from there', () => {
  const totals = new Totals()
  totals.add('a', { x: 5 })
  totals.add('a', { x: 3 })
  totals.add('a', { x: 4 })
  expect(totals.of('x')).toBe(1)
  expect(totals.of('y')).toBe(0)
})

test('what takes long is read more seldom', () => {
  let nowMs = 0
  let reads = 0
  const paced = new Paced(1000, () => nowMs)
  const read = (costMs: number) =>
    paced.get(() => {
      nowMs += costMs
      return ++reads
    })
  expect(read(50)).toBe(1)
  nowMs = 9000
  expect(read(0)).toBe(1)
  nowMs = 10_000
  expect(read(0)).toBe(2)
  nowMs = 11_000
  expect(read(0)).toBe(3)
})

test('a family is its ancestors, itself and all below it, in tree order', () => {
  const rows = [
    row(1, { ppid: 0, name: 'init' }),
    row(2, { ppid: 1, name: 'shell' }),
    row(3, { ppid: 2 }),
    row(4, { ppid: 3 }),
    row(5, { ppid: 3 }),
    row(6, { ppid: 4 }),
    row(7, { ppid: 2, name: 'sibling' }),
  ]
  const { family, parent } = familyOf(
    rows[2] as ProcessRow,
    find(() => rows),
  )
  expect(parent).toEqual({ pid: 2, name: 'shell' })
  expect(family.map(({ pid, place }) => [pid, place?.depth, place?.last, place?.below])).toEqual([
    [1, 0, true, 5],
    [2, 1, true, 4],
    [3, 2, true, 3],
    [4, 3, false, 1],
    [6, 4, true, 0],
    [5, 3, true, 0],
  ])
  expect(family[4]?.place?.lines).toEqual([false, false, false, true])
})
