import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SORT_KEYS } from '../../../../src/model/processes.ts'
import { first, orderBy } from '../../../../src/probes/linux/processes/order.ts'
import { Process } from '../../../../src/probes/linux/processes/process.ts'
import { StatReading } from '../../../../src/probes/linux/processes/stat.ts'

function make(pid: number, fields: Partial<Process> = {}, startTicks = pid): Process {
  const reading = Object.assign(new StatReading(), { pid, startTicks })
  return Object.assign(new Process(reading, Buffer.from('x'), pid, 1), fields)
}

const pids = (processes: readonly Process[]) => processes.map(({ pid }) => pid)
const sorted = (list: Process[], ...rest: Parameters<typeof orderBy>) => pids([...list].sort(orderBy(...rest)))

test('the largest consumers come first, names and numbers begin at the beginning', () => {
  const list = [
    make(1, { cpuRatio: 0.5, residentPages: 1, ticks: 9, threads: 1, nice: 5, name: 'b' }, 30),
    make(2, { cpuRatio: 0.1, residentPages: 3, ticks: 7, threads: 9, nice: 0, name: 'c' }, 10),
    make(3, { cpuRatio: 0.9, residentPages: 2, ticks: 8, threads: 4, nice: -5, name: 'a' }, 20),
  ]
  expect(sorted(list, 'cpu', false)).toEqual([3, 1, 2])
  expect(sorted(list, 'cpu', true)).toEqual([2, 1, 3])
  expect(sorted(list, 'memory', false)).toEqual([2, 3, 1])
  expect(sorted(list, 'time', false)).toEqual([1, 3, 2])
  expect(sorted(list, 'threads', false)).toEqual([2, 3, 1])
  expect(sorted(list, 'nice', false)).toEqual([3, 2, 1])
  expect(sorted(list, 'name', false)).toEqual([3, 1, 2])
  expect(sorted(list, 'started', false)).toEqual([2, 3, 1])
  expect(sorted(list, 'pid', true)).toEqual([3, 2, 1])
  expect(sorted(list, 'user', false, ({ pid }) => [undefined, undefined, 'root', 'alice'][pid])).toEqual([3, 2, 1])
})

test('what runs or is stuck comes before what sleeps', () => {
  const list = [...'SZDIRT'].map((state, index) => make(index, { state: state.charCodeAt(0) }))
  expect(sorted(list, 'state', false).map((pid) => 'SZDIRT'[pid])).toEqual([...'RDTZIS'])
})

test('a ratio that is not known counts as none, and equals stand by pid in both directions', () => {
  const list = [make(3), make(1), make(2, { cpuRatio: 0 })]
  expect(sorted(list, 'cpu', false)).toEqual([1, 2, 3])
  expect(sorted(list, 'cpu', true)).toEqual([1, 2, 3])
})

test('the first few are those a whole sort would put there', () => {
  const process = fc.record({ residentPages: fc.integer({ min: 0, max: 5 }), name: fc.constantFrom('a', 'b', 'c') })
  fc.assert(
    fc.property(
      fc.array(process),
      fc.nat(12),
      fc.constantFrom(...SORT_KEYS),
      fc.boolean(),
      (all, count, key, reverse) => {
        const list = all.map((fields, index) => make((index * 7) % 101, fields))
        const compare = orderBy(key, reverse)
        expect(pids(first(list, count, compare))).toEqual(pids([...list].sort(compare).slice(0, count)))
      },
    ),
  )
})
