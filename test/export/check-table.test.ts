import { expect, test } from 'vitest'
import { checkReport, checkTable } from '../../src/export/check-table.ts'
import { textWidth } from '../../src/lib/text.ts'
import type { CheckStatus } from '../../src/model/check.ts'
import { BACKUP, CERTS, definitionOf, MAIL, OUTBOX, QUEUE, SERVICES, statusOf } from '../fixtures/checks.ts'
import { NOW } from '../fixtures/frame.ts'
import { HOSTILE_CHECK, UNSAFE } from './check-hostile.ts'

const report = (checks: readonly CheckStatus[], columns: number, ascii = false) =>
  checkReport(checks, { columns, wallMs: NOW, ascii })

test('trouble stands first, its reason at the end of the row', () => {
  expect(report(SERVICES, 120)).toMatchSnapshot()
})

test('what has no room beside its row stands below it', () => {
  expect(report(SERVICES, 72)).toMatchSnapshot()
})

test('every kind of state has its word and its symbol, in ASCII too', () => {
  expect(report([BACKUP, CERTS, OUTBOX, QUEUE, MAIL], 100, true)).toMatchSnapshot()
})

test('a check that is named after its target says it once; one alone that is well needs no more', () => {
  const given = statusOf({ definition: definitionOf('127.0.0.1:22', { target: '127.0.0.1:22' }) })
  expect(report([given], 80)).toBe('STATE  NAME          TYPE\n● up   127.0.0.1:22  tcp\n\n1 up\n')
  expect(report([], 80)).toBe('nothing to check\n')
})

test('no line is wider than the terminal, however narrow; a pipe has the whole sentence', () => {
  for (const columns of [10, 20, 40, 60, 80, 100, 200]) {
    for (const line of report([...SERVICES, HOSTILE_CHECK], columns).split('\n')) {
      expect(textWidth(line)).toBeLessThanOrEqual(columns)
    }
  }
  const error = `expected json status = UP, got ${'DOWN '.repeat(60).trim()}`
  const long = { ...MAIL, error }
  expect(checkTable([long], { columns: Number.POSITIVE_INFINITY, wallMs: NOW })[1]).toContain(error)
})

test('nothing reaches a terminal that would do something to it', () => {
  const text = report([HOSTILE_CHECK], 100)
  expect(text).not.toMatch(UNSAFE)
  expect(text.split('\n')).toHaveLength(6)
})
