import { expect, test } from 'vitest'
import type { Rule } from '../../../src/alerts/rule.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import { createRecorder } from '../../../src/log/recorder.ts'
import type { Frame } from '../../../src/model/frame.ts'
import { gauges, START_MS } from '../samples.ts'

const RULES = 1000
const rules = Array.from(
  { length: RULES },
  (_, at): Rule => ({
    name: `rule-${at}`,
    when: { kind: 'metric', metric: 'cpu_used_ratio', where: {}, above: at / (2 * RULES) },
    forMs: 0,
    keepMs: 0,
    severity: at % 2 === 0 ? 'warning' : 'critical',
    labels: {},
    origin: `healthtop.yaml:${at + 1}`,
  }),
)

/** Rules on one series and side are one alert to people: here each has a series of its own. */
const values = (value: number) =>
  Object.fromEntries(rules.map((_, at) => [`core_used_ratio{core="${at}"}`, value] as const))
const ofCores = rules.map((rule, at): Rule => {
  const when = { kind: 'metric', metric: 'core_used_ratio', where: { core: String(at) }, above: 0.9 } as const
  return { ...rule, when }
})

test('a thousand rules that fire in one second are one incident, and all of it is in the log', () => {
  const engine = createEngine({ rules: ofCores })
  const recorder = createRecorder({ run: { pid: 1, version: '0', interval_ms: 1000 } })
  const lines: { readonly kind: string; readonly id?: string; readonly state?: string }[] = []
  const at = (second: number, value: number): Frame => {
    const frame = engine.accept(gauges(second * 1000, values(value)))
    lines.push(...recorder.take(frame))
    return frame
  }
  at(0, 0.5)
  const fired = at(1, 0.99)
  expect(fired.alerts).toHaveLength(RULES)
  expect(new Set(fired.alerts.map(({ incident }) => incident)).size).toBe(1)
  expect(fired.records).toHaveLength(RULES)
  expect(fired.reasons[0]?.verdict).toBe('critical')
  at(2, 0.98)
  const over = at(3, 0.1)
  expect(over.alerts).toEqual([])
  const alerts = lines.filter(({ kind }) => kind === 'alert')
  for (const state of ['firing', 'resolved']) {
    const ids = new Set(alerts.filter((line) => line.state === state).map(({ id }) => id))
    expect(ids.size, state).toBe(RULES)
  }
  const told = lines.filter((line) => line.kind === 'event' && 'event' in line && line.event === 'alert')
  expect(told).toHaveLength(2 * RULES)
  expect(fired.wallMs).toBe(START_MS + 1000)
})
