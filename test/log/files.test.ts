import { expect, test } from 'vitest'
import { lineFileName, logFileOf, logFolder, packedFileName } from '../../src/log/files.ts'

const HOUR = Date.UTC(2026, 10, 25, 14)

test('a file is named by its hour, in UTC', () => {
  expect(lineFileName(HOUR)).toBe('2026-11-25T14.ndjson')
  expect(lineFileName(HOUR + 3_599_999)).toBe('2026-11-25T14.ndjson')
  expect(lineFileName(HOUR + 3_600_000)).toBe('2026-11-25T15.ndjson')
  expect(lineFileName(0)).toBe('1970-01-01T00.ndjson')
  expect(logFolder('/var/lib/healthtop')).toBe('/var/lib/healthtop/log')
})

test.each([Number.NaN, -1, Number.POSITIVE_INFINITY, Date.UTC(10_000, 0)])('the time %d has no file', (wallMs) => {
  expect(lineFileName(wallMs)).toBeUndefined()
})

test('names tell what a file is and when it is of', () => {
  const name = '2026-11-25T14.ndjson'
  expect(logFileOf(name)).toEqual({ name, kind: 'lines', startMs: HOUR, endMs: HOUR + 3_600_000 })
  expect(logFileOf(packedFileName(name))).toMatchObject({ kind: 'packed', startMs: HOUR, endMs: HOUR + 3_600_000 })
  const day = Date.UTC(2026, 10, 25)
  expect(logFileOf('2026-11-25.roll')).toMatchObject({ kind: 'day', startMs: day, endMs: day + 86_400_000 })
})

test.each([
  'marks.json',
  '2026-11-25T14.ndjson.gz.1a2b.tmp',
  '2026-11-25.roll.1a2b.tmp',
  '2026-11-25T24.ndjson',
  '2026-02-30T10.ndjson',
  '2026-11-25T14.json',
  'x2026-11-25T14.ndjson',
  '2026-11-25',
])('%s is no file of the log', (name) => {
  expect(logFileOf(name)).toBeUndefined()
})
