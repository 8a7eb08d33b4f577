import { expect, test } from 'vitest'
import { forecastJson, headingJson } from '../../src/export/forecast-json.ts'
import { snapshotJson } from '../../src/export/snapshot-json.ts'
import { frameOf } from '../fixtures/frame.ts'
import { limitOf, NOW_MS, outlookOf } from './outlook.ts'

/** As it is read on the other side of a pipe. */
const read = (value: object) => JSON.parse(JSON.stringify(value))

const report = {
  whole: false,
  source: { kind: 'log', overMs: 259_200_000 } as const,
  nowMs: NOW_MS,
  horizonMs: 900_000,
  series: [outlookOf()],
  limits: [],
}
const etaOf = (limit: Parameters<typeof limitOf>[0]) => read(headingJson([limitOf(limit)]))

test('has exactly the keys of the contract', () => {
  const found = read(forecastJson(report))
  expect(Object.keys(found)).toEqual(['v', 't', 'horizon_s', 'source', 'source_s', 'series', 'forecasts'])
  expect(found).toMatchObject({ v: 1, t: NOW_MS, horizon_s: 900, source: 'log', source_s: 259_200, forecasts: [] })
  const [series] = found.series
  expect(Object.keys(series)).toEqual(['series', 'unit', 'value', 'step_s', 'mean', 'lo80', 'hi80', 'lo95', 'hi95'])
  expect(series).toMatchObject({ series: 'disk_used_ratio{mount="/var"}', unit: 'ratio', value: 0.7, step_s: 60 })
  for (const list of [series.mean, series.lo80, series.hi80, series.lo95, series.hi95]) expect(list).toHaveLength(15)
  expect(series.lo95[4]).toBeCloseTo(0.7 + 5 / 300 - 0.01)
  expect(series.hi80[4]).toBeCloseTo(0.7 + 5 / 300 + 0.005)
})

test('what is not known is null', () => {
  const { unit: _, value: __, ...rest } = outlookOf({ series: 'data.csv', ahead: [] })
  expect(read(forecastJson({ ...report, series: [rest] })).series[0]).toEqual({
    series: 'data.csv',
    unit: null,
    value: null,
    step_s: 60,
    mean: null,
    lo80: null,
    hi80: null,
    lo95: null,
    hi95: null,
  })
})

test('a limit that was asked about is there in any case, those that are watched when something heads there', () => {
  const limit = { threshold: 0.8, direction: 'above' as const, time: { kind: 'steady' as const } }
  const found = read(
    forecastJson({
      ...report,
      series: [outlookOf({ limit })],
      limits: [limitOf(), limitOf({ time: { kind: 'steady' } })],
    }),
  )
  expect(found.forecasts).toEqual([
    { series: 'disk_used_ratio{mount="/var"}', threshold: 0.8, eta_s: null },
    {
      series: 'disk_used_ratio{mount="/var"}',
      threshold: 0.95,
      eta_s: { earliest: 9600, likely: 11_400, latest: 14_700 },
    },
  ])
  const reached = { ...limit, time: { kind: 'reached' as const } }
  expect(read(forecastJson({ ...report, series: [outlookOf({ limit: reached })] })).forecasts[0].eta_s).toEqual({
    earliest: 0,
    likely: 0,
    latest: 0,
  })
})

test('a latest that may never be is null, and only what heads somewhere is told', () => {
  expect(etaOf({ time: { kind: 'heading', eta: { earliest: 60, likely: 90 } } })[0].eta_s).toEqual({
    earliest: 60,
    likely: 90,
    latest: null,
  })
  for (const kind of ['steady', 'too soon', 'unknown', 'reached'] as const)
    expect(etaOf({ time: { kind } })).toEqual([])
})

test('a snapshot tells the same of its limits', () => {
  const limits = [limitOf(), limitOf({ time: { kind: 'too soon' } })]
  expect(read(snapshotJson(frameOf({ forecasts: limits }))).forecasts).toEqual(read(headingJson(limits)))
})
