import { describe, expect, test } from 'vitest'
import {
  clockText,
  crossingWords,
  etaRange,
  etaText,
  insideText,
  judgedText,
  limitText,
  shortLimit,
  spreadText,
  timeText,
} from '../../src/model/forecast-words.ts'
import { NOW } from '../fixtures/frame.ts'
import { AHEAD, limitOf } from '../fixtures/limits.ts'

const HOUR = 3600
const DAY = 24 * HOUR

describe('a time to a limit', () => {
  test.each([
    [48, '48 s'],
    [11_430, '3 h 10 m'],
    [DAY - 1, '23 h 59 m'],
    [DAY + 5 * HOUR, '1 d'],
    [21.9 * DAY, '21 d'],
    [30 * DAY, 'over 30 d'],
  ])('%d s is %s', (seconds, text) => {
    expect(etaText(seconds)).toBe(text)
  })
  test('has a range, which may be open, and says nothing twice', () => {
    const eta = { earliest: 2 * HOUR, likely: 3 * HOUR, latest: 4 * HOUR }
    expect(etaRange(eta)).toBe('2 h – 4 h')
    expect(etaRange(eta, '-')).toBe('2 h - 4 h')
    expect(etaRange({ earliest: 2 * HOUR, likely: 3 * HOUR })).toBe('from 2 h on')
    expect(spreadText(eta)).toBe('2 h – 4 h')
    expect(spreadText({ earliest: 9.1 * DAY, likely: 9.2 * DAY, latest: 9.3 * DAY })).toBe('')
  })
  test('or there is none', () => {
    const text = (kind: 'unknown' | 'too soon' | 'steady' | 'reached') => timeText({ kind })
    expect([text('unknown'), text('too soon'), text('steady'), text('reached')]).toEqual([
      '',
      'too soon',
      'steady',
      'now',
    ])
  })
  test('has a clock: the time today, from tomorrow on the day', () => {
    expect(clockText(NOW + 3.17 * HOUR * 1000, NOW)).toBe('17:42')
    expect(clockText(NOW + DAY * 1000, NOW)).toBe('25 Nov')
    expect(clockText(NOW + 9.1 * DAY * 1000, NOW)).toBe('3 Dec')
  })
})

describe('a limit', () => {
  test('is named with whose it is', () => {
    expect(AHEAD.slice(0, 6).map(limitText)).toEqual([
      '/var 95 % full',
      '/var 100 % full',
      'node 2 GiB limit',
      'memory 90 %',
      'shop.example certificate ends',
      'node 4 096 files',
    ])
    expect(limitText(limitOf({ limit: '95 % of the inodes' }))).toBe('/var 95 % of the inodes')
  })
  test.each([
    ['95 %', '95 %'],
    ['95 % of the inodes', 'inodes'],
    ['2.5 GiB limit', '2.5 GiB'],
    ['31 GiB, all memory', '31 GiB'],
    ['4 096 files', 'files'],
    ['certificate', 'cert'],
  ])('%s is %s in short', (limit, short) => {
    expect(shortLimit(limit)).toBe(short)
  })
  test('is said with when it is reached; what ends on a known day with the day', () => {
    const words = (at: number) => {
      const forecast = AHEAD[at] ?? limitOf()
      return forecast.time.kind === 'heading' ? crossingWords({ ...forecast, eta: forecast.time.eta }) : ''
    }
    expect([0, 2, 4].map(words)).toEqual(['95 % full in 3 h 10 m', '2 GiB limit in 5 h', 'certificate ends 3 Dec'])
    const today = { earliest: 5 * HOUR, likely: 5 * HOUR, latest: 5 * HOUR }
    expect(crossingWords({ limit: 'certificate', family: 'check', asOfMs: NOW, eta: today })).toBe(
      'certificate ends in 5 h',
    )
  })
})

test('a track record says how long, and how many were inside', () => {
  const said = (overS: number) => judgedText({ overS, inside: 0.938 })
  expect([said(2400), said(3.9 * HOUR), said(DAY)]).toEqual(['last 40 min', 'last 3 h', 'last 24 h'])
  expect(insideText({ overS: DAY, inside: 0.938 })).toBe('94 % inside the 95 % band')
})
