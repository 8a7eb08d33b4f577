import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkOptions, UsageError } from '../../src/commands/options.ts'
import { isThemeFile, paletteOf, readTheme } from '../../src/commands/theme-file.ts'
import { PALETTES, rgb } from '../../src/ui/theme/palette.ts'

const folder = mkdtempSync(join(tmpdir(), 'healthtop-theme-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function refused(theme: string): string {
  try {
    checkOptions({ theme })
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  return 'not refused'
}

test('a path or a name that ends in .json is a file, anything else a theme of ours', () => {
  expect(['mine.json', './mine', '/etc/theme'].map(isThemeFile)).toEqual([true, true, true])
  expect(['dark', 'json', 'mine'].map(isThemeFile)).toEqual([false, false, false])
  expect(checkOptions({ theme: 'contrast' }).theme).toBe('contrast')
  expect(refused('solarized')).toBe(
    '--theme: expected one of auto, dark, light, contrast, mono or a file (a path or *.json), got "solarized"',
  )
})

test('a theme file is known by its whole path, wherever the next run is started', () => {
  const path = file('mine.json', '{ "base": "light", "accent": "#ff8800" }')
  expect(checkOptions({ theme: relative(process.cwd(), path) }).theme).toEqual({ file: path })
  expect(rgb(paletteOf({ file: path }, 'dark'), 'accent')).toBe('#ff8800')
})

test('a broken file is a usage error that says everything that is wrong', () => {
  const path = file('broken.json', '{ "acent": "#ff8800", "text": "grey" }')
  expect(refused(path)).toBe(
    `--theme: ${path}: acent: there is no such colour: did you mean accent?\n` +
      `${path}: text: expected a colour such as #c6cfd8, got "grey"`,
  )
  expect(refused(join(folder, 'none.json'))).toBe(`--theme: ${join(folder, 'none.json')}: there is no such file`)
  expect(refused(`${folder}/`)).toBe(`--theme: ${folder}/: is a folder, not a file`)
  expect(readTheme(file('large.json', ' '.repeat(70_000)))).toMatchObject({ ok: false })
})

test('a file without an end is too large, and not read to its end', () => {
  expect(refused('/dev/zero')).toBe('--theme: /dev/zero: too large for a theme (more than 64 KiB)')
})

test('a choice is its palette; auto, and a file that is gone, are as light or dark as the terminal', () => {
  expect(paletteOf('contrast', 'light')).toBe(PALETTES.contrast)
  expect(paletteOf('auto', 'light')).toBe(PALETTES.light)
  expect(paletteOf({ file: join(folder, 'gone.json') }, 'dark')).toBe(PALETTES.dark)
})
