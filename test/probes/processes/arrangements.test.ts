import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DataEntry, drawn, key, pids, Queried } from './table.ts'

/** 1 ─ 2 ─ 4, 1 ─ 3, and 7 whose parent is not there. */
const family = () => [
  new DataEntry(1, { ppid: 0, cpu: 0.1, name: 'init' }),
  new DataEntry(2, { ppid: 1, cpu: 0.2, name: 'shell' }),
  new DataEntry(3, { ppid: 1, cpu: 0.3, name: 'daemon' }),
  new DataEntry(4, { ppid: 2, cpu: 0.9, name: 'worker' }),
  new DataEntry(5, { ppid: 2, cpu: 0.1, name: 'idler' }),
  new DataEntry(7, { ppid: 6, cpu: 0.05, name: 'orphan' }),
]

const tree = { arrange: 'tree' } as const

test('a tree stands by parents, siblings in order of the sort', () => {
  const queried = new Queried(family())
  expect(drawn(queried.ask(tree))).toEqual(['1', '├3', '└2', ' ├4', ' └5', '7'])
  expect(queried.again().rows.map(({ place }) => place?.below)).toEqual([4, 0, 2, 0, 0, 0])
  expect(drawn(queried.ask({ ...tree, sort: 'pid' }))).toEqual(['1', '├2', '│├4', '│└5', '└3', '7'])
  expect(drawn(queried.ask({ ...tree, sort: 'pid', offset: 2, rows: 2 }))).toEqual(['│├4', '│└5'])
})

test('a branch that is folded away still says how many it has, and is where its processes are followed', () => {
  const queried = new Queried(family())
  const folded = { ...tree, sort: 'pid', toggled: [key(2), key(3)] } as const
  expect(drawn(queried.ask({ ...folded, follow: { pid: 4, startTicks: 40 } }))).toEqual(['1', '├2+', '└3', '7'])
  expect(queried.again()).toMatchObject({ matched: 4, followIndex: 1, followRow: { pid: 4 } })
  expect(queried.again().rows[1]?.place?.below).toBe(2)
  expect(drawn(queried.ask({ ...tree, toggled: [key(1), key(2)] }))).toEqual(['1+', '7'])
  expect(queried.ask({ ...tree, toggled: [key(1)], follow: { pid: 4, startTicks: 40 } }).followIndex).toBe(0)
})

test('with a filter the ancestors of what matches stay', () => {
  const queried = new Queried(family())
  expect(drawn(queried.ask({ ...tree, filter: 'worker or orphan' }))).toEqual(['1', '└2', ' └4', '7'])
  expect(queried.again()).toMatchObject({ matched: 4, total: 6 })
  expect(drawn(queried.ask({ ...tree, pid: 3 }))).toEqual(['1', '└3'])
})

test('kernel threads are no ancestors when they are not asked for, and zombies stay where they are', () => {
  const entries = family()
  Object.assign(entries[0] as DataEntry, { kernel: true })
  Object.assign((entries[3] as DataEntry).values, { state: 'Z' })
  const queried = new Queried(entries)
  expect(drawn(queried.ask({ ...tree, sort: 'pid' }))).toEqual(['2', '├4', '└5', '3', '7'])
})

test('processes that are each other’s ancestors are shown once each', () => {
  const entries = [
    new DataEntry(1, { ppid: 3 }),
    new DataEntry(2, { ppid: 1 }),
    new DataEntry(3, { ppid: 2 }),
    new DataEntry(4, { ppid: 4 }),
    new DataEntry(5, { ppid: 3 }),
  ]
  const queried = new Queried(entries)
  expect(pids(queried.ask({ ...tree, sort: 'pid' })).sort()).toEqual([1, 2, 3, 4, 5])
  expect(pids(queried.ask({ ...tree, filter: 'pid:1' })).length).toBe(3)
})

test('a chain of thousands is no deeper than a tree may be', () => {
  const queried = new Queried(Array.from({ length: 20_000 }, (_, index) => new DataEntry(index + 1, { ppid: index })))
  const { rows, matched } = queried.ask({ ...tree, filter: 'pid:20000', offset: 19_990, rows: 10 })
  expect(matched).toBe(20_000)
  expect(rows.at(-1)?.place).toMatchObject({ depth: 19_999, last: true, below: 0 })
})

test('any table makes a tree in which everybody stands once, below the parent, and is found where it stands', () => {
  const parents = fc.array(fc.nat(12), { maxLength: 12 })
  fc.assert(
    fc.property(parents, fc.nat(4095), (list, bits) => {
      const entries = list.map((ppid, index) => new DataEntry(index + 1, { ppid, cpu: (index * 7) % 5 }))
      const queried = new Queried(entries)
      const { rows } = queried.ask(tree)
      expect(rows.map(({ pid }) => pid).sort((a, b) => a - b)).toEqual(entries.map(({ pid }) => pid))
      const path: number[] = []
      for (const { pid, ppid, place } of rows) {
        const depth = place?.depth ?? 0
        path.length = depth
        if (depth > 0) expect(path[depth - 1]).toBe(ppid)
        expect(place?.lines).toHaveLength(Math.max(0, depth - 1))
        path.push(pid)
      }
      const toggled = entries.filter((_, index) => (bits >> index) & 1).map(({ pid }) => key(pid))
      const answer = queried.ask({ ...tree, toggled })
      const hidden = answer.rows.reduce((sum, { place }) => sum + (place?.folded ? place.below : 0), 0)
      expect(answer.matched + hidden).toBe(entries.length)
      for (const { pid, startTicks } of entries) {
        const { followIndex = -1 } = queried.ask({ ...tree, toggled, follow: { pid, startTicks } })
        const shown = pids(answer).indexOf(pid)
        if (shown >= 0) expect(followIndex).toBe(shown)
        else expect(answer.rows[followIndex]?.place?.folded).toBe(true)
      }
    }),
  )
})

test('a held tree keeps its branches: who is new is the last of its siblings', () => {
  const entries = family()
  const queried = new Queried(entries)
  expect(pids(queried.ask({ ...tree, hold: true }))).toEqual([1, 3, 2, 4, 5, 7])
  Object.assign((entries[1] as DataEntry).values, { cpu: 4 })
  queried.scan([...entries, new DataEntry(8, { ppid: 2, cpu: 9 })])
  expect(pids(queried.again())).toEqual([1, 3, 2, 4, 5, 8, 7])
  expect(pids(queried.ask({ ...tree, hold: true, toggled: [key(2)] }))).toEqual([1, 3, 2, 7])
  expect(pids(queried.ask(tree))).toEqual([1, 2, 8, 4, 5, 3, 7])
})

test('threads stand in a tree before the children', () => {
  const entries = family()
  Object.assign(entries[1] as DataEntry, { threadEntries: [new DataEntry(2), new DataEntry(20, { cpu: 1 })] })
  Object.assign(entries[4] as DataEntry, { threadEntries: [new DataEntry(50), new DataEntry(5)] })
  const queried = new Queried(entries)
  const query = { ...tree, sort: 'pid', threadsOf: [key(5), key(2)] } as const
  expect(drawn(queried.ask(query))).toEqual(['1', '├2', '│├t2', '│├t20', '│├4', '│└5', '│ ├t5', '│ └t50', '└3', '7'])
  expect(queried.ask({ ...query, follow: { pid: 3, startTicks: 30 } }).followIndex).toBe(8)
  expect(queried.ask({ ...query, follow: { pid: 5, startTicks: 50 } }).followIndex).toBe(5)
})

const crowd = () => [
  new DataEntry(1, {
    name: 'a',
    user: 'root',
    cpu: 0.1,
    memory: 10,
    threads: 1,
    time: 5,
    started: 300,
    state: 'S',
    unit: '',
  }),
  new DataEntry(2, {
    name: 'b',
    user: 'www',
    cpu: 0.2,
    memory: 20,
    threads: 2,
    time: 6,
    started: 200,
    unit: 'x.service',
  }),
  new DataEntry(3, {
    name: 'b',
    user: 'www',
    cpu: 0.3,
    memory: 30,
    threads: 3,
    time: 7,
    started: 100,
    state: 'R',
    unit: 'x.service',
  }),
  new DataEntry(4, { name: 'c', user: 'www', memory: 40, threads: 4, time: 8, started: 400, unit: 'y.service' }),
]

test('groups sum up, in order of the sort', () => {
  const queried = new Queried(crowd())
  const { rows, matched, total } = queried.ask({ arrange: 'name' })
  expect([matched, total]).toEqual([3, 4])
  expect(rows.map(({ name, count }) => [name, count])).toEqual([
    ['b', 2],
    ['a', 1],
    ['c', 1],
  ])
  expect(rows[0]).toMatchObject({
    kind: 'group',
    pid: 0,
    cpuRatio: 0.5,
    memoryBytes: 50,
    threads: 5,
    cpuSeconds: 13,
    startedMs: 100,
    state: 'R',
    count: 2,
    place: { depth: 0, below: 2, folded: true, last: false },
  })
  expect(rows[2]).not.toHaveProperty('cpuRatio')
  expect(rows[2]).not.toHaveProperty('readBytesPerSecond')
  const names = (query: object) => queried.ask({ arrange: 'user', ...query }).rows.map(({ name }) => name)
  expect(names({ sort: 'memory' })).toEqual(['www', 'root'])
  expect(names({ sort: 'user' })).toEqual(['root', 'www'])
  expect(names({ sort: 'name', reverse: true })).toEqual(['www', 'root'])
  expect(names({ sort: 'started' })).toEqual(['www', 'root'])
  expect(names({ sort: 'pid' })).toEqual(['root', 'www'])
})

test('what has none is one group at the end, whatever the order', () => {
  const entries = crowd()
  Object.assign((entries[0] as DataEntry).values, { cpu: 9 })
  const queried = new Queried(entries)
  for (const reverse of [false, true]) {
    expect(queried.ask({ arrange: 'unit', reverse }).rows.at(-1)).toMatchObject({ name: 'no unit', count: 1 })
  }
  expect(queried.ask({ arrange: 'container' }).rows.map(({ name }) => name)).toEqual(['no container'])
})

test('a group that is open lists its processes, one that is closed is where they are followed', () => {
  const queried = new Queried(crowd())
  const query = { arrange: 'unit', toggled: ['group:x.service'], follow: { pid: 2, startTicks: 20 } } as const
  expect(drawn(queried.ask(query))).toEqual(['x.service', '├3', '└2', 'y.service+', 'no unit+'])
  expect(queried.again()).toMatchObject({ matched: 5, followIndex: 2 })
  expect(queried.ask({ ...query, follow: { pid: 4, startTicks: 40 } }).followIndex).toBe(3)
  expect(queried.ask({ ...query, filter: 'name:c' })).toMatchObject({ matched: 1 })
  expect(queried.again()).not.toHaveProperty('followIndex')
})

test('a group counts memory in proportion where that is known, and who ended not at all', () => {
  const entries = crowd()
  Object.assign((entries[1] as DataEntry).values, { proportional: 5 })
  const ended = Object.assign(new DataEntry(9, { name: 'b', memory: 1000, threads: 50 }), { mark: 'ended' as const })
  const queried = new Queried([...entries, ended])
  const query = { arrange: 'name', columns: ['proportional', 'read'], toggled: ['group:b'] } as const
  const { rows } = queried.ask(query)
  expect(rows[0]).toMatchObject({ name: 'b', memoryBytes: 35, proportionalBytes: 5, threads: 5, count: 2 })
  expect(drawn(queried.again()).slice(0, 4)).toEqual(['b', '├3', '├2', '└9'])
})

test('held groups stay, and so do their processes', () => {
  const entries = crowd()
  const queried = new Queried(entries)
  const query = { arrange: 'name', hold: true, toggled: ['group:b'] } as const
  expect(drawn(queried.ask(query))).toEqual(['b', '├3', '└2', 'a+', 'c+'])
  Object.assign((entries[1] as DataEntry).values, { cpu: 0.9 })
  Object.assign((entries[3] as DataEntry).values, { cpu: 5 })
  queried.scan([...entries, new DataEntry(6, { name: 'b', cpu: 8 }), new DataEntry(7, { name: 'd', cpu: 80 })])
  expect(drawn(queried.again())).toEqual(['b', '├3', '├2', '└6', 'a+', 'c+', 'd+'])
  expect(drawn(queried.ask({ arrange: 'name' }))).toEqual(['d+', 'b+', 'c+', 'a+'])
})

test('finding goes through rows, groups by their names', () => {
  const queried = new Queried(crowd())
  expect(queried.ask({ arrange: 'user', find: { text: 'ROOT', from: 0, step: 1 } }).foundIndex).toBe(1)
  expect(queried.ask({ ...tree, find: { text: 'p3', from: 0, step: 1 }, sort: 'pid' }).foundIndex).toBe(2)
})
