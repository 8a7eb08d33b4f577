import { expect, test } from 'vitest'
import { systemClock } from '../../../src/lib/clock.ts'
import { catalogue, metricOf } from '../../../src/model/catalogue/catalogue.ts'
import { labelsOf } from '../../../src/model/catalogue/labels.ts'
import { parseSeriesKey } from '../../../src/model/series.ts'
import { choosePlatform } from '../../../src/sources/live/choose-platform.ts'
import { measureOnce } from '../../../src/sources/live/once.ts'
import { QUIET } from '../../fixtures/frame.ts'

function wrongly(keys: readonly string[]): readonly string[] {
  return keys.filter((key) => {
    const { name, labels } = parseSeriesKey(key)
    return metricOf(name) !== undefined && Object.keys(labels).sort().join() !== [...labelsOf(name)].sort().join()
  })
}

test('series of this machine have the labels that are said of their metrics', async () => {
  const batches = await measureOnce({ platform: choosePlatform('/'), root: '/', clock: systemClock })
  const keys = batches.flatMap(({ samples }) =>
    samples.flatMap(({ gauges, counters }) => [...Object.keys(gauges), ...Object.keys(counters)]),
  )
  expect(keys.length).toBeGreaterThan(50)
  expect(wrongly(keys)).toEqual([])
}, 60_000)

test('and so have those of other machines', () => {
  expect(wrongly(Object.keys(QUIET))).toEqual([])
})

test('rates and shares have the labels of their counters', () => {
  for (const { name, derivation } of catalogue) {
    const of = derivation.kind === 'rate' ? [derivation.of] : derivation.kind === 'share' ? derivation.of : []
    for (const counter of of) expect(labelsOf(counter), `${name} of ${counter}`).toEqual(labelsOf(name))
  }
})

test.each([
  ['disk_used_ratio', ['mount']],
  ['disk_used_bytes', ['mount']],
  ['disk_busy_ratio', ['device']],
  ['process_cpu_ratio', ['process']],
  ['processes_count', []],
  ['check_phase_seconds', ['check', 'phase']],
  ['check_value', ['check', 'label']],
  ['check_up', ['check']],
  ['cpu_temperature_celsius', []],
  ['power_watts', ['source']],
  ['nothing_of_the_kind', []],
])('%s has %j', (metric, labels) => {
  expect(labelsOf(metric)).toEqual(labels)
})
