import { closeSync, openSync } from 'node:fs'
import { readAtMost } from '../config/read.ts'
import type { Brightness } from '../ui/screen/detect.ts'
import { parseTheme, type ThemeFile } from '../ui/theme/file.ts'
import { PALETTES, type Palette } from '../ui/theme/palette.ts'
import type { ThemeChoice } from '../ui/theme/theme.ts'

/** More than this is no theme. */
const MOST_BYTES = 65_536

/** Whether `--theme` means a file: a path, or a name that ends in `.json`. */
export function isThemeFile(value: string): boolean {
  return value.includes('/') || value.endsWith('.json')
}

/** Reads a theme. What is wrong with the file, or with reading it, is in the result. */
export function readTheme(path: string): ThemeFile {
  let file: number | undefined
  let content: Buffer | undefined
  try {
    file = openSync(path, 'r')
    content = readAtMost(file, MOST_BYTES)
  } catch (error) {
    return { ok: false, errors: [`${path}: ${reasonOf(error as NodeJS.ErrnoException)}`] }
  } finally {
    if (file !== undefined) closeSync(file)
  }
  if (content === undefined) return { ok: false, errors: [`${path}: too large for a theme (more than 64 KiB)`] }
  return parseTheme(content.toString('utf8'), path)
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES') return 'may not be read'
  return code === 'EISDIR' ? 'is a folder, not a file' : message
}

/** The palette of a choice; `brightness` is the terminal's. A file that cannot be read any more is as `auto`. */
export function paletteOf(choice: ThemeChoice, brightness: Brightness): Palette {
  if (typeof choice === 'string') return PALETTES[choice === 'auto' ? brightness : choice]
  const theme = readTheme(choice.file)
  return theme.ok ? theme.palette : PALETTES[brightness]
}
