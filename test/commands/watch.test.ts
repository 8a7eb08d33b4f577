import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkOptions, UsageError } from '../../src/commands/options.ts'
import { parseTarget, watch } from '../../src/commands/watch.ts'

const BUILD = { version: '0', workerPath: '/nowhere' }
const refused = (text: string): string => {
  try {
    parseTarget(text)
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  throw new Error(`taken: ${text}`)
}

test('a pid, a pattern and a name are told apart', () => {
  expect(parseTarget('4211')).toEqual({ kind: 'pid', pid: 4211 })
  expect(parseTarget('/node .*api/')).toEqual({ kind: 'pattern', source: 'node .*api' })
  expect(parseTarget('nginx')).toEqual({ kind: 'name', name: 'nginx' })
  expect(parseTarget('/^a\\/b c$/')).toEqual({ kind: 'pattern', source: '^a\\/b c$' })
  expect(parseTarget('7z')).toEqual({ kind: 'name', name: '7z' })
})

test.each([
  ['/a(b/', 'unterminated group at character 2'],
  ['/a(b(c)/', 'unterminated group at character 2'],
  ['/ok[a-/', 'unterminated character class at character 3'],
  ['/[(]x(/', 'unterminated group at character 5'],
  ['/a)/', "unmatched ')' at character 2"],
  ['/*x/', 'nothing to repeat at character 1'],
  ['/ab**/', 'nothing to repeat at character 4'],
  ['/x[b-a]/', 'range out of order in character class at character 5'],
])('%s: %s', (text, where) => {
  expect(refused(text)).toBe(`watch: ${text} is no pattern: ${where}`)
})

test('a path is the name of its program, whatever the program is called', () => {
  expect(parseTarget('/usr/sbin/nginx')).toEqual({ kind: 'name', name: 'nginx' })
  expect(parseTarget(process.execPath)).toEqual({ kind: 'name', name: 'node' })
})

test('a number that is no pid, and a pattern with flags, are refused instead of waited for', () => {
  for (const text of ['0', '-1', '+1', '007', '1.5', '1e3', '9'.repeat(20)])
    expect(refused(text)).toBe(`watch: expected a pid, a name or /regex/; ${text} is no pid`)
  expect(refused('/nginx.*worker/i')).toBe('watch: a pattern takes no flags; write /nginx.*worker/')
})

test('nothing, or a pattern that everybody matches, is refused', () => {
  expect(refused('//')).toContain('every process would match')
  expect(refused(' ')).toContain('expected a pid, a name or /regex/')
  expect(refused('/')).toBe('watch: expected a pid, a name or /regex/, got "/"')
})

describe('a pid', () => {
  const options = checkOptions({})
  test('that nobody has any more is a mistake', async () => {
    const child = spawn('true')
    await once(child, 'exit')
    await expect(watch(String(child.pid), options, BUILD)).rejects.toThrow(`there is no process ${child.pid}`)
  })
  test.skipIf(options.platform !== 'procfs')('of a thread is a mistake, and its process is named', async () => {
    const thread = readdirSync('/proc/self/task').find((tid) => Number(tid) !== process.pid)
    expect(thread).toBeDefined()
    await expect(watch(String(thread), options, BUILD)).rejects.toThrow(
      `${thread} is a thread of process ${process.pid}`,
    )
  })
})

test('a pattern that could take for ever is refused before it hangs whoever measures', () => {
  expect(refused('/(a+)+$/')).toBe(
    'watch: /(a+)+$/ could take for ever: a repeated group must not repeat or choose within',
  )
  expect(refused('/(a|a)*b/')).toContain('could take for ever')
})
