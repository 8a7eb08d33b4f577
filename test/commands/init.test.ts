import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { init, type RawInitOptions } from '../../src/commands/init.ts'
import { checkOptions } from '../../src/commands/options.ts'

const folder = mkdtempSync(join(tmpdir(), 'healthtop-init-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Writes where nothing is looked for; what it said on stderr. */
async function write(raw: RawInitOptions): Promise<string> {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    await init(checkOptions({ discover: false }), raw, {
      version: '1.0.0',
      workerPath: '/usr/lib/healthtop/worker.cjs',
    })
    return said.mock.calls.join('')
  } finally {
    said.mockRestore()
  }
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

test('a file that only its owner can read, in a folder that is made for it', async () => {
  const output = join(folder, 'made/for/it/healthtop.yaml')
  expect(await write({ output })).toBe(`healthtop: ${output} written with no checks of what listens here\n`)
  expect(modeOf(output)).toBe('600')
  expect(modeOf(join(folder, 'made/for'))).toBe('700')
  expect(readFileSync(output, 'utf8').split('\n')[0]).toBe(
    '# yaml-language-server: $schema=file:///usr/lib/healthtop/healthtop.schema.json',
  )
})

test('never over what is there, unless it is forced', async () => {
  const output = join(folder, 'mine.yaml')
  writeFileSync(output, 'mine')
  chmodSync(output, 0o666)
  await expect(write({ output })).rejects.toThrow(
    `init: ${output} is there already, and is not written over; --force does, --output - prints`,
  )
  expect(readFileSync(output, 'utf8')).toBe('mine')
  await write({ output, force: true })
  expect(readFileSync(output, 'utf8')).toMatch(/^# yaml-language-server/)
  // Others may have been able to write it, and it would have been refused.
  expect(modeOf(output)).toBe('600')
})

test('a link that leads nowhere is there too', async () => {
  const output = join(folder, 'link.yaml')
  symlinkSync(join(folder, 'nowhere.yaml'), output)
  await expect(write({ output })).rejects.toThrow('is there already')
  expect(existsSync(join(folder, 'nowhere.yaml'))).toBe(false)
})

test('a folder that cannot be made, and a file that cannot be written, is said', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  await expect(write({ output: join(file, 'x.yaml') })).rejects.toThrow(/^init: .*x\.yaml cannot be written: ENOTDIR/)
  await expect(write({ output: join(file, 'a/x.yaml') })).rejects.toThrow(/^init: .*x\.yaml cannot be written: ENOTDIR/)
  await expect(write({ output: folder, force: true })).rejects.toThrow(/^init: .* cannot be written: EISDIR/)
  await expect(write({ output: '' })).rejects.toThrow('--output: expected a file, or - for stdout, got nothing')
})

test('without a name it goes to the configuration folder', async () => {
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'home'))
  try {
    await write({})
  } finally {
    vi.unstubAllEnvs()
  }
  expect(readFileSync(join(folder, 'home/healthtop/healthtop.yaml'), 'utf8')).toContain('checks: []')
})
