import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Rule } from '../../src/alerts/rule.ts'
import type { TimedLimit } from '../../src/alerts/world.ts'
import { above, Court, HOUR, heading, rule, timed } from './court.ts'

test('a thousand rules that fire in one judgement are a thousand alerts, each told once', () => {
  const mounts = Array.from({ length: 1000 }, (_, at) => `/m${at}`)
  const rules = mounts.map((mount) =>
    rule({ name: `full-${mount.slice(1)}`, forMs: 0, when: { ...above(0.9), where: { mount } } as Rule['when'] }),
  )
  const valued = (value: number) =>
    Object.fromEntries(mounts.map((mount) => [`disk_used_ratio{mount="${mount}"}`, value]))
  const court = new Court(rules)
  court.values(0, valued(0.5))
  const fired = court.values(1000, valued(0.95))
  expect(new Set(fired.alerts.map(({ id }) => id)).size).toBe(1000)
  expect(fired.transitions.map(({ kind }) => kind)).toEqual(Array(1000).fill('firing'))
  const goesOn = court.values(2000, valued(0.95))
  expect(goesOn.alerts).toHaveLength(1000)
  expect(goesOn.transitions).toEqual([])
  const over = court.values(3000, valued(0.1))
  expect(over.alerts).toEqual([])
  expect(over.transitions).toHaveLength(1000)
})

const ROOT = 'disk_used_ratio{mount="/"}'
const RULES = [
  rule({ name: 'almost', when: above(0.9, 0.85), forMs: 3000 }),
  rule({ name: 'full', when: above(0.95), forMs: 5000, keepMs: 4000, severity: 'critical' }),
  rule({
    name: 'soon',
    when: { kind: 'forecast', metric: 'disk_used_ratio', where: {}, reaches: 0.95, withinMs: HOUR },
    forMs: 2000,
  }),
]

const looks = fc.record({
  /** Undefined: not known. */
  value: fc.option(fc.constantFrom(0.5, 0.86, 0.91, 0.96), { nil: undefined, freq: 4 }),
  stepMs: fc.constantFrom(1000, 1000, 1000, 20_000, 90_000),
  isGone: fc.integer({ min: 0, max: 19 }).map((one) => one === 0),
  time: fc.constantFrom<TimedLimit | undefined>(
    heading(HOUR / 2),
    heading(2 * HOUR),
    timed('steady'),
    timed('too soon'),
    timed('reached'),
    undefined,
  ),
  /** The rules that there are. */
  rules: fc.constantFrom(RULES, RULES, RULES, RULES.slice(1), RULES.slice(0, 1)),
})

test('whatever happens, what was told to fire ends once, and what shows was told', () => {
  fc.assert(
    fc.property(fc.array(looks, { maxLength: 60 }), (course) => {
      const court = new Court(RULES)
      const firing = new Map<string, string>()
      let at = 0
      for (const { value, stepMs, isGone, time, rules } of course) {
        at += stepMs
        court.rules = rules
        const isKnown = value !== undefined && !isGone
        const values: Record<string, number> = isKnown ? { [ROOT]: value } : {}
        const { alerts, transitions, state } = court.at(at, { values, gone: () => isGone, timeTo: () => time })
        for (const { kind, alert, resolution, heldMs } of transitions) {
          expect(heldMs).toBeGreaterThanOrEqual(0)
          if (kind === 'firing') firing.set(alert.id, alert.name)
          if (kind !== 'resolved') continue
          expect(firing.delete(alert.id)).toBe(true)
          expect(resolution).toBeDefined()
          if (alert.noDataMs !== undefined && value === undefined) expect(['gone', 'removed']).toContain(resolution)
        }
        const going = new Set([...state.values()].map(({ id }) => id))
        for (const id of firing.keys()) expect(going).toContain(id)
        for (const alert of alerts) if (alert.state === 'firing') expect(firing.has(alert.id)).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})
