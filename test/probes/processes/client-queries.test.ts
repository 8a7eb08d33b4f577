import { expect, test } from 'vitest'
import { PLAIN_QUERY, type ProcessQuery } from '../../../src/model/processes.ts'
import { ClientQueries } from '../../../src/probes/processes/client-queries.ts'
import { DataEntry, DataTable } from './table.ts'

const query = (parts: Partial<ProcessQuery>): ProcessQuery => ({ ...PLAIN_QUERY, id: 1, ...parts })

function looking() {
  const table = new DataTable()
  table.entries = [
    new DataEntry(1, { cpu: 0.1, memory: 30, name: 'init', user: 'root' }),
    new DataEntry(2, { cpu: 0.5, memory: 10, name: 'nginx', user: 'www', files: 9 }),
    new DataEntry(3, { cpu: 0.3, memory: 20, name: 'nginx', user: 'www', files: 4 }),
  ]
  const queries = new ClientQueries(table, { wallMs: () => 0, monoMs: () => 0 })
  return {
    table,
    queries,
    scan() {
      table.scan++
      queries.update()
    },
    pids: (client?: number) => queries.answer(client)?.rows.map(({ pid }) => pid),
  }
}

test('each has its own order and filter, answered from the same scan', () => {
  const { queries, scan, pids } = looking()
  queries.query(query({ id: 4 }))
  queries.query(query({ id: 5, sort: 'memory' }), 1)
  queries.query(query({ id: 6, filter: 'nginx', sort: 'files' }), 2)
  scan()
  expect([pids(), pids(1), pids(2)]).toEqual([
    [2, 3, 1],
    [1, 3, 2],
    [2, 3],
  ])
  expect([queries.answer()?.id, queries.answer(1)?.id, queries.answer(2)?.id]).toEqual([4, 5, 6])
})

test('who comes between two scans is answered from the last one', () => {
  const { queries, scan, pids } = looking()
  scan()
  expect(pids(3)).toBeUndefined()
  expect(queries.query(query({ sort: 'memory' }), 3)).toBe(true)
  expect(pids(3)).toEqual([1, 3, 2])
  expect(queries.query(query({ sort: 'memory', offset: 1 }), 3)).toBe(false)
})

test('an order that one holds is not held for others', () => {
  const { table, queries, scan, pids } = looking()
  queries.query(query({}), 1)
  queries.query(query({}), 2)
  scan()
  queries.query(query({ hold: true }), 1)
  const [first] = table.entries
  ;(first as DataEntry).values = { ...(first as DataEntry).values, cpu: 0.9 }
  scan()
  expect([pids(1), pids(2)]).toEqual([
    [2, 3, 1],
    [1, 2, 3],
  ])
})

test('who looks no more has no answer, and leaders are the same for all', () => {
  const { queries, scan, pids } = looking()
  queries.query(query({}), 1)
  scan()
  const { cpu } = queries.leaders()
  expect(cpu.map(({ pid }) => pid)).toEqual([2, 3, 1])
  queries.forget(1)
  expect(pids(1)).toBeUndefined()
  // Who owns the table is never forgotten.
  queries.query(query({}))
  queries.forget(0)
  expect(pids()).toEqual([2, 3, 1])
})
