import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import type { Platform } from './platform.ts'

/** `procfs` where there is a Linux to read below the root, this machine's or a recorded one's, else `portable`. */
export function choosePlatform(root: string): Platform {
  try {
    accessSync(join(root, 'proc/stat'), constants.R_OK)
    return 'procfs'
  } catch (error) {
    if (error instanceof Error && 'code' in error) return 'portable'
    throw error
  }
}
