import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isOfItself, openRegular, readRegularSync } from '../../src/lib/regular-file.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'healthtop-regular-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function codeOf(work: () => unknown): Promise<unknown> {
  try {
    await work()
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code
  }
}

test('a file is read, as far as it may', async () => {
  const path = join(folder, 'file')
  writeFileSync(path, 'text')
  const file = await openRegular(path)
  expect(await file.readFile('utf8')).toBe('text')
  await file.close()
  expect(readRegularSync(path, 100).bytes.toString()).toBe('text')
  expect(readRegularSync(path, 2).bytes.toString()).toBe('te')
})

test.skipIf(process.platform === 'win32')('nobody waits for a FIFO that nobody writes', async () => {
  const path = join(folder, 'fifo')
  execFileSync('mkfifo', [path])
  expect(await codeOf(() => openRegular(path))).toBe('EFTYPE')
  expect(await codeOf(() => readRegularSync(path, 1))).toBe('EFTYPE')
})

test('a folder is none', async () => {
  mkdirSync(join(folder, 'folder'))
  expect(await codeOf(() => openRegular(join(folder, 'folder')))).toBe('EFTYPE')
  expect(await codeOf(() => readRegularSync(join(folder, 'folder'), 1))).toBe('EFTYPE')
})

test('a link is none where links are not followed, whether it leads anywhere or not', async () => {
  const [path, link, dangling] = ['file', 'link', 'dangling'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  writeFileSync(path, 'text')
  symlinkSync(path, link)
  symlinkSync(join(folder, 'nothing'), dangling)
  await (await openRegular(link)).close()
  for (const one of [link, dangling]) {
    expect(await codeOf(() => openRegular(one, 'unlinked'))).toBe('ELOOP')
    expect(await codeOf(() => readRegularSync(one, 1))).toBe('ELOOP')
  }
  expect(await codeOf(() => openRegular(dangling))).toBe('ENOENT')
})

test('what no waiting changes is told from what may pass', () => {
  const failed = (code: string) => Object.assign(new Error(code), { code })
  expect(['EFTYPE', 'ELOOP', 'EACCES', 'ENOENT'].map((code) => isOfItself(failed(code)))).toEqual([
    true,
    true,
    false,
    false,
  ])
})
