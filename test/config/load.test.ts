import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findConfig, readConfigFile } from '../../src/config/file.ts'
import { configOf } from '../../src/config/load.ts'
import { ConfigError, type Problem } from '../../src/config/problem.ts'

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

const errors = (text: string, more: readonly Problem[] = []) =>
  refusal(() => configOf(text, '/etc/healthtop/healthtop.yaml', () => more))

test('an empty file, and one of comments, says nothing', () => {
  for (const text of ['', '\n', '# interval: 1s\n', '---\n', '{}'])
    expect(configOf(text, 'x.yaml', () => [])).toEqual({})
})

test('every section is read', () => {
  const text = 'interval: 500ms\nkeys:\n  quit: x\n  sort: [s, F6, 5]\n  focus.next: 7\n'
  expect(configOf(text, 'x.yaml', () => [])).toEqual({
    interval: 500,
    keys: { quit: ['x'], sort: ['s', 'F6', '5'], 'focus.next': ['7'] },
  })
})

test('everything that is wrong is told at once, each with line, column and what was meant', () => {
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
  expect(errors(text, [clash])).toEqual([
    '/etc/healthtop/healthtop.yaml cannot be used:',
    'healthtop.yaml:2:1 intervall: there is no "intervall" here; did you mean interval?',
    'healthtop.yaml:3:1 interval: expected a duration such as 500ms, 3s or 1m, got "fast"',
    'healthtop.yaml:6:3 keys.quti: there is no command "quti"; did you mean quit?',
    'healthtop.yaml:7:3 keys.sort: expected a key such as x, F5 or C-x, or a list of keys, got a mapping; quote signs',
  ])
})

test('the sections that are right are checked further though others are wrong', () => {
  const seen: unknown[] = []
  const check = (config: unknown) => {
    seen.push(config)
    return []
  }
  refusal(() => configOf('interval: 1\nkeys: { quit: x }', 'x.yaml', check))
  expect(seen).toEqual([{ keys: { quit: ['x'] } }])
})

test('an interval has bounds, and is no bare number', () => {
  expect(errors('interval: 10ms')[1]).toBe('healthtop.yaml:1:1 interval: expected 200ms to 1h, got "10ms"')
  expect(errors('interval: 5')[1]).toContain('expected a duration such as 500ms, 3s or 1m, got 5')
  expect(errors('interval:')[1]).toContain('got nothing')
})

test('a mistake in a list is told where it stands in the list', () => {
  const clash = { path: ['keys', 'sort', 1], text: 'no' }
  expect(errors('keys:\n  sort:\n    - s\n    - F66\n', [clash])[1]).toBe('healthtop.yaml:4:7 keys.sort[1]: no')
  expect(errors('keys: &k\n  sort: [s, F66]\n', [clash])[1]).toBe('healthtop.yaml:2:13 keys.sort[1]: no')
})

test('what is no mapping, no YAML, or could be read in two ways is refused with its place', () => {
  expect(errors('- interval')[1]).toBe('healthtop.yaml:1:1 expected sections such as interval: 1s, got a list')
  expect(errors('interval: 1s\ninterval: 2s')[1]).toMatch(/^healthtop\.yaml:2:1 not YAML: map keys must be unique/)
  expect(errors('keys: [')[1]).toMatch(/^healthtop\.yaml:1:\d+ not YAML: /)
  expect(errors('keys: { quit: !x y }')[1]).toMatch(/^healthtop\.yaml:1:15 not YAML: unresolved tag/)
  expect(errors('interval: 1s\n---\ninterval: 2s')[1]).toBe(
    'healthtop.yaml:2:1 there is more than one document: --- begins another',
  )
  expect(errors('keys: *nobody')[1]).toMatch(/not YAML/)
})

test('who has many mistakes, or a long one, is not drowned in them', () => {
  const many = errors(Array.from({ length: 1000 }, (_, line) => `k${line}: 1`).join('\n'))
  expect(many).toHaveLength(22)
  expect(many[20]).toContain('healthtop.yaml:20:1 k19: there is no "k19" here')
  expect(many[21]).toBe('and 980 more')
  expect(errors(`interval: ${'x'.repeat(100_000)}\n${'y'.repeat(900)}: 1`).join('').length).toBeLessThan(600)
})

test('a key that is no text is an error, and no warning of the library', async () => {
  const warnings: Error[] = []
  const hear = (warning: Error) => void warnings.push(warning)
  process.on('warning', hear)
  expect(errors('? [a, b]\n: 1')[1]).toMatch(/^healthtop\.yaml:1:\d+ .*there is interval, keys$/)
  await new Promise(setImmediate)
  process.off('warning', hear)
  expect(warnings).toEqual([])
})

test('what is quoted from the file cannot drive the terminal', () => {
  expect(errors('interval: "\\e[2Jfast"').join('')).not.toContain('\u001b')
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
