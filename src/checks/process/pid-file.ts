import { safeText } from '../../lib/text.ts'
import type { CheckContext } from '../check.ts'
import { FileRefusal } from '../file/access.ts'
import { accessTo, type FileSystem } from '../file/files.ts'
import { leftRunning } from '../left-running.ts'

/** A pid file is a line; what is longer is something else. */
const MOST_BYTES = 64

/** Why a pid file names nobody, as a sentence, and whether that is because it may not be read. */
export interface NoPid {
  readonly error: string
  readonly reason: 'missing' | 'pidfile' | 'permission' | 'timeout'
}

/** The pid in a pid file: a number and a line end, as in FHS 3.0, 3.15.2; what stands in further lines (PostgreSQL) is not read. */
export async function readPidFile(path: string, system: FileSystem, context: CheckContext): Promise<number | NoPid> {
  const name = safeText(path, 500)
  const running = leftRunning(context)
  if (running !== undefined)
    return { reason: 'timeout', error: `pid file ${name} lies on a mount that has not answered for ${running}` }
  try {
    const files = await accessTo(path, system, context)
    const facts = await files.look(path)
    if (facts === undefined) return { reason: 'missing', error: `pid file ${name} is missing` }
    if (facts.kind !== 'file') return { reason: 'pidfile', error: `pid file ${name} is a ${facts.kind}` }
    const [line = ''] = (await files.start(path, MOST_BYTES)).split('\n', 1)
    const pid = /^\s*\d{1,10}\s*$/.test(line) ? Number(line) : 0
    if (pid > 0) return pid
    const held =
      line.trim() === '' ? 'is empty' : `holds ${JSON.stringify(safeText(line, MOST_BYTES))}, which is no pid`
    return { reason: 'pidfile', error: `pid file ${name} ${held}` }
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error
    return { reason: error.denied ? 'permission' : 'pidfile', error: `pid file ${name} ${error.message}` }
  }
}
