import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Conf from 'conf'
import { afterEach, expect, test, vi } from 'vitest'
import { configFolder, homeFolder } from '../../src/config/folder.ts'
import { screenMemory } from '../../src/config/memory.ts'

const folders: string[] = []
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'healthtop-memory-'))
  folders.push(made)
  return made
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true })
})

test('what is written is read back, by conf too', async () => {
  const cwd = folder()
  const memory = screenMemory(cwd)
  expect(memory.read()).toBeUndefined()
  await memory.write({ v: 1, theme: 'light' })
  expect(screenMemory(cwd).read()).toEqual({ v: 1, theme: 'light' })
  expect(new Conf({ cwd, configName: 'screen', projectSuffix: '' }).store).toEqual({ v: 1, theme: 'light' })
  await memory.write({ v: 1 })
  expect(memory.read()).toEqual({ v: 1 })
})

test('the folder is the one conf would take', () => {
  const { path } = new Conf({ projectName: 'healthtop', projectSuffix: '' })
  expect(join(configFolder(process.env, process.platform) ?? '', 'config.json')).toBe(path)
})

test('the folder never depends on the working folder: what is not absolute is as good as unset', () => {
  expect(configFolder({ XDG_CONFIG_HOME: '/x' }, 'linux', '/home/ada')).toBe('/x/healthtop')
  for (const said of ['', 'x', './x']) {
    vi.stubEnv('HOME', '/home/ada')
    expect(homeFolder()).toBe('/home/ada')
    expect(configFolder({ XDG_CONFIG_HOME: said }, 'linux')).toBe('/home/ada/.config/healthtop')
    vi.stubEnv('HOME', said)
    expect(homeFolder()).toBeUndefined()
    expect(configFolder({ XDG_CONFIG_HOME: said }, 'linux')).toBeUndefined()
  }
  vi.unstubAllEnvs()
})

test('without a folder nothing is remembered, and that is said only when something should be', async () => {
  const memory = screenMemory(undefined)
  expect([memory.read(), memory.reason, memory.path]).toEqual([undefined, undefined, undefined])
  await memory.write({ v: 1 })
  expect(memory.reason).toBe('there is no home folder')
})

test('a folder, a device or a gigabyte in place of the file is told, and not waited for', () => {
  const reasonFor = (make: (path: string) => void) => {
    const cwd = folder()
    make(join(cwd, 'screen.json'))
    const memory = screenMemory(cwd)
    expect(memory.read()).toBeUndefined()
    return memory.reason
  }
  expect(reasonFor((path) => mkdirSync(path))).toMatch(/screen\.json: EISDIR/)
  expect(reasonFor((path) => symlinkSync('/dev/zero', path))).toMatch(/screen\.json: larger than 1 MiB$/)
  expect(reasonFor((path) => execFileSync('mkfifo', [path]))).toMatch(/screen\.json: Unexpected end of JSON/)
})

test('a broken file is told, and written over', async () => {
  const cwd = folder()
  writeFileSync(join(cwd, 'screen.json'), '{"v":')
  const memory = screenMemory(cwd)
  expect(memory.read()).toBeUndefined()
  expect(memory.reason).toContain('screen.json: ')
  await memory.write({ v: 1 })
  expect(JSON.parse(readFileSync(join(cwd, 'screen.json'), 'utf8'))).toEqual({ v: 1 })
  expect(memory.reason).toBeUndefined()
})

test('a folder that cannot be written says so and throws nothing', async () => {
  const cwd = folder()
  const inTheWay = join(cwd, 'file')
  writeFileSync(inTheWay, '')
  chmodSync(inTheWay, 0o400)
  const memory = screenMemory(join(inTheWay, 'below'))
  await memory.write({ v: 1 })
  expect(memory.reason).toMatch(/ENOTDIR/)
  expect(existsSync(join(inTheWay, 'below'))).toBe(false)
})
