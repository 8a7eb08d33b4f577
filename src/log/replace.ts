import { open, rename, rm } from 'node:fs/promises'
import { type Access, FILE_MODE } from '../lib/access.ts'
import { uniqueDigits } from '../lib/unique.ts'

/** Ends the names of what is half made: whoever reads the folder passes it over. */
export const TEMPORARY_ENDING = '.tmp'

const DIGITS = 8

/** Whether this is what a kill has left of the making of a file; both are names. */
export function isTemporaryOf(name: string, found: string): boolean {
  const middle = found.slice(name.length, -TEMPORARY_ENDING.length)
  return found === `${name}${middle}${TEMPORARY_ENDING}` && new RegExp(`^\\.[0-9a-f]{${DIGITS}}$`).test(middle)
}

/**
 * Replaces a file in one step: a new one beside it, on the disk before it takes the name, so that after a crash there is the one or the other.
 * Whatever the umask, only those of `access` may read it. Rejects as the file system does, and leaves nothing half made.
 */
export async function replaceFile(path: string, content: Buffer | string, access: Access = 'owner'): Promise<void> {
  const temporary = `${path}.${uniqueDigits(DIGITS)}${TEMPORARY_ENDING}`
  try {
    const file = await open(temporary, 'wx', FILE_MODE.owner)
    try {
      if (access !== 'owner') await file.chmod(FILE_MODE[access])
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
}
