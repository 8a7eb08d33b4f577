import type { Values } from '../../model/sample.ts'
import { decode } from '../decode.ts'
import type { Bytes, HostFiles, Probe } from '../probe.ts'

/** `struct utmp` of glibc: 384 bytes where 32-bit times are kept (x86, for one), 400 elsewhere (64-bit ARM). */
const RECORD_SIZES = [384, 400]
const USER_PROCESS = 7
/** ACCOUNTING, the highest type there is. */
const LAST_TYPE = 9

/**
 * Sessions of people who are logged in. Sources: utmp(5); where there is none (systems whose glibc or systemd has given it up for the
 * year 2038, musl), the sessions of systemd-logind. Where there is neither, it is not known.
 */
export const users: Probe = {
  name: 'users',
  everyMs: 10_000,
  series: ['users_count'],
  read: (files, out) => {
    const utmp = files.optional('run/utmp') ?? files.optional('var/run/utmp')
    if (utmp !== undefined) parseUtmp(utmp, out)
    else if (files.list('run/systemd').includes('sessions')) out.gauge('users_count', countSessions(files))
  },
}

/** ut_type, the short at the head of a record: it is below 256, so its other byte is zero in either byte order. */
function typeAt(bytes: Bytes, at: number): number {
  return (bytes[at] as number) + (bytes[at + 1] as number)
}

function isUtmp(bytes: Bytes, size: number): boolean {
  if (bytes.length % size !== 0) return false
  for (let at = 0; at < bytes.length; at += size) if (typeAt(bytes, at) > LAST_TYPE) return false
  return true
}

/** Counts the records of type USER_PROCESS. Throws when the bytes are no utmp file of a known record size. */
export function parseUtmp(bytes: Bytes, out: Values): void {
  const size = RECORD_SIZES.find((candidate) => isUtmp(bytes, candidate))
  if (size === undefined) throw new Error(`run/utmp: ${bytes.length} bytes are no whole number of records`)
  let count = 0
  for (let at = 0; at < bytes.length; at += size) if (typeAt(bytes, at) === USER_PROCESS) count++
  out.gauge('users_count', count)
}

/** One file a session below run/systemd/sessions; login screens and the managers of users are sessions too, but not people. */
function countSessions(files: HostFiles): number {
  let count = 0
  for (const name of files.list('run/systemd/sessions')) {
    if (name.endsWith('.ref')) continue
    const session = files.optional(`run/systemd/sessions/${name}`)
    if (session !== undefined && !/^CLASS=(greeter|lock-screen|manager|background)/m.test(decode(session))) count++
  }
  return count
}
