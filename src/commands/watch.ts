import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { reachOf } from '../model/process-filter/pattern.ts'
import type { WatchTarget } from '../model/watch.ts'
import { type Build, type Options, UsageError } from './options.ts'

const PID = /^[1-9]\d{0,14}$/
/** Too large, too small or no whole number: nobody names a program so. */
const NUMBER = /^[-+]?\d+(\.\d*)?(e[-+]?\d+)?$/i
/** A pattern as it is written in JavaScript or sed. */
const WITH_FLAGS = /^(\/.+\/)[dgimsuvy]+$/
const EXPECTED = 'expected a pid, a name or /regex/'

/**
 * Who is meant by what was written: a pid, `/regex/`, or a name; a path is the name of its program. Throws UsageError with where a pattern
 * is wrong.
 */
export function parseTarget(text: string): WatchTarget {
  if (PID.test(text)) return { kind: 'pid', pid: Number(text) }
  if (text.length > 1 && text.startsWith('/') && text.endsWith('/')) return patternOf(text.slice(1, -1), text)
  if (text.trim() === '') throw new UsageError(`watch: ${EXPECTED}, got nothing`)
  if (NUMBER.test(text)) throw new UsageError(`watch: ${EXPECTED}; ${text} is no pid`)
  const pattern = WITH_FLAGS.exec(text)?.[1]
  if (pattern !== undefined && !existsSync(text))
    throw new UsageError(`watch: a pattern takes no flags; write ${pattern}`)
  const name = text.startsWith('/') ? text.slice(text.lastIndexOf('/') + 1) : text
  if (name === '') throw new UsageError(`watch: ${EXPECTED}, got "${text}"`)
  return { kind: 'name', name }
}

function patternOf(source: string, text: string): WatchTarget {
  if (source === '') throw new UsageError(`watch: the pattern ${text} is empty: every process would match`)
  const wrong = mistakeIn(source)
  if (wrong !== undefined) throw new UsageError(`watch: ${text} is no pattern: ${wrong}`)
  const reach = reachOf(source)
  if (typeof reach === 'string') throw new UsageError(`watch: ${text} could take for ever: ${reach}`)
  return { kind: 'pattern', source }
}

/** Why it is no regular expression, and from which character on; undefined when it is one. */
function mistakeIn(source: string): string | undefined {
  const reason = refusal(source)
  if (reason === undefined) return undefined
  const words = kindOf(reason)
  return `${words.charAt(0).toLowerCase()}${words.slice(1)} at character ${mistakeAt(source, reason) + 1}`
}

/**
 * Where it is wrong, which the engine does not say: at the bracket that nobody closes, else where the shortest beginning that is refused
 * for the same reason ends.
 */
function mistakeAt(source: string, reason: string): number {
  if (reason.includes('Unterminated')) return openBracket(source)
  for (let length = 1; length < source.length; length++) {
    const said = refusal(source.slice(0, length))
    if (said !== undefined && kindOf(said) === kindOf(reason)) return length - 1
  }
  return source.length - 1
}

/** The innermost bracket that is not closed; 0 where all are. */
function openBracket(source: string): number {
  const groups: number[] = []
  let inClass: number | undefined
  for (let at = 0; at < source.length; at++) {
    const character = source[at]
    if (character === '\\') at++
    else if (inClass !== undefined) inClass = character === ']' ? undefined : inClass
    else if (character === '[') inClass = at
    else if (character === '(') groups.push(at)
    else if (character === ')') groups.pop()
  }
  return inClass ?? groups.at(-1) ?? 0
}

/** `Invalid regular expression: /a(b/: Unterminated group` → `Unterminated group`. */
function kindOf(reason: string): string {
  return reason.slice(reason.lastIndexOf(': ') + 2)
}

function refusal(source: string): string | undefined {
  try {
    new RegExp(source)
    return undefined
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return error.message
  }
}

/**
 * The dashboard, opened on one process. A pid that nobody has is a mistake and throws UsageError; a name or a pattern that nobody has
 * yet is waited for.
 */
export async function watch(text: string, options: Options, build: Build): Promise<void> {
  const target = parseTarget(text)
  if (target.kind === 'pid') checkPid(target.pid, options)
  if (options.screenReader)
    throw new UsageError(
      'watch: has no --screen-reader; healthtop --screen-reader --filter NAME tells of its processes',
    )
  if (!process.stdout.isTTY)
    throw new UsageError('watch: needs a terminal; healthtop snapshot --filter NAME prints without one')
  const { dashboard } = await import('./dashboard.ts')
  await dashboard(options, build, target)
}

/** Throws UsageError when nobody has this pid, or when it is a thread's. */
function checkPid(pid: number, { platform, root }: Options): void {
  if (!(platform === 'procfs' ? isInProc(pid, root) : isAlive(pid))) throw new UsageError(`there is no process ${pid}`)
}

function isInProc(pid: number, root: string): boolean {
  const folder = join(root, 'proc', String(pid))
  if (!existsSync(folder)) return false
  // A thread has a folder too, though none is listed: proc(5).
  const owner = ownerOf(join(folder, 'status'))
  if (owner !== undefined && owner !== pid) throw new UsageError(`${pid} is a thread of process ${owner}`)
  return true
}

/** The process a status file belongs to; undefined where it cannot be read. */
function ownerOf(path: string): number | undefined {
  try {
    const tgid = /^Tgid:\s*(\d+)$/m.exec(readFileSync(path, 'latin1'))?.[1]
    return tgid === undefined ? undefined : Number(tgid)
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
    // Refused is alive: it is somebody else's.
    return code === 'EPERM'
  }
}
