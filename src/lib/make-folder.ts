import { mkdirSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` never returns where a folder that is there says that it is not
 * (ENOENT below /proc). Throws the system's error.
 */
export function makeFolder(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    if (isThere(error)) return
    if (!isMissing(error) || dirname(path) === path) throw error
    makeFolder(dirname(path), mode)
    try {
      mkdirSync(path, { mode })
    } catch (again) {
      // Somebody else was as quick.
      if (!isThere(again)) throw again
    }
  }
}

/** The same without waiting for the disk. */
export async function makeFolderLater(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode })
  } catch (error) {
    if (isThere(error)) return
    if (!isMissing(error) || dirname(path) === path) throw error
    await makeFolderLater(dirname(path), mode)
    await mkdir(path, { mode }).catch((again: unknown) => {
      if (!isThere(again)) throw again
    })
  }
}

function isThere(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EEXIST'
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}
