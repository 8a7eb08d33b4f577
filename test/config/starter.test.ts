// biome-ignore-all lint/suspicious/noTemplateCurlyInString: so a configuration names what is expanded.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Discovery, type Found } from '../../src/checks/discover/discovery.ts'
import { BUILT_IN, CONFIG_TYPES } from '../../src/commands/load-configuration.ts'
import { configOf } from '../../src/config/load.ts'
import { type StarterCheck, starterText } from '../../src/config/starter.ts'
import type { CheckResult } from '../../src/model/check.ts'
import type { Listener } from '../../src/model/host.ts'

const FACTS = { host: 'box', date: '2026-11-25', schema: 'file:///usr/lib/healthtop/healthtop.schema.json' }

function load(checks: readonly StarterCheck[]) {
  return configOf(starterText(checks, FACTS), 'healthtop.yaml', {
    types: CONFIG_TYPES,
    builtIn: BUILT_IN,
    env: {},
    check: () => [],
  })
}

/** What is found where these listen and answer to whatever they are asked as. */
async function found(listeners: readonly Listener[]): Promise<readonly Found[]> {
  const discovery = new Discovery({
    ownPid: 1,
    onDefinitions: () => {},
    run: async ({ name }): Promise<CheckResult> => ({
      check: name,
      outcome: { state: 'up' },
      wallMs: 0,
      monoMs: 0,
      durationMs: 1,
      tries: 1,
    }),
  })
  await discovery.take(listeners, 0)
  return discovery.found
}

function written({ definition, candidate }: Found): StarterCheck {
  return { found: 'x', written: { name: definition.name, type: definition.type, ...candidate.written } }
}

test('what is written is what was found, with every type that is guessed', async () => {
  const listeners = [
    ['sshd', 22],
    ['smtpd', 25],
    ['dnsmasq', 53],
    ['nginx', 80],
    ['nginx', 443],
    ['mysqld', 3306],
    ['postgres', 5432],
    ['redis-server', 6379],
    ['memcached', 11211],
    ['prometheus', 9090],
    [undefined, 4444],
  ].map(([process, port], index) => ({
    protocol: 'tcp' as const,
    address: index % 2 === 0 ? '127.0.0.1' : '::1',
    port: Number(port),
    pid: 100 + index,
    ...(process === undefined ? {} : { process: String(process) }),
  }))
  const services = await found(listeners as unknown as readonly Listener[])
  expect(services).toHaveLength(listeners.length)
  const { checks } = await load(services.map(written))
  expect(checks.map(({ name, type, target, settings }) => ({ name, type, target, settings }))).toEqual(
    services.map(({ definition: { name, type, target, settings } }) => ({ name, type, target, settings })),
  )
})

test('it begins with the line by which editors find the schema, and is right where nothing was found', async () => {
  const text = starterText([], FACTS)
  expect(text.split('\n')[0]).toBe(`# yaml-language-server: $schema=${FACTS.schema}`)
  expect(text).toContain('What healthtop checks on box. Written by healthtop init on 2026-11-25')
  expect((await load([])).checks).toEqual([])
})

test('what stands in it as an example is right as well', async () => {
  const text = starterText([], FACTS)
    .replace('checks: []', 'checks:')
    .replace(/^#(?= {2}- )/gm, '')
    .replace(/^#(?= {4}\w)/gm, '')
  const env = { SHOP_TOKEN: 's3cret', HOME: '/' }
  const more = 'checks:\n  - { name: db, type: tcp, host: localhost, port: 5432 }'
  const { checks } = await configOf(text.replace('checks:', more), 'healthtop.yaml', {
    types: CONFIG_TYPES,
    builtIn: BUILT_IN,
    env,
    check: () => [],
  })
  expect(checks.map(({ type }) => type)).toEqual(['tcp', 'http', 'process', 'file', 'exec', 'icmp', 'tls'])
})

test('and so are its rules, and what is kept of the log', async () => {
  const [before, after] = starterText([], FACTS).split('# alerts:')
  const text = `${before}alerts:${after?.replace(/^# /gm, '').replace(/^What was.*$/m, '')}`
  const context = { types: CONFIG_TYPES, builtIn: BUILT_IN, env: {}, check: () => [] }
  const { alerts, disabled, log } = await configOf(text, 'healthtop.yaml', context)
  expect(alerts.map(({ when }) => when.kind)).toEqual(['metric', 'forecast', 'check', 'event'])
  expect(disabled).toEqual(['cpu-busy'])
  expect(log).toEqual({ keepMs: 14 * 86_400_000, sizeBytes: 500 * 1024 ** 2 })
})

test('names of programs are what they are, whatever YAML or the configuration would make of them', async () => {
  const names = [
    'true',
    'No',
    'null',
    '~',
    '12',
    '1e3',
    '0x1F',
    '2026-11-25',
    '1:30',
    'a:',
    'a:b:',
    'a: b',
    '- a',
    '? a',
    '# a',
    'a #b',
    '&a',
    '*a',
    '!a',
    '%a',
    '@a',
    '`a`',
    '{a}',
    '[a]',
    'a, b',
    "it's",
    'a "b" \\n',
    '<<',
    '=',
    '---',
    '...',
    '.inf',
    '${HOME}',
    '$${HOME}',
    '${file:/etc/passwd}',
    '${',
    'naïve 🐱',
    '(sd-pam)',
  ]
  const checks = names.map((name) => ({ found: 'x', written: { name, type: 'process', match: name } }))
  const loaded = await load(checks)
  expect(loaded.checks.map(({ name }) => name)).toEqual(names)
  expect(loaded.checks.map(({ settings }) => settings.match)).toEqual(names.map((text) => ({ text })))
  expect(loaded.secrets).toEqual([])
})

test('any text that is safe comes back', async () => {
  const text = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 }).filter((one) => one.trim() === one)
  await fc.assert(
    fc.asyncProperty(text, async (sent) => {
      const settings = { name: 'x', type: 'tcp', host: '::1', port: 1, send: sent }
      const { checks } = await load([{ found: 'x', written: settings }])
      expect(checks[0]?.settings.send).toBe(sent)
    }),
    { numRuns: 200 },
  )
})
