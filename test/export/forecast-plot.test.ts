import { expect, test } from 'vitest'
import { forecastPlot } from '../../src/export/forecast-plot.ts'
import { textWidth } from '../../src/lib/text.ts'
import { around, outlookOf } from './outlook.ts'

const plain = { columns: 80, rows: 12, ascii: false, colour: false }
const crossing = outlookOf({
  limit: {
    threshold: 0.74,
    direction: 'above',
    time: { kind: 'heading', eta: { earliest: 480, likely: 720, latest: 900 } },
  },
})

test('history, what is expected, its band, the limit and when it is reached', () => {
  expect(forecastPlot(crossing, plain)).toMatchSnapshot()
})

test('the same in ASCII', () => {
  const text = forecastPlot(crossing, { ...plain, ascii: true })
  expect(text).toMatchSnapshot()
  expect(text).toMatch(/^[\x0a\x20-\x7e]*$/)
})

test('it takes the columns there are, whatever the values', () => {
  const shapes = [
    crossing,
    outlookOf({ value: 0, history: { stepMs: 1000, values: [0, 0, 0] }, ahead: [around(0, 0), around(0, 0)] }),
    outlookOf({ history: { stepMs: 1000, values: [Number.NaN, 0.5, Number.NaN, 0.5] } }),
    outlookOf({ series: 'data.csv', history: { stepMs: 60_000, values: [-1e15, 1e15] }, ahead: [around(1e15, 1e12)] }),
    outlookOf({ history: { stepMs: 1, values: Array.from({ length: 5000 }, (_, at) => at % 7) } }),
  ]
  for (const outlook of shapes) {
    for (const columns of [30, 40, 80, 200]) {
      for (const rows of [5, 16, 40]) {
        const lines = forecastPlot(outlook, { ...plain, columns, rows })
          .trimEnd()
          .split('\n')
        for (const line of lines) expect(textWidth(line), line).toBeLessThanOrEqual(columns)
        expect(lines.filter((line) => /[┤│]/.test(line)).length).toBeGreaterThanOrEqual(rows)
      }
    }
  }
})

test('colours are SGR around the same text', () => {
  const text = forecastPlot(crossing, { ...plain, colour: true })
  expect(text).toContain('\x1b[0;31m')
  const bare = text.replaceAll(/\x1b\[[\d;]*m/g, '').split('\n')
  expect(bare.map((line) => line.trimEnd())).toEqual(forecastPlot(crossing, plain).split('\n'))
  // Nothing is left coloured behind a line.
  for (const line of text.split('\n').filter((one) => one.includes('\x1b'))) expect(line).toMatch(/\x1b\[0m( \S.*)?$/)
})

test('a gap in the history is a gap in its line', () => {
  const values = Array.from({ length: 31 }, (_, minute) => (minute > 9 && minute < 20 ? Number.NaN : 0.6))
  const text = forecastPlot(outlookOf({ history: { stepMs: 60_000, values } }), plain)
  const row = text.split('\n').find((line) => line.includes('──────')) ?? ''
  expect(row).toMatch(/─{10,} {10,}─{10,}/)
})

test('nothing is drawn of what nothing is known of', () => {
  expect(forecastPlot(outlookOf({ ahead: [], samples: 3 }), plain)).toBe(
    'disk_used_ratio{mount="/var"}  70 % now, 3 samples in 30 min\ntoo few samples: 3 of 30\n',
  )
})
