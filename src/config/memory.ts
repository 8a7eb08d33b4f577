import { closeSync, constants, openSync } from 'node:fs'
import { join } from 'node:path'
import { readAtMost } from './read.ts'

/** conf's name of the file, without `.json`: not the YAML, which belongs to the person. */
const NAME = 'screen'
/** A hundred times what is ever kept. */
const LARGEST = 1024 * 1024

/** What a JSON file of the configuration folder remembers. */
export interface Memory {
  /** The file; undefined where there is no folder for it. */
  readonly path: string | undefined
  /** What was remembered; undefined when there is nothing, or nothing that can be read (then `reason` says why). */
  read(): unknown
  /** Why nothing could be read or written the last time. */
  readonly reason: string | undefined
  /** Remembers a value in place of the last one. Loads conf the first time. */
  write(value: Readonly<Record<string, unknown>>): Promise<void>
}

function why(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
}

/** The JSON in a file; undefined when there is no such file. Throws what is wrong. A pipe that stands in its place is not waited for. */
function readJson(path: string): unknown {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    const content = readAtMost(file, LARGEST)
    if (content === undefined) throw new Error('larger than 1 MiB')
    return JSON.parse(content.toString('utf8'))
  } finally {
    closeSync(file)
  }
}

/**
 * What the screen remembers between two runs, kept by conf in `screen.json` of `folder`, or nowhere without one. Its file is plain JSON, so reading needs no
 * conf. Nothing here throws: a memory that fails costs comfort, never the monitor.
 */
export function screenMemory(folder: string | undefined): Memory {
  let reason: string | undefined
  const path = folder && join(folder, `${NAME}.json`)
  return {
    path,
    get reason() {
      return reason
    },
    read() {
      try {
        return path === undefined ? undefined : readJson(path)
      } catch (error) {
        reason = `${path}: ${why(error)}`
        return undefined
      }
    },
    async write(value) {
      if (folder === undefined) {
        reason = 'there is no home folder'
        return
      }
      try {
        const { default: Conf } = await import('conf')
        const store = new Conf({ cwd: folder, configName: NAME, projectSuffix: '', clearInvalidConfig: true })
        store.store = { ...value }
        reason = undefined
      } catch (error) {
        reason = `${path}: ${why(error)}`
      }
    },
  }
}
