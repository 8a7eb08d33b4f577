import { expect, test } from 'vitest'
import { createCsvReader } from '../../../src/commands/forecast/csv.ts'

function read(...lines: readonly string[]) {
  const reader = createCsvReader('data.csv')
  for (const line of lines) reader.line(line)
  const { times, values, problems, problemCount } = reader
  return { times, values, problems, problemCount }
}

test('a heading, comments and empty lines are passed', () => {
  expect(read('\ufefftime,value', '# measured by hand', '', '1700000000,42', '1700000060,-1.5e3')).toEqual({
    times: [1_700_000_000_000, 1_700_000_060_000],
    values: [42, -1500],
    problems: [],
    problemCount: 0,
  })
  expect(read('1700000000,42').values).toEqual([42])
})

test('times are Unix seconds or milliseconds, or ISO 8601', () => {
  const ms = Date.UTC(2024, 2, 1, 12, 30, 5)
  for (const time of [
    String(ms / 1000),
    String(ms),
    '2024-03-01T12:30:05Z',
    '2024-03-01 12:30:05Z',
    '2024-03-01 12:30:05 UTC',
    '2024-03-01T14:30:05+02:00',
    '2024-03-01 14:30:05 +0200',
    '2024-03-01T14:30:05+02',
    '"2024-03-01T12:30:05.000Z"',
  ])
    expect(read(`${time},1`).times, time).toEqual([ms])
  expect(read('2024-03-01,1').times).toEqual([Date.UTC(2024, 2, 1)])
  // Without a zone it is this machine's.
  expect(read('2024-03-01 12:30,1').times).toEqual([new Date(2024, 2, 1, 12, 30).getTime()])
  expect(read('0.5,1').times).toEqual([500])
})

test('the first line says what separates; with a semicolon or a tab a comma is a decimal point', () => {
  expect(read('zeit;wert', '10;1,5', '20;2.5').values).toEqual([1.5, 2.5])
  expect(read('10\t1,5', '20\t"2"').values).toEqual([1.5, 2])
})

test('no value is a gap', () => {
  expect(read('10,1', '20,', '30,NaN', '40,null', '50,2')).toMatchObject({
    times: [10_000, 50_000],
    values: [1, 2],
    problemCount: 0,
  })
})

test('a bad line is told with its number and what was expected there', () => {
  expect(read('time,value', '10,abc', '20,2', 'yesterday,3', '40', '50,1,2', ',5', '70,inf').problems).toEqual([
    'data.csv:2: expected a number, got "abc"',
    'data.csv:4: expected a time (Unix or ISO 8601), got "yesterday"',
    'data.csv:5: expected time and value, got "40"',
    'data.csv:6: expected time and value, got "50,1,2"',
    'data.csv:7: expected a time (Unix or ISO 8601), got nothing',
    'data.csv:8: expected a number, got "inf"',
  ])
})

test('a bad first line is no heading when part of it is data', () => {
  expect(read('10,abc', '20,2').problems).toEqual(['data.csv:1: expected a number, got "abc"'])
})

test('what no calendar and no clock has is no time', () => {
  for (const time of ['2024-13-01', '2024-03-01T25:00Z', '9e99', '2024', '1e400'])
    expect(read('1,1', `${time},2`).problemCount, time).toBe(time === '2024' ? 0 : 1)
})

test('of many mistakes the first are told, cut and safe to show, and all are counted', () => {
  const { problems, problemCount } = read('1,1', ...Array.from({ length: 500 }, () => `1,\x1b[31m${'x'.repeat(90)}`))
  expect(problemCount).toBe(500)
  expect(problems).toHaveLength(10)
  expect(problems[0]).toMatch(/^data\.csv:2: expected a number, got "\[31mx{30,}…"$/)
})
