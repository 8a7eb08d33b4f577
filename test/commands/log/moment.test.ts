import { expect, test } from 'vitest'
import { parseMoment } from '../../../src/commands/log/moment.ts'

const NOW = Date.UTC(2026, 10, 25, 14, 2, 11)

test.each([
  ['2h', NOW - 7_200_000],
  ['90s', NOW - 90_000],
  ['7d', NOW - 7 * 86_400_000],
  ['14:00', Date.UTC(2026, 10, 25, 14)],
  ['14:02:11', NOW],
  // Of yesterday: today it has not been yet.
  ['14:03', Date.UTC(2026, 10, 24, 14, 3)],
  ['9:30', Date.UTC(2026, 10, 25, 9, 30)],
  ['2026-11-24', Date.UTC(2026, 10, 24)],
  ['2026-11-24 08:15', Date.UTC(2026, 10, 24, 8, 15)],
  ['2026-11-24T08:15:30.5', Date.UTC(2026, 10, 24, 8, 15, 30, 500)],
  ['2026-11-24T08:15Z', Date.UTC(2026, 10, 24, 8, 15)],
  ['2026-11-24T08:15+02:00', Date.UTC(2026, 10, 24, 6, 15)],
  ['1764079200000', 1_764_079_200_000],
  [' 2h ', NOW - 7_200_000],
])('%s is a moment', (text, wallMs) => {
  expect(parseMoment(text, NOW)).toBe(wallMs)
})

test.each([
  '',
  'yesterday',
  '25:00',
  '14:60',
  '14:0',
  '2026-02-30',
  '2026-13-01',
  '2026-11-25T25:00',
  '0s',
  '-2h',
  '12',
  '2h ago',
])('"%s" is none', (text) => {
  expect(parseMoment(text, NOW)).toBeUndefined()
})

test('what says no zone is local time', () => {
  const before = process.env.TZ
  process.env.TZ = 'America/New_York'
  try {
    expect(parseMoment('2026-11-24', NOW)).toBe(Date.UTC(2026, 10, 24, 5))
    expect(parseMoment('2026-11-24T08:15Z', NOW)).toBe(Date.UTC(2026, 10, 24, 8, 15))
    // 09:02 there.
    expect(parseMoment('09:30', NOW)).toBe(Date.UTC(2026, 10, 24, 14, 30))
  } finally {
    process.env.TZ = before
  }
})

test('yesterday is the day before, though it had 23 hours', () => {
  const { TZ } = process.env
  process.env.TZ = 'Europe/Berlin'
  try {
    const now = Date.UTC(2026, 2, 29, 22, 10)
    expect(new Date(now).getHours()).toBe(0)
    expect(parseMoment('00:30', now)).toBe(Date.UTC(2026, 2, 28, 23, 30))
  } finally {
    process.env.TZ = TZ
  }
})
