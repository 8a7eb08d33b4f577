import type { ProgramEnd, Spawn } from '../../lib/run-program.ts'
import { safeText } from '../../lib/text.ts'
import type { CheckContext } from '../check.ts'
import { noteStart } from '../left-running.ts'
import { askProgram, firstLine } from '../program.ts'
import { type FileAccess, type FileFacts, type FileKind, FileRefusal } from './access.ts'

/**
 * Files of mounts that may hang, asked by programs: a thread that hangs in a system call can neither be ended nor let its process end, a
 * program is left to the kernel. Sources: stat(1), head(1) and sha256sum(1) of coreutils and BusyBox.
 */
export function remoteFiles(spawn: Spawn, context: CheckContext): FileAccess {
  const ask = async (program: string, args: readonly string[]): Promise<ProgramEnd> => {
    const gone = noteStart(context)
    const end = await askProgram(spawn, context.signal, program, args, { gone })
    if (end !== undefined) return end
    gone()
    throw new FileRefusal(`lies on a mount that may hang, and there is no ${program} program to ask for it`, true)
  }
  const told = async (program: string, args: readonly string[]): Promise<string> => {
    const end = await ask(program, args)
    if (end.code !== 0) throw refusalOf(end)
    return end.stdout
  }
  return {
    look: async (path) => {
      // Name of the kind, bytes, Unix seconds of the last change, number of the owner.
      const end = await ask('stat', ['-L', '-c', '%F|%s|%Y|%u', '--', path])
      if (end.code === 0) return parseStat(end.stdout)
      if (/no such file|not a directory/i.test(end.stderr)) return undefined
      throw refusalOf(end)
    },
    start: (path, bytes) => told('head', ['-c', String(bytes), '--', path]),
    sha256: async (path) => (await told('sha256sum', ['--', path])).replace(/^\\/, '').slice(0, 64),
  }
}

const KINDS: readonly (readonly [RegExp, FileKind])[] = [
  [/regular/, 'file'],
  [/directory/, 'folder'],
  [/socket/, 'socket'],
  [/fifo/, 'pipe'],
]

/** `regular empty file|0|1795572854|0`; throws FileRefusal for anything else. */
export function parseStat(text: string): FileFacts {
  const match = /^([a-z ]+)\|(\d+)\|(-?\d+)\|(\d+)$/m.exec(text)
  if (match === null) throw new FileRefusal('cannot be read: stat told something else', false)
  const [, name = '', bytes, changed, uid] = match
  const kind = KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'device'
  return { kind, sizeBytes: Number(bytes), changedMs: Number(changed) * 1000, uid: Number(uid) }
}

function refusalOf({ stderr, code, killed }: ProgramEnd): FileRefusal {
  if (/permission denied|not permitted/i.test(stderr)) return new FileRefusal('may not be read by this user', true)
  const said = safeText(firstLine(stderr), 200) || `ended by ${killed ?? `status ${code}`}`
  return new FileRefusal(`cannot be read: ${said}`, false)
}
