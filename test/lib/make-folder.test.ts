import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { makeFolder, makeFolderLater } from '../../src/lib/make-folder.ts'

const home = mkdtempSync(join(tmpdir(), 'healthtop-folder-'))
afterAll(() => rmSync(home, { recursive: true }))

describe.each([
  ['at once', async (path: string) => makeFolder(path, 0o700)],
  ['later', (path: string) => makeFolderLater(path, 0o700)],
])('%s', (name, make) => {
  test('makes what is missing, for its owner alone, and leaves what is there', async () => {
    const path = join(home, name, 'a', 'b')
    await make(path)
    expect(statSync(path).mode & 0o777).toBe(0o700)
    writeFileSync(join(path, 'file'), '')
    await make(path)
    expect(existsSync(join(path, 'file'))).toBe(true)
  })

  test('two at once are no trouble', async () => {
    const path = join(home, name, 'c', 'd', 'e')
    await Promise.all([make(path), make(path), make(join(home, name, 'c', 'f'))])
    expect(existsSync(path)).toBe(true)
  })

  test('says why it cannot', async () => {
    const file = join(home, `${name}.file`)
    writeFileSync(file, '')
    await expect(make(join(file, 'x', 'y'))).rejects.toThrow('ENOTDIR')
  })

  test.skipIf(!existsSync('/proc/self'))('ends where the system says that a folder which is there is not', async () => {
    await expect(make('/proc/nothing/healthtop/log')).rejects.toThrow('ENOENT')
  })
})
