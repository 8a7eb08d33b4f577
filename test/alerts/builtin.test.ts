import { expect, test } from 'vitest'
import { builtinRules } from '../../src/alerts/builtin.ts'
import { metricOf } from '../../src/model/catalogue/catalogue.ts'

test('names are unique and every rule is about a metric that has a ring', () => {
  expect(new Set(builtinRules.map((rule) => rule.name)).size).toBe(builtinRules.length)
  for (const rule of builtinRules) {
    expect(rule.name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(metricOf(rule.metric), rule.metric).toBeDefined()
    expect(metricOf(rule.metric)?.derivation.kind).not.toBe('counter')
  }
})

test('each has one limit inside the metric’s bounds, and clears on its good side', () => {
  for (const { name, metric, above, below, clear } of builtinRules) {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = metricOf(metric)?.bounds ?? {}
    expect(
      [above, below].filter((limit) => limit !== undefined),
      name,
    ).toHaveLength(1)
    if (above !== undefined) {
      expect(above, name).toBeGreaterThan(min)
      expect(above, name).toBeLessThan(max)
      expect(clear, name).toBeLessThan(above)
    } else {
      expect(below, name).toBeGreaterThan(min)
      expect(below, name).toBeLessThanOrEqual(max)
      expect(clear ?? below, name).toBeGreaterThanOrEqual(below as number)
    }
  }
})

test('of two rules on one metric the critical one has the higher limit', () => {
  for (const critical of builtinRules.filter((rule) => rule.severity === 'critical')) {
    for (const other of builtinRules.filter((rule) => rule.metric === critical.metric && rule.severity === 'warning')) {
      expect(critical.above).toBeGreaterThan(other.above as number)
    }
  }
})

test('wording names the subject and the number', () => {
  const say = (name: string, value: number, labels = {}) => {
    const rule = builtinRules.find((one) => one.name === name)!
    return `${rule.subject(labels)} ${rule.text(value, rule.above as number)}`
  }
  expect(say('disk-full', 0.97, { mount: '/var' })).toBe('/var 97 % used')
  expect(say('memory-out', 0.98)).toBe('memory 98 % used')
  expect(say('disks-stalled', 0.35)).toBe('disks every task stalled 35 % of the time')
  expect(say('swap-thrashing', 12.4e6)).toBe('swap 12.4 MB/s read back')
  expect(say('cpu-throttled', 7)).toBe('cpu held back by heat 7 times a second')
  expect(say('files-gone', 0.96)).toBe('open files 96 % of the limit')
  expect(say('conntrack-almost-full', 0.83)).toBe('tracked connections 83 % of the limit')
  expect(say('clock-unsynchronised', 0)).toBe('clock not synchronised')
  expect(say('listen-queue-overflows', 12)).toBe('listen queue overflows: 12 connections a second turned away')
  expect(say('network-errors', 3, { interface: 'eth0' })).toBe('eth0 3 packets a second damaged or not sent')
  expect(say('cpu-too-hot', 97.4)).toBe('cpu 97 °C')
  expect(say('battery-low', 0.08, { battery: 'BAT0' })).toBe('BAT0 8.0 % left')
})
