import { expect, test } from 'vitest'
import { metricNamed, VALUE_METRICS } from '../../../src/model/catalogue/named.ts'

test('every metric that has values is found by its name', () => {
  expect(VALUE_METRICS.length).toBeGreaterThan(100)
  for (const name of VALUE_METRICS) expect(metricNamed(name)).toMatchObject({ name })
})

test.each([
  ['cpu_usd_ratio', 'unknown', 'did you mean cpu_used_ratio?'],
  ['CPU_USED_RATIO', 'unknown', 'did you mean cpu_used_ratio?'],
  ['xyzzy', 'unknown', 'docs/metrics.md lists them all'],
  ['disk_read_bytes_total', 'counter', 'a counter only ever rises; its rate is disk_read_bytes_per_second'],
  ['core_seconds_total', 'counter', 'a counter only ever rises; there is no rate of it'],
])('%s is %s: %s', (name, wrong, instead) => {
  expect(metricNamed(name)).toEqual({ wrong, instead })
})

test('of a name that shares words with others these are told', () => {
  expect(metricNamed('swap_usage')).toMatchObject({ instead: expect.stringMatching(/^there is (\w*swap\w*(, )?){4}$/) })
})
