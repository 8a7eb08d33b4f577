// biome-ignore-all lint/suspicious/noTemplateCurlyInString: so a configuration names what is expanded.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ALERT } from '../../../src/config/sections/alerts.ts'
import { EVENT_KINDS } from '../../../src/model/event.ts'
import { mistakes } from '../types.ts'

const CHECKS = 'checks: [{ name: api, type: http, url: http://x/, labels: { team: web, tier: front } }]\n'
const told = (text: string) => mistakes(`${CHECKS}${text}`, { env: { LIMIT: '90%' } })
/** What is wrong with one rule, without the places. */
const wrong = async (keys: string) =>
  (await told(`alerts:\n  - { name: x, ${keys} }\n`)).map((line) =>
    line.replace(/^healthtop\.yaml:\d+:\d+ alerts\[0\]/, ''),
  )

test('everything that is wrong is told at once, each at its place', async () => {
  const text = `alerts:
  - name: Disk Filling
    metric: disk_usd_ratio
    above: 90%
    for: soon
    severity: fatal
  - name: b
    metric: disk_used_ratio
    where: { mont: / }
    above: lots
    clear: 95
    within: 1h
  - none
  - { name: b, check: apo }
`
  expect(await told(text)).toEqual([
    'healthtop.yaml:3:5 alerts[0].name: expected a name of letters, digits, - _ and ., such as disk-filling, got "Disk Filling"',
    'healthtop.yaml:4:5 alerts[0].metric: there is no metric "disk_usd_ratio"; did you mean disk_used_ratio?',
    'healthtop.yaml:6:5 alerts[0].for: expected a duration such as 500ms, 3s or 1m, got "soon"',
    'healthtop.yaml:7:5 alerts[0].severity: expected one of warning, critical, got "fatal"',
    'healthtop.yaml:10:14 alerts[1].where.mont: disk_used_ratio has no label "mont"; did you mean mount?',
    'healthtop.yaml:11:5 alerts[1].above: expected a share such as 95% or 0.95, got "lots"',
    'healthtop.yaml:12:5 alerts[1].clear: expected a share such as 95% or 0.95, got 95',
    'healthtop.yaml:13:5 alerts[1].within: it belongs to reaches, which does not stand here',
    'healthtop.yaml:14:5 alerts[2]: expected a rule such as { name: disk-filling, metric: disk_used_ratio, above: 90% }, got "none"',
    'healthtop.yaml:15:7 alerts[3].name: alerts[1] has the name "b" already',
    'healthtop.yaml:15:16 alerts[3].check: there is no check "apo"; did you mean api?',
  ])
})

test.each([
  ['for: 1m', ': expected what it looks at: metric, check, process or event'],
  ['metric: load_1m', '.metric: expected beside it what is wrong with it: above, below, outside, absent or reaches'],
  ['metric: load_1m, abov: 4', '.abov: there is no "abov" here; did you mean above?'],
  [
    'metric: disk_read_bytes_total, above: 1',
    '.metric: a counter only ever rises; its rate is disk_read_bytes_per_second',
  ],
  ['metric: 4, above: 1', '.metric: expected the name of a metric such as disk_used_ratio, got 4'],
  [
    'metric: load_1m, where: { mount: / }, above: 4',
    '.where.mount: load_1m has no label "mount"; there is one such series, without labels',
  ],
  ['metric: load_1m, above: [4]', '.above: expected a value such as 90%, 2GiB, 500ms or 80, got a list'],
  ['metric: cpu_used_ratio, above: 100%', '.above: cpu_used_ratio is at most 100%: this never fires'],
  ['metric: cpu_used_ratio, below: 0', '.below: cpu_used_ratio is at least 0%: this never fires'],
  ['metric: cpu_used_ratio, reaches: 120%, within: 1h', '.reaches: cpu_used_ratio is at most 100%: this never fires'],
  ['metric: cpu_used_ratio, above: 90%, clear: 95%', '.clear: expected at most 90%, which is above, got "95%"'],
  ['metric: memory_free_bytes, below: 2GiB, clear: 1GiB', '.clear: expected at least 2GiB, which is below, got "1GiB"'],
  ['metric: load_1m, absent: true, clear: 1', '.clear: it belongs to above and below, not to absent'],
  ['metric: load_1m, absent: false', '.absent: expected true, got false'],
  ['metric: load_1m, outside: [4, 2]', '.outside[1]: expected more than the lower limit, which is 4, got 2'],
  [
    'metric: load_1m, outside: [4]',
    '.outside: expected a lower and an upper limit such as [10%, 90%], got a list of 1',
  ],
  ['metric: cpu_used_ratio, outside: [0, 1]', '.outside: cpu_used_ratio is never outside of that: this never fires'],
  [
    'metric: load_1m, above: 4, reaches: 5, within: 1h',
    '.reaches: a rule has one limit, and above stands here already; write a second rule',
  ],
  [
    'metric: load_1m, above: 4, below: 1',
    '.below: a rule has one limit, and above stands here already; for both sides there is outside: [low, high]; write a second rule',
  ],
  ['metric: load_1m, reaches: 4', '.reaches: expected beside it how far ahead is looked, such as within: 4h'],
  ['metric: load_1m, reaches: 4, within: 1s', '.within: expected 1m to 365d, got "1s"'],
  [
    'metric: load_1m, above: 4, is: down',
    '.is: it belongs to a rule that says check or process, and this one says metric',
  ],
  ['metric: load_1m, above: 4, for: 30d', '.for: expected at most 7d, got "30d"'],
  ['metric: load_1m, above: 4, keep: -1s', '.keep: expected a duration such as 500ms, 3s or 1m, got "-1s"'],
  ['check: api, above: 1', '.above: it belongs to a rule that says metric, and this one says check'],
  ['check: api, is: gone', '.is: expected one of down, degraded, flapping, unknown, got "gone"'],
  ['check: api, is: sick', '.is: expected one of down, degraded, flapping, unknown, gone, restarting, got "sick"'],
  ['check: x1', '.check: there is no check "x1"; name one of checks:, labels, or all'],
  ['check: { taem: web }', '.check.taem: no check has a label "taem"; did you mean team?'],
  ['check: { team: wep }', '.check.team: no check has the label team with the value "wep"; there is web'],
  ['check: {}', '.check: expected labels, such as { team: web }, or all'],
  ['check: 4', '.check: expected the name of a check, labels such as { team: web }, or all, got 4'],
  ['process: nginx, is: down', '.is: expected one of gone, restarting, got "down"'],
  ['event: oom_kil', '.event: there is no event "oom_kil"; did you mean oom_kill?'],
  ['event: alert', '.event: expected what happens, got "alert": an alert on alerts would set itself off'],
  ['event: reboot, for: 1m', '.for: an event has happened or has not; keep says how long it is told of'],
  ['event: reboot, check: api', '.event: a rule looks at one thing, and check stands here already'],
  [
    'check: api, labels: { 1a: x }',
    '.labels: expected names of letters, digits and _ that begin with no digit, got "1a"',
  ],
  ['check: api, message: "{vlaue} of {subject}"', '.message: there is no {vlaue}; did you mean {value}?'],
  ['check: api, message: "half a {"', '.message: "{" alone stands for nothing; "{{" is a brace'],
  ['check: api, message: 4', '.message: expected a text, got 4'],
  ['check: api, enabled: maybe', '.enabled: expected true or false, got "maybe"'],
  ['enabled: false', '.name: there is no built-in rule "x"; docs/alerts.md lists them'],
])('%s is told as such', async (keys, problem) => {
  expect(await wrong(keys)).toEqual([problem])
})

test('what is nothing of a kind is told with all there is', async () => {
  const [line] = await wrong('event: nothing-of-the-kind')
  for (const kind of EVENT_KINDS) if (kind !== 'alert') expect(line).toContain(kind)
})

test('a name of labels in braces is told where they stand', async () => {
  const text = `alerts:\n  - name: x\n    metric: 'disk_used_ratio{mount="/"}'\n    above: 90%\n`
  expect((await told(text))[0]).toContain('expected the name of a metric alone')
})

test('a built-in rule is switched off by its name and nothing else', async () => {
  const text = 'alerts:\n  - { name: cpu-buzy, enabled: false }\n  - { name: disk-full, enabled: false, for: 1m }\n'
  expect(await told(text)).toEqual([
    'healthtop.yaml:3:7 alerts[0].name: there is no built-in rule "cpu-buzy"; did you mean cpu-busy?',
    'healthtop.yaml:4:40 alerts[1].for: a rule that is switched off by its name says nothing else',
  ])
})

test('nothing that stands in an alert comes from a secret', async () => {
  expect(await wrong('metric: cpu_used_ratio, above: "${LIMIT}"')).toEqual([
    '.above: it is shown, and what comes from ${…} never is: write it out',
  ])
  expect(await wrong('check: api, labels: { team: "${LIMIT}" }')).toEqual([
    '.labels.team: it is shown, and what comes from ${…} never is: write it out',
  ])
})

test('whatever is written is right or told, and never breaks the reader', async () => {
  const keys = Object.keys(ALERT.shape)
  const plain = fc.oneof(
    fc.constantFrom('disk_used_ratio', 'load_1m', 'api', 'all', '90%', '1m', 'down', 'gone', 'oom_kill', 'x', ''),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.string({ maxLength: 8 }),
  )
  const value = fc.oneof(plain, fc.array(plain, { maxLength: 3 }), fc.dictionary(fc.string({ maxLength: 4 }), plain))
  const anyRule = fc.dictionary(fc.constantFrom(...keys, 'oddity'), value, { maxKeys: 8 })
  await fc.assert(
    fc.asyncProperty(fc.array(anyRule, { maxLength: 3 }), async (rules) => {
      // JSON is YAML.
      const lines = await mistakes(JSON.stringify({ alerts: rules }))
      for (const line of lines) expect(line).toMatch(/^(healthtop\.yaml:1:\d+ alerts|and \d+ more)/)
    }),
    { numRuns: 300 },
  )
})
