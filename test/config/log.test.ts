import { expect, test } from 'vitest'
import { effectiveText } from '../../src/config/show.ts'
import { configured, mistakes } from './types.ts'

const DAY = 86_400_000
const MIB = 1024 ** 2
const logOf = async (text: string) => (await configured(text)).log

test('how much of the log is kept', async () => {
  expect(await logOf('log: { keep: 30d, size: 2GiB }')).toEqual({ keepMs: 30 * DAY, sizeBytes: 2048 * MIB })
  expect(await logOf('log: { keep: 1h }')).toEqual({ keepMs: 3_600_000, sizeBytes: 500 * MIB })
  expect(await logOf('log: { size: 10MiB }')).toEqual({ keepMs: 14 * DAY, sizeBytes: 10 * MIB })
  expect(await logOf('log: {}')).toEqual({ keepMs: 14 * DAY, sizeBytes: 500 * MIB })
  expect(await logOf('interval: 1s')).toBeUndefined()
})

test('none is written where it is off, in both of the words of YAML', async () => {
  expect(await logOf('log: off')).toBe('off')
  expect(await logOf('log: false')).toBe('off')
})

test.each([
  ['log: on', ': expected { keep: 14d, size: 500MiB } or off, got "on"'],
  ['log: 14d', ': expected { keep: 14d, size: 500MiB } or off, got "14d"'],
  ['log: { keep: 5m }', '.keep: expected 1h to 3650d, got "5m"'],
  ['log: { size: 1KiB }', '.size: expected 1MiB to 1TiB, got "1KiB"'],
  ['log: { size: big }', '.size: expected a size such as 512KiB or 2GB, got "big"'],
  ['log: { kep: 1d }', '.kep: there is no "kep" here; did you mean keep?'],
])('%s is told as such', async (text, problem) => {
  const [line, ...others] = await mistakes(text)
  expect(line?.replace(/^healthtop\.yaml:1:\d+ log/, '')).toBe(problem)
  expect(others).toEqual([])
})

test('it is shown as it holds', async () => {
  expect(effectiveText(await configured('log: { size: 50MB }'), '1s')).toContain('log:\n  keep: 14d\n  size: 50MB\n')
  expect(effectiveText(await configured('log: off'), '1s')).toContain('log: off\n')
})
