import { readFileSync } from 'node:fs'
import { safeText } from '../../lib/text.ts'
import type { Command, Outcome } from '../../model/source.ts'
import { parsePasswd, parseUid } from '../../probes/linux/processes/identity.ts'
import { parseStat, StatReading } from '../../probes/linux/processes/stat.ts'

const ZOMBIE = 'Z'.charCodeAt(0)

export interface SignalOptions {
  /** The folder that has `proc/` and `etc/`; `/` for this machine. */
  readonly root: string
  /** `process.kill`. */
  readonly kill: (pid: number, signal: NodeJS.Signals) => void
}

function refused(reason: string): Outcome {
  return { ok: false, reason }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function readOptional(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (codeOf(error) !== '') return undefined
    throw error
  }
}

/** Sends a signal to the process that is meant and to no other: pid and start time are compared right before. What hinders it is told in words. */
export function sendSignal({ target, signal }: Extract<Command, { kind: 'signal' }>, options: SignalOptions): Outcome {
  const { pid, startTicks } = target
  // 0 and negative numbers would be groups of processes, kill(2).
  if (!Number.isSafeInteger(pid) || pid <= 0) return refused(`${pid} is no process`)
  const stat = readOptional(`${options.root}/proc/${pid}/stat`)
  const reading = new StatReading()
  if (stat === undefined || !parseStat(stat, stat.length, reading)) return refused('ended already')
  if (reading.startTicks !== startTicks) return refused(`pid ${pid} is another process now`)
  if (reading.state === ZOMBIE) return refused('ended already, its parent has not noticed yet')
  try {
    options.kill(pid, signal)
    return { ok: true }
  } catch (error) {
    return refused(whyNot(error, pid, signal, options.root))
  }
}

function whyNot(error: unknown, pid: number, signal: string, root: string): string {
  switch (codeOf(error)) {
    case 'ESRCH':
      return 'ended already'
    case 'EPERM':
      return `not permitted${ownerClause(pid, root)}`
    case 'EINVAL':
    case 'ERR_UNKNOWN_SIGNAL':
      return `there is no signal ${safeText(signal, 20)} here`
    default:
      return safeText(error instanceof Error ? error.message : String(error), 100)
  }
}

/** `: it belongs to root`; empty where its owner cannot be read. */
function ownerClause(pid: number, root: string): string {
  const status = readOptional(`${root}/proc/${pid}/status`)
  const uid = status === undefined ? Number.NaN : parseUid(status)
  if (Number.isNaN(uid)) return ''
  const passwd = readOptional(`${root}/etc/passwd`)
  const name = passwd && parsePasswd(Buffer.from(passwd).toString('utf8')).get(uid)
  return `: it belongs to ${name ?? `user ${uid}`}`
}
