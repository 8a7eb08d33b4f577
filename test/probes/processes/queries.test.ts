import { expect, test } from 'vitest'
import { PLAIN_QUERY } from '../../../src/model/processes.ts'
import { leadersOf } from '../../fixtures/alerts.ts'
import { DataEntry, key, pids, Queried } from './table.ts'

const five = () => [
  new DataEntry(1, { cpu: 0.1, memory: 10, name: 'init', user: 'root', state: 'R' }),
  new DataEntry(2, { cpu: 0.5, memory: 30, name: 'nginx', user: 'www' }, 20, 33),
  new DataEntry(3, { cpu: 0.3, memory: 50, name: 'nginx', user: 'www', state: 'R' }, 30, 33),
  new DataEntry(4, { cpu: 0, memory: 40, name: 'redis', user: 'redis' }),
  Object.assign(new DataEntry(5, { cpu: 0.9, memory: 0, name: 'kworker', user: 'root', state: 'R' }), { kernel: true }),
]

test('a window of rows in order, and counts of all', () => {
  const queried = new Queried(five())
  expect(queried.ask({ rows: 2 })).toMatchObject({ total: 4, running: 2, matched: 4, offset: 0, scan: 1, wallMs: 2000 })
  expect(pids(queried.again())).toEqual([2, 3])
  expect(pids(queried.ask({ rows: 2, offset: 3 }))).toEqual([1, 4])
  expect(queried.again().offset).toBe(2)
  expect(queried.ask({ kernelThreads: true })).toMatchObject({ total: 5, running: 3, matched: 5 })
  expect(pids(queried.again())[0]).toBe(5)
})

test('who ended is shown but neither counted nor leading', () => {
  const entries = five()
  Object.assign(entries[1] as DataEntry, { mark: 'ended' })
  const queried = new Queried(entries)
  expect(queried.ask({})).toMatchObject({ total: 3, matched: 4, ended: 1 })
  expect(pids(queried.again())[0]).toBe(2)
  expect(queried.queries.leaders().cpu.map(({ pid }) => pid)).toEqual([5, 3, 1])
  expect(queried.queries.leaders().memory.map(({ pid }) => pid)).toEqual([3, 4, 1])
  expect(queried.ask({ filter: 'nginx' })).toMatchObject({ matched: 2, ended: 1 })
  expect(queried.ask({ filter: 'redis' })).not.toHaveProperty('ended')
  expect(queried.ask({ arrange: 'tree' })).not.toHaveProperty('ended')
})

test('a filter leaves only what it names; one with an error filters nothing and is told', () => {
  const queried = new Queried(five())
  expect(pids(queried.ask({ filter: 'nginx cpu>40%' }))).toEqual([2])
  expect(queried.again()).not.toHaveProperty('filterError')
  expect(queried.ask({ filter: 'nginx usr:x' })).toMatchObject({
    matched: 4,
    filterError: { at: 6, length: 3, text: 'there is no key usr: did you mean user?' },
  })
  expect(queried.ask({ filter: '' })).not.toHaveProperty('filterError')
})

test('an age counts from the scan', () => {
  const queried = new Queried([new DataEntry(1, { started: 0 }), new DataEntry(2, { started: 1500 })])
  expect(pids(queried.ask({ filter: 'age<1s' }))).toEqual([2])
  queried.scan()
  expect(queried.again().matched).toBe(0)
})

test('a user is asked for by name or number, a process by its pid', () => {
  const queried = new Queried(five())
  expect(pids(queried.ask({ user: 'www' }))).toEqual([2, 3])
  expect(pids(queried.ask({ user: '33' }))).toEqual([2, 3])
  expect(pids(queried.ask({ pid: 3 }))).toEqual([3])
})

test('another order, filter or arrangement is told, another window is not', () => {
  const { queries } = new Queried(five())
  const ask = (query: object) => queries.query({ ...PLAIN_QUERY, id: 1, ...query })
  expect(ask({})).toBe(true)
  expect(ask({ rows: 3, offset: 1, columns: ['read'], toggled: ['1:10'], hold: true })).toBe(false)
  for (const other of [{ sort: 'memory' }, { reverse: true }, { filter: 'x' }, { arrange: 'tree' }, { user: 'a' }]) {
    expect(ask(other), JSON.stringify(other)).toBe(true)
  }
})

test('columns are read for the rows in sight only, what sorts or filters of all', () => {
  const queried = new Queried(five())
  queried.ask({ rows: 2, columns: ['files'] })
  const seen = (field: 'files' | 'proportional') =>
    queried.table.entries.filter((entry) => entry.seen.has(field)).length
  expect(seen('files')).toBe(2)
  queried.ask({ rows: 1, sort: 'proportional' })
  expect(seen('proportional')).toBe(4)
  queried.ask({ rows: 1, filter: 'files>3' })
  expect(seen('files')).toBe(4)
})

test('rows that somebody sees or follows are wanted, and made once a scan', () => {
  const queried = new Queried(five())
  queried.table.wanted.clear()
  queried.ask({ rows: 1, follow: { pid: 4, startTicks: 40 } })
  expect([...queried.table.wanted].map(({ pid }) => pid)).toEqual([2, 4])
  const made = queried.table.rowsMade
  const { rows } = queried.again()
  expect(queried.queries.leaders().cpu[1]).toBe(rows[0])
  expect(queried.table.rowsMade).toBe(made + 3)
  queried.scan()
  expect(queried.again().rows[0]).not.toBe(rows[0])
})

test('what is read later is in the row', () => {
  const queried = new Queried([new DataEntry(1, { container: 'web' })])
  expect(queried.ask({}).rows[0]).not.toHaveProperty('container')
  expect(queried.ask({ columns: ['container'] }).rows[0]).toMatchObject({ container: 'web' })
})

test('reading for all takes slices, and goes on where the last one ended', () => {
  const queried = new Queried(Array.from({ length: 100 }, (_, index) => new DataEntry(index + 1, { files: index })))
  queried.queries.query({ ...PLAIN_QUERY, id: 1, sort: 'files', rows: 1 })
  queried.table.reads = 0
  queried.stepMs = 1
  let slices = 1
  while (!queried.queries.fill()) slices++
  expect(slices).toBe(25)
  expect(queried.table.reads).toBe(100)
  expect(queried.queries.fill()).toBe(true)
  expect(pids(queried.again())).toEqual([100])
})

test('the followed process is found wherever it stands', () => {
  const queried = new Queried(five())
  const follow = { pid: 1, startTicks: 10 }
  expect(queried.ask({ rows: 1, follow })).toMatchObject({ followIndex: 2, followRow: { pid: 1 } })
  const hidden = queried.ask({ filter: 'redis', follow })
  expect(hidden.followRow?.pid).toBe(1)
  expect(hidden).not.toHaveProperty('followIndex')
  expect(queried.ask({ follow: { pid: 1, startTicks: 11 } })).not.toHaveProperty('followRow')
})

test('finding goes on from a row in a direction and round the end', () => {
  const queried = new Queried(five())
  const find = (from: number, step: 1 | -1, text = 'NGINX') =>
    queried.ask({ rows: 1, find: { text, from, step } }).foundIndex
  expect(pids(queried.ask({}))).toEqual([2, 3, 1, 4])
  expect([find(0, 1), find(1, 1), find(2, 1), find(3, -1), find(0, -1), find(-1, -1)]).toEqual([0, 1, 0, 1, 0, 1])
  expect(find(0, 1, '/bin/p4')).toBe(3)
  expect(find(0, 1, 'nobody')).toBeUndefined()
  expect(find(0, 1, '')).toBeUndefined()
  expect(find(0, 1, 'p.')).toBeUndefined()
})

test('while somebody moves the order stays: new rows at the end, ended ones out', () => {
  const entries = five()
  const queried = new Queried(entries)
  expect(pids(queried.ask({ hold: true }))).toEqual([2, 3, 1, 4])
  Object.assign((entries[3] as DataEntry).values, { cpu: 3 })
  queried.scan([...entries.filter(({ pid }) => pid !== 3), new DataEntry(9, { cpu: 2 })])
  expect(pids(queried.again())).toEqual([2, 1, 4, 9])
  expect(pids(queried.ask({ hold: true, rows: 2, offset: 1 }))).toEqual([1, 4])
  expect(pids(queried.ask({ hold: true, sort: 'pid' }))).toEqual([1, 2, 4, 9])
  expect(pids(queried.ask({}))).toEqual([4, 9, 2, 1])
})

test('the order held is the one last seen, though the next scan comes before the next answer', () => {
  const entries = five()
  const queried = new Queried(entries)
  queried.queries.query({ ...PLAIN_QUERY, id: 1, hold: true })
  Object.assign((entries[3] as DataEntry).values, { cpu: 3 })
  queried.scan()
  expect(pids(queried.again())).toEqual([2, 3, 1, 4])
})

test('threads stand below their process, in order, and only those in sight are made into rows', () => {
  const entries = five()
  const threads = Array.from({ length: 5000 }, (_, index) => new DataEntry(100 + index, { cpu: index, ppid: 3 }))
  Object.assign(entries[2] as DataEntry, { threadEntries: threads })
  const queried = new Queried(entries)
  const before = queried.table.rowsMade
  const answer = queried.ask({ rows: 5, threadsOf: [key(3)], follow: { pid: 1, startTicks: 10 } })
  expect(pids(answer)).toEqual([2, 3, 5099, 5098, 5097])
  expect(answer).toMatchObject({ matched: 5004, total: 4, followIndex: 5002 })
  expect(answer.rows.map(({ kind }) => kind)).toEqual(['process', 'process', 'thread', 'thread', 'thread'])
  expect(answer.rows[0]).not.toHaveProperty('place')
  expect(answer.rows[1]?.place).toMatchObject({ depth: 0, below: 5000, folded: false })
  expect(answer.rows[2]?.place).toEqual({ depth: 1, lines: [], last: false, below: 0, folded: false })
  expect(queried.table.rowsMade - before).toBeLessThan(10)
  expect(pids(queried.ask({ rows: 2, offset: 5001, threadsOf: [key(3)] }))).toEqual([100, 1])
  expect(queried.again().rows[0]?.place?.last).toBe(true)
  expect(queried.table.threadsRead).toBe(1)
  expect(
    pids(queried.ask({ rows: 1, offset: 1, threadsOf: [key(3)], find: { text: 'p100', from: 0, step: -1 } })),
  ).toEqual([3])
  expect(queried.again().foundIndex).toBe(5001)
})

test('rows of whoever passes a test, with what the test asks about read first', () => {
  const queried = new Queried(five())
  const rows = queried.queries.rowsWhere((entry) => String(entry.known('command')).startsWith('/bin/p3'), ['command'])
  expect(rows.map(({ pid, user }) => [pid, user])).toEqual([[3, 'www']])
  Object.assign(queried.table.entries[2] as DataEntry, { mark: 'ended' })
  expect(queried.queries.rowsWhere(({ pid }) => pid === 3, [])).toEqual([])
})

test('nothing is answered before the first scan or query', () => {
  const { queries } = new Queried([])
  expect(queries.answer()).toBeUndefined()
  expect(queries.leaders()).toEqual(leadersOf())
})
