import Ajv from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { CONFIG_TYPES } from '../../src/commands/load-configuration.ts'
import { jsonSchema } from '../../src/config/json-schema.ts'
import { readDocument } from '../../src/config/read-document.ts'

// What editors go by (yaml-language-server) is a validator of JSON Schema like this one.
const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(jsonSchema(CONFIG_TYPES))

/** Where an editor would draw a line below something. */
async function marked(text: string): Promise<readonly string[]> {
  const document = await readDocument(text)
  if ('errors' in document) throw new Error('no YAML')
  validate(document.value)
  return (validate.errors ?? []).map(({ instancePath }) => instancePath)
}

test.each([
  'alerts:\nlog: off',
  'log: { keep: 14d, size: 500MiB }',
  'alerts: [{ name: a, metric: disk_used_ratio, where: { mount: / }, above: 90%, clear: 0.85, for: 0, keep: 5m }]',
  'alerts: [{ name: a, metric: load_1m, outside: [1, 4], labels: { tier: 1 } }]',
  'alerts: [{ name: a, check: { team: web }, is: degraded }, { name: b, process: all }]',
  'alerts: [{ name: a, event: oom_kill, subject: x, severity: critical, message: "{text}" }]',
  'alerts: [{ name: cpu-busy, enabled: false }]',
])('an editor has nothing against %s', async (text) => {
  expect(await marked(text)).toEqual([])
})

test.each([
  ['alerts: [{ metric: load_1m, above: 1 }]', '/alerts/0'],
  ['alerts: [{ name: a, above: 1 }]', '/alerts/0'],
  ['alerts: [{ name: a, metric: load_1m, abov: 1 }]', '/alerts/0'],
  ['alerts: [{ name: a, metric: lod_1m, above: 1 }]', '/alerts/0/metric'],
  ['alerts: [{ name: A B, check: all }]', '/alerts/0/name'],
  ['alerts: [{ name: a, event: alert }]', '/alerts/0/event'],
  ['alerts: [{ name: a, check: all, severity: bad }]', '/alerts/0/severity'],
  ['alerts: [{ name: a, metric: load_1m, outside: [1] }]', '/alerts/0/outside'],
  ['log: { kep: 1d }', '/log'],
  ['log: on', '/log'],
])('an editor marks what is wrong in %s', async (text, place) => {
  expect(await marked(text)).toContain(place)
})
