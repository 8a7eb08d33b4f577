import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SORT_KEYS } from '../../../src/model/processes.ts'
import { HeldOrder } from '../../../src/probes/processes/held-order.ts'
import { first, orderBy, sorted } from '../../../src/probes/processes/order.ts'
import { DataEntry } from './table.ts'

const make = (pid: number, values: DataEntry['values'] = {}) => {
  const entry = new DataEntry(pid, values)
  for (const field of ['user', 'read', 'unit'] as const) entry.seen.add(field)
  return entry
}
const order = (list: readonly DataEntry[], ...[key, reverse]: [Parameters<typeof orderBy>[1], boolean]) =>
  Array.from(sorted(list.length, orderBy(list, key, reverse)), (index) => list[index]?.pid)

test('the largest consumers come first, names and numbers begin at the beginning', () => {
  const list = [
    make(1, { cpu: 0.5, memory: 1, time: 9, threads: 1, nice: 5, name: 'b', started: 30, read: 5 }),
    make(2, { cpu: 0.1, memory: 3, time: 7, threads: 9, nice: 0, name: 'c', started: 10, user: 'root' }),
    make(3, { cpu: 0.9, memory: 2, time: 8, threads: 4, nice: -5, name: 'a', started: 20, user: 'alice', read: 9 }),
  ]
  expect(order(list, 'cpu', false)).toEqual([3, 1, 2])
  expect(order(list, 'cpu', true)).toEqual([2, 1, 3])
  expect(order(list, 'memory', false)).toEqual([2, 3, 1])
  expect(order(list, 'time', false)).toEqual([1, 3, 2])
  expect(order(list, 'threads', false)).toEqual([2, 3, 1])
  expect(order(list, 'nice', false)).toEqual([3, 2, 1])
  expect(order(list, 'name', false)).toEqual([3, 1, 2])
  expect(order(list, 'started', false)).toEqual([2, 3, 1])
  expect(order(list, 'pid', true)).toEqual([3, 2, 1])
  expect(order(list, 'user', false)).toEqual([3, 2, 1])
  expect(order(list, 'read', false)).toEqual([3, 1, 2])
})

test('what is not known stands at the end in both directions', () => {
  const list = [make(1), make(2, { read: 0, unit: 'a' }), make(3, { read: 9, unit: 'b' }), make(4, { unit: '' })]
  expect(order(list, 'read', false)).toEqual([3, 2, 1, 4])
  expect(order(list, 'read', true)).toEqual([2, 3, 1, 4])
  expect(order(list, 'unit', false)).toEqual([2, 3, 1, 4])
  expect(order(list, 'unit', true)).toEqual([3, 2, 1, 4])
})

test('what runs or is stuck comes before what sleeps', () => {
  const list = [...'SZDIRT'].map((state, index) => make(index, { state }))
  expect(order(list, 'state', false).map((pid) => 'SZDIRT'[pid as number])).toEqual([...'RDTZIS'])
})

test('I/O classes stand in the order in which they are served', () => {
  const classes = ['idle', 'best-effort 7', 'none', 'realtime 4', 'realtime 0', 'best-effort 0']
  const list = classes.map((io_class, index) => make(index, { io_class }))
  expect(order(list, 'io_class', false).map((pid) => classes[pid as number])).toEqual([
    'realtime 0',
    'realtime 4',
    'best-effort 0',
    'none',
    'best-effort 7',
    'idle',
  ])
})

test('a CPU share that is not known counts as none, and equals stand by pid in both directions', () => {
  const list = [make(3), make(1), make(2, { cpu: 0 })]
  expect(order(list, 'cpu', false)).toEqual([1, 2, 3])
  expect(order(list, 'cpu', true)).toEqual([1, 2, 3])
})

test('the first few are those a whole sort would put there', () => {
  const values = fc.record({ memory: fc.integer({ min: 0, max: 5 }), name: fc.constantFrom('a', 'b', 'c') })
  fc.assert(
    fc.property(
      fc.array(values),
      fc.nat(12),
      fc.constantFrom(...SORT_KEYS),
      fc.boolean(),
      (all, count, key, reverse) => {
        const list = all.map((fields, index) => make((index * 7) % 101, fields))
        const compare = orderBy(list, key, reverse)
        expect([...first(list.length, count, compare)]).toEqual([...sorted(list.length, compare)].slice(0, count))
      },
    ),
  )
})

test('a held order stays when everybody is made anew, and a pid that is used again is new', () => {
  const held = new HeldOrder()
  const before = [make(1), make(2), make(3)]
  held.keep(before, [2, 0, 1])
  const after = [make(4), make(1), new DataEntry(2, {}, 99), make(3)]
  const order = sorted(after.length, held.of(after))
  expect(Array.from(order, (index) => after[index]?.pid)).toEqual([3, 1, 4, 2])
})
