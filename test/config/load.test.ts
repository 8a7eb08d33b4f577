import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findConfig, readConfigFile } from '../../src/config/file.ts'
import { configOf } from '../../src/config/load.ts'
import { ConfigError, type Problem } from '../../src/config/problem.ts'
import { BUILT_IN, configured, mistakes, TYPES } from './types.ts'

const folder = mkdtempSync(join(tmpdir(), 'healthtop-load-'))
afterAll(() => rmSync(folder, { recursive: true }))

function refusal(run: () => unknown): string[] {
  try {
    run()
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  return []
}

const PATH = '/etc/healthtop/healthtop.yaml'
const errors = (text: string, more: readonly Problem[] = []) => mistakes(text, { path: PATH, more })
/** The first thing that is wrong. */
const error = async (text: string, more: readonly Problem[] = []) => (await errors(text, more))[0] ?? ''

test('an empty file, and one of comments, says nothing', async () => {
  for (const text of ['', '\n', '# interval: 1s\n', '---\n', '{}', 'checks:\ndefaults:\ngroups:\n'])
    expect(await configured(text)).toMatchObject({ checks: [], secrets: [], files: [] })
})

test('every section is read', async () => {
  const text = 'interval: 500ms\nkeys:\n  quit: x\n  sort: [s, F6, 5]\n  focus.next: 7\n'
  expect(await configured(text)).toMatchObject({
    interval: 500,
    keys: { quit: ['x'], sort: ['s', 'F6', '5'], 'focus.next': ['7'] },
  })
})

test('everything that is wrong is told at once, each with line, column and what was meant', async () => {
  const text = [
    '# my own',
    'intervall: 1s',
    'interval: fast',
    'keys:',
    '  quit: x',
    '  quti: y',
    '  sort: { a: 1 }',
  ].join('\n')
  const clash = { path: ['keys', 'quti'], text: 'there is no command "quti"; did you mean quit?' }
  expect(await errors(text, [clash])).toEqual([
    'healthtop.yaml:2:1 intervall: there is no "intervall" here; did you mean interval?',
    'healthtop.yaml:3:1 interval: expected a duration such as 500ms, 3s or 1m, got "fast"',
    'healthtop.yaml:6:3 keys.quti: there is no command "quti"; did you mean quit?',
    'healthtop.yaml:7:3 keys.sort: expected a key such as x, F5 or C-x, or a list of keys, got a mapping; quote signs',
  ])
})

test('the sections that are right are checked further though others are wrong', async () => {
  const seen: unknown[] = []
  const check = (config: unknown) => {
    seen.push(config)
    return []
  }
  const loading = configOf('interval: 1\nkeys: { quit: x }', 'x.yaml', {
    types: TYPES,
    builtIn: BUILT_IN,
    env: {},
    check,
  })
  await expect(loading).rejects.toThrow(ConfigError)
  expect(seen).toEqual([{ keys: { quit: ['x'] } }])
})

test('an interval has bounds, and is no bare number', async () => {
  expect(await error('interval: 10ms')).toBe('healthtop.yaml:1:1 interval: expected 200ms to 1h, got "10ms"')
  expect(await error('interval: 5')).toContain('expected a duration such as 500ms, 3s or 1m, got 5')
  expect(await error('interval:')).toContain('got nothing')
})

test('a mistake in a list is told where it stands in the list', async () => {
  const clash = { path: ['keys', 'sort', 1], text: 'no' }
  expect(await error('keys:\n  sort:\n    - s\n    - F66\n', [clash])).toBe('healthtop.yaml:4:7 keys.sort[1]: no')
  expect(await error('keys: &k\n  sort: [s, F66]\n', [clash])).toBe('healthtop.yaml:2:13 keys.sort[1]: no')
})

test('what is no mapping, no YAML, or could be read in two ways is refused with its place', async () => {
  expect(await error('- interval')).toBe('healthtop.yaml:1:1 expected sections such as interval: 1s, got a list')
  expect(await error('interval: 1s\ninterval: 2s')).toMatch(/^healthtop\.yaml:2:1 not YAML: map keys must be unique/)
  expect(await error('keys: [')).toMatch(/^healthtop\.yaml:1:\d+ not YAML: /)
  expect(await error('keys: { quit: !x y }')).toMatch(/^healthtop\.yaml:1:15 not YAML: unresolved tag/)
  expect(await error('interval: 1s\n---\ninterval: 2s')).toBe(
    'healthtop.yaml:2:1 there is more than one document: --- begins another',
  )
  expect(await error('keys: *nobody')).toMatch(/not YAML/)
})

test('who has many mistakes, or a long one, is not drowned in them', async () => {
  const many = await errors(Array.from({ length: 1000 }, (_, line) => `k${line}: 1`).join('\n'))
  expect(many).toHaveLength(21)
  expect(many[19]).toContain('healthtop.yaml:20:1 k19: there is no "k19" here')
  expect(many[20]).toBe('and 980 more')
  const long = await errors(`interval: ${'x'.repeat(100_000)}\n${'y'.repeat(900)}: 1`)
  expect(long.join('').length).toBeLessThan(600)
})

test('a key that is no text is an error, and no warning of the library', async () => {
  const warnings: Error[] = []
  const hear = (warning: Error) => void warnings.push(warning)
  process.on('warning', hear)
  expect(await error('? [a, b]\n: 1')).toMatch(
    /^healthtop\.yaml:1:\d+ .*there is interval, keys, defaults, groups, checks, alerts, log$/,
  )
  await new Promise(setImmediate)
  process.off('warning', hear)
  expect(warnings).toEqual([])
})

test('brackets without end, and aliases of aliases, are refused', async () => {
  const deep = [
    '['.repeat(100_000),
    '- '.repeat(100_000),
    '{ a: '.repeat(1000),
    Array.from({ length: 450 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
  ]
  for (const text of deep)
    expect(await error(text)).toBe('healthtop.yaml:1:1 not YAML: it is nested more than 200 times')
  const laughs = Array.from(
    { length: 9 },
    (_, at) => `x${at}: &x${at} [${Array(9).fill(at === 0 ? 'ha' : `*x${at - 1}`)}]`,
  )
  expect(await error(laughs.join('\n'))).toMatch(/^healthtop\.yaml:1:1 not YAML: excessive alias count/)
})

test('the message names the file first', async () => {
  const loading = configOf('interval: 1', PATH, { types: TYPES, builtIn: BUILT_IN, env: {}, check: () => [] })
  await expect(loading).rejects.toThrow(/^\/etc\/healthtop\/healthtop\.yaml cannot be used:\n/)
})

test('what is quoted from the file cannot drive the terminal', async () => {
  expect(await error('interval: "\\e[2Jfast"')).not.toContain('\u001b')
})

test('a file that others may write is refused, and says how to mend it', () => {
  const path = join(folder, 'open.yaml')
  writeFileSync(path, 'interval: 2s\n')
  chmodSync(path, 0o644)
  expect(readConfigFile(path)).toBe('interval: 2s\n')
  for (const mode of [0o664, 0o646, 0o622]) {
    chmodSync(path, mode)
    expect(refusal(() => readConfigFile(path))).toEqual([
      `${path}: others may write it, and a configuration can run commands; take that from them: chmod go-w ${path}`,
    ])
  }
})

test('so is one of somebody else, and one in a folder in which others may put another in its place', () => {
  const open = join(folder, 'shared')
  mkdirSync(open)
  const path = join(open, 'healthtop.yaml')
  writeFileSync(path, '')
  chmodSync(open, 0o777)
  expect(refusal(() => readConfigFile(path))[0]).toContain(`others may write its folder`)
  // As in /tmp: only the owner of a file may replace it.
  chmodSync(open, 0o1777)
  expect(readConfigFile(path)).toBe('')
  const mine = process.geteuid?.() ?? 0
  if (mine !== 0) expect(refusal(() => readConfigFile(path, mine + 1))[0]).toContain(`it belongs to user ${mine}`)
})

test('so is a link that others may put another in place of', () => {
  const open = join(folder, 'links')
  mkdirSync(open)
  chmodSync(open, 0o777)
  const path = join(folder, 'linked.yaml')
  writeFileSync(path, '')
  symlinkSync(path, join(open, 'healthtop.yaml'))
  expect(readConfigFile(path)).toBe('')
  expect(refusal(() => readConfigFile(join(open, 'healthtop.yaml')))[0]).toContain(`chmod go-w ${open}`)
})

test.skipIf(process.platform === 'win32')(
  'a device is read as far as a configuration goes, whoever may write it',
  () => {
    expect(readConfigFile('/dev/null')).toBe('')
    expect(refusal(() => readConfigFile('/dev/zero'))).toEqual([
      '/dev/zero: larger than 1 MiB, which no configuration is',
    ])
  },
)

test('what cannot be read says why', () => {
  expect(refusal(() => readConfigFile(join(folder, 'none.yaml')))).toEqual([
    `${join(folder, 'none.yaml')}: there is no such file`,
  ])
  expect(refusal(() => readConfigFile(folder))).toEqual([`${folder}: it is a folder`])
  expect(refusal(() => readConfigFile(tmpdir()))).toEqual([`${tmpdir()}: it is a folder`])
})

test('the file that was named goes before that of the person, and that before that of the machine', () => {
  const env = { XDG_CONFIG_HOME: join(folder, 'home') }
  const own = join(folder, 'home/healthtop/healthtop.yaml')
  const system = join(folder, 'system.yaml')
  expect(findConfig(undefined, env, 'linux', system)).toBeUndefined()
  writeFileSync(system, '')
  expect(findConfig(undefined, env, 'linux', system)).toBe(system)
  mkdirSync(join(folder, 'home/healthtop'), { recursive: true })
  writeFileSync(own, '')
  expect(findConfig(undefined, env, 'linux', system)).toBe(own)
  expect(findConfig('mine.yaml', env, 'linux', system)).toBe('mine.yaml')
})
