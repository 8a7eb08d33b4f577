import { closeSync, constants, openSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { readAtMost } from './read.ts'

const LARGEST = 64 * 1024

/** The text in a file that `${file:…}` names, without the line break at its end, or why there is none. A pipe is not waited for. */
export function readSecretFile(path: string): { readonly value: string } | { readonly reason: string } {
  if (!isAbsolute(path)) return { reason: `expected an absolute path such as /run/secrets/token, got "${path}"` }
  let file: number | undefined
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const content = readAtMost(file, LARGEST)
    if (content === undefined) return { reason: `${path} is larger than 64 KiB, which no secret is` }
    return { value: content.toString('utf8').replace(/\r?\n$/, '') }
  } catch (error) {
    return { reason: `${path} ${reasonOf(error as NodeJS.ErrnoException)}` }
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'is not there'
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read'
  return code === 'EISDIR' ? 'is a folder' : `cannot be read: ${message}`
}
