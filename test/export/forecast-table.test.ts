import { expect, test } from 'vitest'
import type { ForecastReport } from '../../src/export/forecast-json.ts'
import { forecastOverview, forecastTable, sourceLine } from '../../src/export/forecast-table.ts'
import type { Outlook } from '../../src/export/outlook.ts'
import { textWidth } from '../../src/lib/text.ts'
import { around, limitOf, NOW_MS, outlookOf } from './outlook.ts'

const wide = { columns: 80, ascii: false }
const { perHour: _, record: __, ...still } = limitOf()

const rate = (name: string): Outlook =>
  outlookOf({
    series: `${name}{interface="eth0"}`,
    unit: 'bytes_per_second',
    value: 38e6,
    stepMs: 1000,
    horizonMs: 300_000,
    ahead: Array.from({ length: 300 }, (_, step) => around(38e6 + step * 1e4, 1e6)),
  })

const limits: ForecastReport['limits'] = [
  { ...limitOf(), value: 0.91 },
  {
    ...limitOf({ series: 'memory_used_ratio', subject: 'memory', limit: '90 %', family: 'memory', threshold: 0.9 }),
    time: { kind: 'heading', eta: { earliest: 3600, likely: 7200 } },
    value: 0.71,
    perHour: -0.0004,
  },
  { ...still, subject: '/a/mount/with/a/name/that/nobody/would/want/to/read', time: { kind: 'steady' }, value: 0.23 },
  { ...still, subject: '/home', time: { kind: 'too soon' }, value: 0.61 },
  { ...still, subject: '/boot', time: { kind: 'reached' }, value: 0.97 },
  {
    ...still,
    series: 'check_certificate_seconds{check="shop"}',
    subject: 'shop',
    limit: 'certificate',
    family: 'check',
    time: { kind: 'heading', eta: { earliest: 777_600, likely: 777_600, latest: 777_600 } },
    value: 777_600,
  },
  { ...still, series: 'files_used_ratio', subject: 'open files', family: 'kernel', time: { kind: 'unknown' } },
]
const report: ForecastReport = {
  whole: true,
  source: { kind: 'sampled', overMs: 60_000 },
  nowMs: NOW_MS,
  horizonMs: 300_000,
  series: [
    outlookOf({
      stepMs: 1000,
      horizonMs: 300_000,
      ahead: Array.from({ length: 300 }, (_, s) => around(0.7 + s / 9000, 0.01)),
    }),
    rate('network_receive_bytes_per_second'),
    rate('network_transmit_bytes_per_second'),
    outlookOf({ series: 'load_1m', unit: 'count', value: 1.25, samples: 12, ahead: [] }),
  ],
  limits,
}

test('a machine has its limits, soonest first, and its main series, within the columns there are', () => {
  const text = forecastOverview(report, wide)
  expect(text).toMatchSnapshot()
  for (const columns of [40, 60, 80, 120])
    for (const line of forecastOverview(report, { ...wide, columns })
      .trimEnd()
      .split('\n'))
      expect(textWidth(line), line).toBeLessThanOrEqual(columns)
})

test('without a unicode terminal there is ASCII alone', () => {
  expect(forecastOverview(report, { columns: 200, ascii: true })).toMatch(/^[\x0a\x20-\x7e]*$/)
  expect(forecastTable([outlookOf()], { columns: 200, ascii: true })).toMatch(/^[\x0a\x20-\x7e]*$/)
})

test('a machine without limits says so', () => {
  expect(forecastOverview({ ...report, limits: [], series: [] }, wide)).toBe('no limits are known\n')
})

test('a series has its horizons, its bands in one unit, and the limit that was asked about', () => {
  const limit = {
    threshold: 0.95,
    direction: 'above' as const,
    time: { kind: 'heading' as const, eta: { earliest: 9600, likely: 11_400, latest: 14_700 } },
  }
  expect(forecastTable([outlookOf({ limit })], wide)).toMatchSnapshot()
})

test('a limit is told as it stands', () => {
  const said = (time: NonNullable<Outlook['limit']>['time'], direction: 'above' | 'below' = 'above') =>
    forecastTable([outlookOf({ limit: { threshold: 0.95, direction, time } })], wide)
      .trimEnd()
      .split('\n')
      .at(-1)
  expect(said({ kind: 'heading', eta: { earliest: 90, likely: 300 } })).toBe(
    '95 % in 5 min (from 2 min on), at 14:37:07',
  )
  expect(said({ kind: 'heading', eta: { earliest: 86_400, likely: 2 * 86_400, latest: 40 * 86_400 } })).toBe(
    '95 % in 2 d (1 d – over 30 d), at Wed 14:32',
  )
  expect(said({ kind: 'reached' })).toBe('above 95 % now')
  expect(said({ kind: 'reached' }, 'below')).toBe('below 95 % now')
  expect(said({ kind: 'steady' })).toBe('95 %: does not head there')
  expect(said({ kind: 'too soon' })).toBe('95 %: too soon to say')
  expect(said({ kind: 'unknown' })).toBe('95 %: not known')
})

test('a series with too little data says how much it has', () => {
  const { value: _value, ...unknown } = outlookOf({ ahead: [], samples: 12 })
  expect(forecastTable([unknown], wide)).toBe(
    'disk_used_ratio{mount="/var"}  not known now, 12 samples in 30 min\n\ntoo few samples: 12 of 30\n',
  )
})

test('one of the log is told by its minutes', () => {
  const { value: _value, ...unknown } = outlookOf({ ahead: [], samples: 12, minutes: true })
  expect(forecastTable([unknown], wide)).toBe(
    'disk_used_ratio{mount="/var"}  not known now, 12 minutes in 31 min\n\ntoo few minutes: 12 of 30\n',
  )
})

test('where it all comes from is told, but of a file', () => {
  expect(sourceLine({ kind: 'log', overMs: 3 * 86_400_000 })).toBe('from 3 d of log')
  expect(sourceLine({ kind: 'log', overMs: 3 * 86_400_000 - 40_000 })).toBe('from 3 d of log')
  expect(sourceLine({ kind: 'log', overMs: 53 * 3_600_000 })).toBe('from 2 d 5 h of log')
  expect(sourceLine({ kind: 'log', overMs: 86_400_000 - 20_000 })).toBe('from 1 d of log')
  expect(sourceLine({ kind: 'log', overMs: 45 * 60_000 })).toBe('from 45 min of log')
  expect(sourceLine({ kind: 'sampled', overMs: 60_000 })).toBe('sampled for 1 min')
  expect(sourceLine({ kind: 'sampled', overMs: 90_000 })).toBe('sampled for 90 s')
  expect(sourceLine({ kind: 'file', overMs: 90_000 })).toBeUndefined()
})

test('where less can be said than was asked for, rows end where it does', () => {
  const text = forecastTable([outlookOf({ horizonMs: 4 * 3_600_000, ahead: outlookOf().ahead.slice(0, 4) })], wide)
  const times = text
    .split('\n')
    .slice(3, 6)
    .map((line) => line.slice(0, 6).trim())
  expect(times).toEqual(['1 min', '2 min', '4 min'])
  expect(text.split('\n').slice(6)).toEqual(['', 'nothing can be said beyond 4 min: it was not seen for longer', ''])
})
