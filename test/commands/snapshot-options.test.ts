import { expect, test } from 'vitest'
import { checkOptions } from '../../src/commands/options.ts'
import { checkSnapshot } from '../../src/commands/snapshot-options.ts'

const plain = checkOptions({})

test('a table has ten processes, json and csv all, by cpu', () => {
  expect(checkSnapshot({}, plain)).toMatchObject({ format: 'table', watch: false, query: { sort: 'cpu', rows: 10 } })
  expect(checkSnapshot({ format: 'csv' }, plain).query.rows).toBe(Number.MAX_SAFE_INTEGER)
  expect(checkSnapshot({ format: 'json', top: '0' }, plain).query.rows).toBe(0)
})

test('--watch is json unless told', () => {
  expect(checkSnapshot({ watch: true }, plain)).toMatchObject({ format: 'json', watch: true })
  expect(checkSnapshot({ watch: true, format: 'table' }, plain).format).toBe('table')
})

test('what is sorted by is read, however dear', () => {
  expect(checkSnapshot({ sort: 'proportional' }, plain).query.columns).toContain('proportional')
  expect(checkSnapshot({}, plain).query.columns).not.toContain('proportional')
})

test('mistakes say what to write instead', () => {
  const wrong =
    (raw: object, filter = '') =>
    () =>
      checkSnapshot(raw, { ...plain, filter })
  expect(wrong({ format: 'xml' })).toThrow('--format: expected one of table, json, csv, got "xml"')
  expect(wrong({ sort: 'speed' })).toThrow(/^--sort: expected one of pid, .*cpu.*, got "speed"$/)
  expect(wrong({ top: '-1' })).toThrow('--top: expected a number of processes such as 10, got "-1"')
  expect(wrong({}, 'node cpu>')).toThrow(/^--filter: .*, at character \d+ of "node cpu>"$/)
})

test('a filter never finds the command that asks', () => {
  expect(checkSnapshot({}, { ...plain, filter: 'node or nginx' }).query.filter).toBe(
    `(node or nginx) !pid:${process.pid}`,
  )
  expect(checkSnapshot({}, { ...plain, filter: ' ' }).query.filter).toBe('')
})
