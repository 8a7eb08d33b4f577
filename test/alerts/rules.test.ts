import { expect, test } from 'vitest'
import { builtinRules } from '../../src/alerts/builtin.ts'
import { rulesOf } from '../../src/alerts/rules.ts'
import type { AlertCondition, AlertDefinition } from '../../src/model/alert-definition.ts'

function definition(name: string, when: AlertCondition, parts: Partial<AlertDefinition> = {}): AlertDefinition {
  const rest = {
    forMs: 5000,
    keepMs: 0,
    severity: 'critical',
    labels: { team: 'ops' },
    origin: 'healthtop.yaml:3',
  } as const
  return { name, when, ...rest, ...parts }
}

const space = (above: number, where = {}): AlertCondition => ({
  kind: 'metric',
  metric: 'disk_used_ratio',
  where,
  above,
})
const builtIn = (name: string) => builtinRules.find((rule) => rule.name === name)!

test('with nothing configured they are the built-in ones', () => {
  expect(rulesOf([], [])).toEqual(builtinRules)
})

test('a rule of another name stands behind them', () => {
  const mine = definition('mine', space(0.5))
  expect(rulesOf([mine], [])).toEqual([...builtinRules, mine])
})

test('one that is switched off is not there', () => {
  const names = rulesOf([], ['disk-full']).map(({ name }) => name)
  expect(names).toEqual(builtinRules.map(({ name }) => name).filter((name) => name !== 'disk-full'))
})

test('one of the same name stands in its place, with its own limits and the same words', () => {
  const mine = definition('disk-full', space(0.99))
  const rules = rulesOf([mine], [])
  expect(rules).toHaveLength(builtinRules.length)
  const at = builtinRules.findIndex(({ name }) => name === 'disk-full')
  const { level, subject, text } = builtIn('disk-full')
  expect(text).toBeDefined()
  expect(rules[at]).toMatchObject({ ...mine, level, subject, text })
})

test('one that looks at something else has nothing of the built-in one but its name', () => {
  const other = definition('disk-full', { kind: 'metric', metric: 'load_1m', where: {}, above: 4 })
  expect(rulesOf([other], []).find(({ name }) => name === 'disk-full')).toEqual(other)
  const below = definition('disk-full', { kind: 'metric', metric: 'disk_used_ratio', where: {}, below: 0.1 })
  expect(rulesOf([below], []).find(({ name }) => name === 'disk-full')).toEqual(below)
})

test('series that a built-in rule leaves out are left out of its replacement, unless it names its own', () => {
  for (const rule of builtinRules) {
    if (rule.except === undefined) continue
    const when = rule.when
    const own = definition(rule.name, when)
    expect(rulesOf([own], []).find(({ name }) => name === rule.name)?.except).toBe(rule.except)
    if (!('where' in when)) continue
    const named = definition(rule.name, { ...when, where: { any: 'thing' } })
    expect(rulesOf([named], []).find(({ name }) => name === rule.name)?.except).toBeUndefined()
  }
})
