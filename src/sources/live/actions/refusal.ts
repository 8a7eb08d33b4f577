import { safeText } from '../../../lib/text.ts'
import { parsePasswd, parseUid } from '../../../probes/linux/processes/identity.ts'
import { readOptional } from './target.ts'

/** `not permitted: it belongs to root`; without the owner where it is unknown, or is who asks. */
export function notPermitted(pid: number, root: string): string {
  const owner = otherOwner(pid, root)
  return owner === undefined ? 'not permitted' : `not permitted: it belongs to ${owner}`
}

/** Whom a process belongs to, by name; undefined where that is who asks, or cannot be read. */
export function otherOwner(pid: number, root: string): string | undefined {
  const status = readOptional(`${root}/proc/${pid}/status`)
  const uid = status === undefined ? Number.NaN : parseUid(status)
  if (Number.isNaN(uid) || uid === process.geteuid?.()) return undefined
  const passwd = readOptional(`${root}/etc/passwd`)
  const name = passwd && parsePasswd(Buffer.from(passwd).toString('utf8')).get(uid)
  return name ?? `user ${uid}`
}

/** An error nobody has words for, safe to show. */
export function otherReason(error: unknown): string {
  return safeText(error instanceof Error ? error.message : String(error), 100)
}
