import { statSync } from 'node:fs'
import { stat } from 'node:fs/promises'

/** What tells a file from another, and from itself with other content, by path. */
export type FileStates = ReadonlyMap<string, string>

interface Stats {
  readonly dev: number
  readonly ino: number
  readonly size: number
  readonly mtimeMs: number
  readonly ctimeMs: number
}

const textOf = ({ dev, ino, size, mtimeMs, ctimeMs }: Stats) => [dev, ino, size, mtimeMs, ctimeMs].join(' ')
const reasonOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'unknown'

/** Device, inode, size and times of files; of those that are not there, or that nobody may look at, the reason. */
export async function statesOf(paths: readonly string[]): Promise<FileStates> {
  return new Map(await Promise.all(paths.map(async (path) => [path, await stat(path).then(textOf, reasonOf)] as const)))
}

/** The same at this very moment. */
export function statesNow(paths: readonly string[]): FileStates {
  return new Map(
    paths.map((path) => {
      try {
        return [path, textOf(statSync(path))] as const
      } catch (error) {
        return [path, reasonOf(error)] as const
      }
    }),
  )
}
