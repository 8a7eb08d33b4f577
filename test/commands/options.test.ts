import { expect, test } from 'vitest'
import { checkOptions, type RawOptions, UsageError } from '../../src/commands/options.ts'

function refused(raw: RawOptions): string {
  try {
    checkOptions(raw)
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  return 'not refused'
}

test('nothing where something is expected is a mistake, but for a filter that shows all', () => {
  expect(refused({ root: '' })).toBe('--root: expected a folder, got nothing')
  expect(refused({ stateDir: '' })).toBe('--state-dir: expected a folder, got nothing')
  expect(refused({ user: '' })).toBe('--user: expected a user such as root, got nothing')
  expect(refused({ interval: '' })).toContain('--interval: expected a duration')
  expect(refused({ pid: '' })).toContain('--pid: expected a process id')
  expect(checkOptions({ filter: '' }).filter).toBe('')
})

test('who is near one of the choices is told which', () => {
  expect(refused({ charts: 'Braile' })).toBe(
    '--charts: expected one of braille, block, line, ascii, got "Braile"; did you mean braille?',
  )
  expect(refused({ theme: 'drak' })).toMatch(/, got "drak"; did you mean dark\?$/)
  expect(refused({ probes: 'ebpf' })).toMatch(/, got "ebpf"$/)
})

test('no pid is as long as a number that cannot be told apart from the next one', () => {
  expect(checkOptions({ pid: '4194304' }).pid).toBe(4_194_304)
  for (const pid of ['0', '-1', '1.5', '1e3', '9'.repeat(16)])
    expect(refused({ pid })).toBe(`--pid: expected a process id, got "${pid}"`)
})

test('the log is as the configuration has it, and off by the command line whatever it says', () => {
  const log = { keepMs: 3_600_000, sizeBytes: 1e9 }
  expect(checkOptions({}).log).toEqual({ keepMs: 14 * 86_400_000, sizeBytes: 500 * 1024 ** 2 })
  expect(checkOptions({ log: true }, { log }).log).toEqual(log)
  expect(checkOptions({}, { log: 'off' }).log).toBe('off')
  expect(checkOptions({ log: false }, { log }).log).toBe('off')
})
