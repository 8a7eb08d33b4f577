import { expect, test } from 'vitest'
import { keysOf, missingText, wantedSeries } from '../../../src/commands/forecast/series.ts'
import { frameOf } from '../../fixtures/frame.ts'

const { metrics } = frameOf()

test('a name is all its series, labels choose among them, with or without the quotes that a shell takes', () => {
  const keys = (text: string) => keysOf(wantedSeries(text), metrics)
  expect(keys('cpu_used_ratio')).toEqual(['cpu_used_ratio'])
  expect(keys('disk_used_ratio')).toHaveLength(4)
  expect(keys('disk_used_ratio{mount="/var"}')).toEqual(['disk_used_ratio{mount="/var"}'])
  expect(keys('disk_used_ratio{mount=/var}')).toEqual(['disk_used_ratio{mount="/var"}'])
  expect(keys('disk_used_ratio{mount=/nowhere}')).toEqual([])
})

test('labels may be any text', () => {
  expect(wantedSeries('check_latency_seconds{check="a \\"b\\", c"}')).toEqual({
    name: 'check_latency_seconds',
    labels: { check: 'a "b", c' },
  })
})

test('a series that there is not is told with those that were meant', () => {
  expect(() => wantedSeries('cpu_usd_ratio')).toThrow(
    'there is no series "cpu_usd_ratio"; did you mean cpu_used_ratio?',
  )
  // Longer than what a slip of the finger is looked for in: by its words.
  expect(() => wantedSeries('network_recieve_bytes_per_second')).toThrow(/network_receive_bytes_per_second/)
  expect(() => wantedSeries('memory')).toThrow(/memory_/)
  expect(() => wantedSeries('xyzzy')).toThrow('there is no series "xyzzy"; docs/metrics.md lists them all')
})

test('a counter has a rate', () => {
  expect(() => wantedSeries('disk_read_bytes_total')).toThrow(
    'disk_read_bytes_total: a counter only ever rises; its rate is disk_read_bytes_per_second',
  )
})

test('what is not measured here is told with what is', () => {
  expect(missingText(wantedSeries('battery_charge_ratio'), metrics)).toBe(
    'battery_charge_ratio: not measured on this machine',
  )
  expect(missingText(wantedSeries('disk_used_ratio{mount=/nowhere}'), metrics)).toMatch(
    /^there is no disk_used_ratio with mount="\/nowhere"; there is disk_used_ratio\{mount="\/"\}, /,
  )
})
