import type { Stats } from 'node:fs'
import { chmod, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Access, FILE_MODE, FOLDER_MODE } from '../lib/access.ts'
import { isOfItself, openRegular } from '../lib/regular-file.ts'
import { logFolder } from './files.ts'
import { marksPath } from './marks.ts'

const PERMISSIONS = 0o777

/**
 * Lets those read a log who may from now on: what earlier runs wrote was, or was not, for others. What is not there is left out. Rejects as the
 * file system does.
 */
export async function shareLog(state: string, access: Access): Promise<void> {
  const folder = logFolder(state)
  const names = (await quietly(readdir(folder))) ?? []
  const found = await quietly(stat(folder))
  if (found !== undefined && isOther(found, FOLDER_MODE[access])) await quietly(chmod(folder, FOLDER_MODE[access]))
  for (const path of [...names.map((name) => join(folder, name)), marksPath(state)])
    await permit(path, FILE_MODE[access])
}

/** What is no file is left alone, and so is what a link leads to: that may be anybody's. */
async function permit(path: string, mode: number): Promise<void> {
  const file = await quietly(openRegular(path, 'unlinked'))
  try {
    if (file !== undefined && isOther(await file.stat(), mode)) await file.chmod(mode)
  } finally {
    await file?.close()
  }
}

function isOther({ mode: found }: Stats, mode: number): boolean {
  return (found & PERMISSIONS) !== mode
}

/** Undefined where it is not there (any more), or no file. */
async function quietly<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || isOfItself(error)) return undefined
    throw error
  }
}
