import { Cursor } from '../../../lib/decimal.ts'

const CLOSING_PARENTHESIS = 41
const OPENING_PARENTHESIS = 40
/** Set in `flags` of threads of the kernel (include/linux/sched.h). */
const PF_KTHREAD = 0x00200000

/** What one read of /proc/PID/stat says. Reused from read to read: making 5,000 objects a scan would cost as much as parsing. */
export class StatReading {
  pid = 0
  /** The name's bytes in the buffer that was parsed. */
  commStart = 0
  commEnd = 0
  /** Character code of the state. */
  state = 0
  ppid = 0
  kernel = false
  /** User and system time, in clock ticks. */
  ticks = 0
  nice = 0
  threads = 0
  /** Clock ticks from boot to its start. */
  startTicks = 0
  residentPages = 0
}

/**
 * Parses /proc/PID/stat, proc_pid_stat(5). The name may hold anything, parentheses and newlines included, so the last closing
 * parenthesis ends it. False when the bytes are no such line (an empty file is a process that ended).
 */
export function parseStat(bytes: Uint8Array, length: number, into: StatReading): boolean {
  let close = length - 1
  while (close > 0 && bytes[close] !== CLOSING_PARENTHESIS) close--
  let open = 0
  while (open < close && bytes[open] !== OPENING_PARENTHESIS) open++
  if (open >= close || bytes[close + 2] === undefined) return false
  into.pid = new Cursor(bytes, 0, open).integer()
  into.commStart = open + 1
  into.commEnd = close
  into.state = bytes[close + 2] as number
  const cursor = new Cursor(bytes, close + 3, length)
  into.ppid = cursor.integer()
  cursor.skipWords(4) // pgrp session tty_nr tpgid
  into.kernel = (cursor.integer() & PF_KTHREAD) !== 0
  cursor.skipWords(4) // minflt cminflt majflt cmajflt
  const utime = cursor.integer()
  into.ticks = utime + cursor.integer()
  cursor.skipWords(3) // cutime cstime priority
  into.nice = cursor.integer()
  into.threads = cursor.integer()
  cursor.skipWords(1) // itrealvalue
  into.startTicks = cursor.integer()
  cursor.skipWords(1) // vsize
  into.residentPages = cursor.integer()
  // A number that is missing anywhere leaves the last one missing too, except in the middle of a word.
  return !Number.isNaN(into.residentPages + into.startTicks + into.ticks + into.pid + into.ppid)
}
