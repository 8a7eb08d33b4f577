import { expect, test } from 'vitest'
import { configured } from '../types.ts'

const CHECKS = `checks:
  - { name: api, type: http, url: http://x/, labels: { team: web } }
  - { name: db, type: tcp, host: x, port: 1, labels: { team: data } }
`
const rules = async (text: string) => (await configured(`${CHECKS}alerts:\n${text}`)).alerts
const rule = async (keys: string) => (await rules(`  - { name: x, ${keys} }`))[0]
const when = async (keys: string) => (await rule(keys))?.when

test('nothing said is no rule', async () => {
  for (const text of ['', 'alerts:\n', 'alerts: []\n'])
    expect(await configured(text)).toMatchObject({ alerts: [], disabled: [] })
})

test('the rules of the design are read as they are written, each with the line where it stands', async () => {
  const text = `  - name: disk-filling
    metric: disk_used_ratio
    where: { mount: / }
    above: 90%
    clear: 85%
    for: 1m
    keep: 5m
    severity: critical
    labels: { team: storage, tier: 1 }
    message: 'almost full'
  - { name: disk-fills-soon, metric: disk_used_ratio, reaches: 95%, within: 4h, severity: warning }
  - { name: api-down, check: api, severity: critical }
`
  const plain = { forMs: 0, keepMs: 0, labels: {} }
  expect(await rules(text)).toEqual([
    {
      name: 'disk-filling',
      when: { kind: 'metric', metric: 'disk_used_ratio', where: { mount: '/' }, above: 0.9, clear: 0.85 },
      forMs: 60_000,
      keepMs: 300_000,
      severity: 'critical',
      labels: { team: 'storage', tier: '1' },
      message: 'almost full',
      origin: 'healthtop.yaml:5',
    },
    {
      ...plain,
      name: 'disk-fills-soon',
      when: { kind: 'forecast', metric: 'disk_used_ratio', where: {}, reaches: 0.95, withinMs: 4 * 3_600_000 },
      severity: 'warning',
      origin: 'healthtop.yaml:15',
    },
    {
      ...plain,
      name: 'api-down',
      when: { kind: 'check', check: 'api', where: {}, is: 'down' },
      severity: 'critical',
      origin: 'healthtop.yaml:16',
    },
  ])
})

test.each([
  ['metric: cpu_used_ratio, above: 0.9', { above: 0.9 }],
  ['metric: memory_available_bytes, below: 2GiB', { below: 2 * 1024 ** 3 }],
  ['metric: network_receive_bytes_per_second, above: 40MB/s', { above: 40e6 }],
  ['metric: check_latency_seconds, above: 500ms', { above: 0.5 }],
  ['metric: check_certificate_seconds, below: 14d', { below: 14 * 86_400 }],
  ['metric: cpu_temperature_celsius, above: 80', { above: 80 }],
  ['metric: context_switches_per_second, above: 20k', { above: 20_000 }],
  ['metric: load_1m, above: 12.5', { above: 12.5 }],
  ['metric: process_cpu_ratio, above: 150%', { above: 1.5 }],
  ['metric: cpu_frequency_hertz, below: 800MHz', { below: 800e6 }],
  ['metric: clock_offset_seconds, outside: [-0.1, 100ms]', { outside: [-0.1, 0.1] }],
  ['metric: disk_used_ratio, absent: true', { absent: true }],
])('%s is a limit in the unit of the metric', async (keys, limit) => {
  const metric = /metric: (\w+)/.exec(keys)?.[1]
  expect(await when(keys)).toEqual({ kind: 'metric', metric, where: {}, ...limit })
})

test.each([
  ['check: all, is: flapping', { kind: 'check', where: {}, is: 'flapping' }],
  ['check: { team: web }, is: degraded', { kind: 'check', where: { team: 'web' }, is: 'degraded' }],
  ['check: db, is: unknown', { kind: 'check', check: 'db', where: {}, is: 'unknown' }],
  ['process: nginx', { kind: 'process', process: 'nginx', is: 'gone' }],
  ['process: all, is: restarting', { kind: 'process', is: 'restarting' }],
  ['event: oom_kill', { kind: 'event', event: 'oom_kill' }],
  ['event: interface_down, subject: eth0', { kind: 'event', event: 'interface_down', subject: 'eth0' }],
])('%s', async (keys, condition) => {
  expect(await when(keys)).toEqual(condition)
})

test('an event is told of for ten minutes unless something else is said', async () => {
  expect(await rule('event: oom_kill')).toMatchObject({ forMs: 0, keepMs: 600_000 })
  expect(await rule('event: oom_kill, keep: 1h')).toMatchObject({ keepMs: 3_600_000 })
  expect(await rule('event: oom_kill, keep: 0')).toMatchObject({ keepMs: 0 })
})

test('a rule that is not enabled does not count, and a built-in one is switched off by its name', async () => {
  const text = `alerts:
  - { name: cpu-busy, enabled: false }
  - { name: disk-full, enabled: false, metric: disk_used_ratio, above: 99% }
  - { name: mine, enabled: false, metric: load_1m, above: 4 }
  - { name: yours, enabled: true, metric: load_1m, above: 4 }
`
  const { alerts, disabled } = await configured(text)
  expect(alerts.map(({ name }) => name)).toEqual(['yours'])
  expect(disabled).toEqual(['cpu-busy', 'disk-full'])
})

test('a check in which something is wrong can be named all the same', async () => {
  const text = 'checks: [{ name: a, type: tcp, host: x }]\nalerts: [{ name: a-down, check: a }]\n'
  await expect(configured(text)).rejects.toThrow(/^[^\n]*\n[^\n]*port[^\n]*$/)
})

test('what YAML merges and repeats has a place as well', async () => {
  const text = `alerts:
  - &base { name: first, metric: load_1m, above: 4 }
  - { <<: *base, name: second }
`
  expect((await configured(text)).alerts.map(({ name, origin }) => `${name} ${origin}`)).toEqual([
    'first healthtop.yaml:2',
    'second healthtop.yaml:3',
  ])
})

test('labels that checks take from their group or the defaults select them too', async () => {
  const text = `defaults: { labels: { site: a } }
groups: { web: { labels: { team: web } } }
checks: [{ name: api, type: tcp, host: x, port: 1, group: web }]
alerts: [{ name: x, check: { team: web, site: a } }]
`
  expect((await configured(text)).alerts[0]?.when).toEqual({
    kind: 'check',
    where: { team: 'web', site: 'a' },
    is: 'down',
  })
})
