import { Cursor } from '../../lib/decimal.ts'
import { parseMountinfo } from '../../lib/mountinfo.ts'
import type { Bytes, HostFiles } from '../probe.ts'

/** CAP_SYS_PTRACE is the 20th capability; only it opens what hidepid closes. Source: capabilities(7), ptrace(2). */
const SYS_PTRACE = 19n

/**
 * Whether /proc keeps others' processes from this one: it is mounted with `hidepid` and neither its `gid` nor a capability opens it.
 * Undefined where /proc does not tell how it is mounted, or whom it tells. Source: proc(5), "Mount options".
 */
export function hidesProcesses(files: HostFiles): boolean | undefined {
  const mountinfo = files.optional('proc/self/mountinfo')
  if (mountinfo === undefined) return undefined
  // What is mounted last over the same path is what is seen.
  const options = parseMountinfo(mountinfo, (type) => type === 'proc')
    .filter(({ path }) => path === '/proc')
    .at(-1)?.options
  if (options === undefined) return undefined
  const value = (name: string) => options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1)
  const hides = value('hidepid')
  if (hides === undefined || hides === '0' || hides === 'off') return false
  const status = files.optional('proc/self/status')
  // `ptraceable` knows no gid; without one it is that of root.
  return status && !mayLook(status, hides === '4' || hides === 'ptraceable' ? undefined : (value('gid') ?? '0'))
}

/** The lines `Uid`, `Gid`, `Groups` and `CapEff` of /proc/self/status. Source: proc_pid_status(5). */
function mayLook(status: Bytes, gid: string | undefined): boolean {
  const cursor = new Cursor(status)
  for (; !cursor.done; cursor.skipLine()) {
    if (cursor.take('CapEff:')) {
      if ((BigInt(`0x${cursor.word() || '0'}`) >> SYS_PTRACE) & 1n) return true
    } else if (gid !== undefined && (cursor.take('Gid:') || cursor.take('Groups:'))) {
      while (!cursor.lineDone) if (cursor.word() === gid) return true
    }
  }
  return false
}
