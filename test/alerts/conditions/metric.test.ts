import { expect, test } from 'vitest'
import type { MetricCondition } from '../../../src/model/alert-definition.ts'
import { Court, rule, states, turns } from '../court.ts'

const HEAT = 'gpu_temperature_celsius'
const CARD = `${HEAT}{gpu="0"}`

function on(limit: Partial<MetricCondition>, metric = HEAT) {
  return rule({ name: 'heat', forMs: 0, when: { kind: 'metric', metric, where: {}, ...limit } })
}

test('each series of the metric is judged for itself, `where` leaves only some', () => {
  const [root, at] = ['disk_used_ratio{mount="/"}', 'disk_used_ratio{mount="/var"}'] as const
  const values = { [root]: 0.95, [at]: 0.91, memory_used_ratio: 1 }
  const all = new Court([on({ above: 0.9 }, 'disk_used_ratio')])
  expect(states(all.values(0, values))).toEqual(['heat / firing', 'heat /var firing'])
  const one = new Court([on({ above: 0.9, where: { mount: '/var' } }, 'disk_used_ratio')])
  expect(states(one.values(0, values))).toEqual(['heat /var firing'])
  const none = new Court([on({ above: 0.9, where: { mount: '/var', type: 'ext4' } }, 'disk_used_ratio')])
  expect(states(none.values(0, values))).toEqual([])
})

test('`below` is wrong on the other side, its peak is the least', () => {
  const court = new Court([on({ below: 10, clear: 20 })])
  expect(states(court.values(0, { [CARD]: 10 }))).toEqual([])
  expect(court.values(1000, { [CARD]: 5 }).alerts).toMatchObject([{ threshold: 10, direction: 'below' }])
  court.values(2000, { [CARD]: 7 })
  expect(states(court.values(3000, { [CARD]: 19 }))).toHaveLength(1)
  expect(court.values(4000, { [CARD]: 20 }).transitions[0]).toMatchObject({ kind: 'resolved', peak: 5 })
})

test('`outside` is wrong on both sides, with the limit of the side it is on', () => {
  const court = new Court([on({ outside: [10, 80], clear: 50 })])
  expect(states(court.values(0, { [CARD]: 80 }))).toEqual([])
  expect(court.values(1000, { [CARD]: 81 }).alerts).toMatchObject([{ threshold: 80, direction: 'above', value: 81 }])
  // In between it stays what it was.
  expect(court.values(2000, { [CARD]: 51 }).alerts).toMatchObject([{ threshold: 80, direction: 'above' }])
  const cold = court.values(3000, { [CARD]: 9 })
  expect(turns(cold)).toEqual([])
  expect(cold.alerts).toMatchObject([{ threshold: 10, direction: 'below', peak: 9 }])
  expect(states(court.values(4000, { [CARD]: 49 }))).toHaveLength(1)
  expect(turns(court.values(5000, { [CARD]: 50 }))).toEqual(['resolved heat cleared'])
})

test('`absent` is wrong while no series that is selected has a value', () => {
  const court = new Court([on({ absent: true, where: { gpu: '0' } })])
  const begun = court.values(0, { [`${HEAT}{gpu="1"}`]: 40 })
  expect(begun.alerts).toMatchObject([
    { series: CARD, value: Number.NaN, subject: 'gpu 0', text: 'no value', labels: { gpu: '0' } },
  ])
  expect(turns(court.values(60_000, {}))).toEqual([])
  expect(turns(court.values(600_000, {}))).toEqual([])
  expect(turns(court.values(601_000, { [CARD]: 40 }))).toEqual(['resolved heat cleared'])
})

test('without words of its own a rule speaks as the built-in one on the same side of the metric does, else in numbers', () => {
  const text = (condition: Partial<MetricCondition>, metric: string, value: number, key = metric) =>
    new Court([on(condition, metric)]).values(0, { [key]: value }).alerts.map((one) => `${one.subject} ${one.text}`)[0]
  expect(text({ above: 0.5 }, 'disk_used_ratio', 0.6, 'disk_used_ratio{mount="/srv"}')).toBe('/srv 60 % used')
  expect(text({ below: 0.5 }, 'memory_used_ratio', 0.4)).toBe('memory 40 % < 50 %')
  expect(text({ above: 2.5 }, 'load_1m', 4)).toBe('load 1m 4 > 2.5')
  expect(text({ above: 3 * 2 ** 30 }, 'process_memory_bytes', 2 ** 32, 'process_memory_bytes{process="node"}')).toBe(
    'node 4.0 GiB > 3 GiB',
  )
  expect(text({ above: 0.5 }, 'core_used_ratio', 0.96, 'core_used_ratio{cpu="3"}')).toBe('cpu 3 96 % > 50 %')
})

test('where a rule makes an exception no alert begins', () => {
  const court = new Court([{ ...on({ above: 80 }), except: ({ gpu }) => gpu === '0' }])
  expect(states(court.values(0, { [CARD]: 90, [`${HEAT}{gpu="1"}`]: 90 }))).toEqual(['heat gpu 1 firing'])
})
