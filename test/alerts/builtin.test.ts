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
  for (const rule of builtinRules) {
    expect(rule.below).toBeUndefined()
    expect(rule.above).toBeGreaterThan(0)
    expect(rule.above).toBeLessThan(1)
    expect(rule.clear).toBeLessThan(rule.above as number)
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
})
