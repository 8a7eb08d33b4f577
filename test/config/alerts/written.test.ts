import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { builtinRules } from '../../../src/alerts/builtin.ts'
import { rulesOf } from '../../../src/alerts/rules.ts'
import { CONFIG_TYPES, BUILT_IN as NAMES } from '../../../src/commands/load-configuration.ts'
import { writtenValue } from '../../../src/config/alerts/value.ts'
import { writtenRule } from '../../../src/config/alerts/written.ts'
import { configOf } from '../../../src/config/load.ts'
import { effectiveText, NOTHING } from '../../../src/config/show.ts'
import type { AlertDefinition } from '../../../src/model/alert-definition.ts'
import { parseValue } from '../../../src/model/threshold.ts'
import { configured } from '../types.ts'

const withoutOrigin = ({ origin: _, ...rest }: AlertDefinition) => rest

const TEXT = `checks: [{ name: api, type: http, url: http://x/, labels: { team: web } }]
alerts:
  - { name: a, metric: disk_used_ratio, where: { mount: / }, above: 90%, clear: 85%, for: 1m, keep: 5m }
  - { name: b, metric: disk_used_ratio, reaches: 0.955, within: 4h, severity: critical }
  - { name: c, metric: clock_offset_seconds, outside: [-0.5, 500ms] }
  - { name: d, metric: memory_free_bytes, absent: true, labels: { team: ops } }
  - { name: e, metric: network_receive_bytes_per_second, below: 1MB/s, message: none }
  - { name: f, check: all, is: flapping }
  - { name: g, check: { team: web } }
  - { name: h, process: nginx, is: restarting }
  - { name: i, process: all }
  - { name: j, event: interface_down, subject: eth0, keep: 0 }
  - { name: cpu-busy, enabled: false }
`

test('a rule reads back as the same, whatever it looks at', async () => {
  const first = await configured(TEXT)
  expect(first.alerts).toHaveLength(10)
  const shown = effectiveText(first, '1s')
  const second = await configured(shown)
  expect(second.alerts.map(withoutOrigin)).toEqual(first.alerts.map(withoutOrigin))
  expect(second.disabled).toEqual(['cpu-busy'])
  expect(effectiveText(second, '1s')).toBe(shown)
})

test('what was not said is shown as what holds', async () => {
  const { alerts } = await configured('alerts: [{ name: a, metric: cpu_used_ratio, above: 0.9 }]')
  expect(stringify(alerts.map(writtenRule))).toBe(`- name: a
  metric: cpu_used_ratio
  above: 90%
  for: 0s
  severity: warning
`)
})

test('every built-in rule can be written down, and is the same when it is read', async () => {
  const text = effectiveText(NOTHING, '1s', builtinRules)
  const context = { types: CONFIG_TYPES, builtIn: NAMES, env: {}, check: () => [] }
  const { alerts } = await configOf(text, 'healthtop.yaml', context)
  const plain = ({ name, when, forMs, keepMs, severity, labels, message }: AlertDefinition) => ({
    ...{ name, when, forMs, keepMs, severity, labels },
    ...(message === undefined ? {} : { message }),
  })
  expect(alerts.map(plain)).toEqual(builtinRules.map(plain))
  expect(rulesOf(alerts, []).map(plain)).toEqual(builtinRules.map(plain))
})

test('any value reads back as the very same', () => {
  const units = ['ratio', 'bytes', 'bytes_per_second', 'seconds', 'count', 'celsius', undefined] as const
  const values = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: 0, max: 1e12 }))
  fc.assert(
    fc.property(values, fc.constantFrom(...units), (value, unit) => {
      const written = writtenValue(value, unit)
      expect(typeof written === 'number' ? written : parseValue(written, unit)).toBe(value)
    }),
  )
  expect(writtenValue(0.07, 'ratio')).toBe('7%')
  expect(writtenValue(500 * 1024 ** 2, 'bytes')).toBe('500MiB')
  expect(writtenValue(40e6, 'bytes_per_second')).toBe('40MB/s')
  expect(writtenValue(14 * 86_400, 'seconds')).toBe('14d')
  expect(writtenValue(0.25, 'seconds')).toBe('250ms')
})
