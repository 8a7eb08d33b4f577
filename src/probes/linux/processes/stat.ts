import { Cursor } from '../../../lib/decimal.ts'

const CLOSING_PARENTHESIS = 41
const OPENING_PARENTHESIS = 40
const UPPER_A = 65
const LOWER_Z = 122
/** Set in `flags` of threads of the kernel (include/linux/sched.h). */
const PF_KTHREAD = 0x00200000
/** Set in `flags` from a fork until another program is executed. */
const PF_FORKNOEXEC = 0x00000040

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
  /** Forked, and has not executed a program yet: it still looks like its parent. */
  forked = false
  minorFaults = 0
  /** Minor faults of children that it waited for: it rises with each of them. */
  childFaults = 0
  majorFaults = 0
  userTicks = 0
  systemTicks = 0
  /** User and system time, in clock ticks. */
  ticks = 0
  priority = 0
  nice = 0
  threads = 0
  /** Clock ticks from boot to its start. */
  startTicks = 0
  residentPages = 0
  /** Where the fields behind these begin and end in the buffer that was parsed. */
  tailStart = 0
  tailEnd = 0
}

/** What stands behind a hole in /proc/PID/stat. NaN for what the kernel does not tell. */
export class StatTail {
  /** The core it ran on last. */
  processor = Number.NaN
  /** sched(7): 0 for the usual one. */
  policy = Number.NaN
  /** Time its main thread waited for disks. */
  delayTicks = Number.NaN
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
  const state = bytes[close + 2]
  if (open >= close || state === undefined || state < UPPER_A || state > LOWER_Z) return false
  into.pid = new Cursor(bytes, 0, open).integer()
  into.commStart = open + 1
  into.commEnd = close
  into.state = state
  const cursor = new Cursor(bytes, close + 3, length)
  into.ppid = cursor.integer()
  cursor.skipWords(4) // pgrp session tty_nr tpgid
  const flags = cursor.integer()
  into.kernel = (flags & PF_KTHREAD) !== 0
  into.forked = (flags & PF_FORKNOEXEC) !== 0
  into.minorFaults = cursor.integer()
  into.childFaults = cursor.integer()
  into.majorFaults = cursor.integer()
  cursor.skipWords(1) // cmajflt
  into.userTicks = cursor.integer()
  into.systemTicks = cursor.integer()
  into.ticks = into.userTicks + into.systemTicks
  cursor.skipWords(2) // cutime cstime
  into.priority = cursor.integer()
  into.nice = cursor.integer()
  into.threads = cursor.integer()
  cursor.skipWords(1) // itrealvalue
  into.startTicks = cursor.integer()
  cursor.skipWords(1) // vsize
  into.residentPages = cursor.integer()
  into.tailStart = cursor.at
  into.tailEnd = length
  const identity = into.pid + into.ppid + into.startTicks
  const shown = into.priority + into.nice + into.threads + into.residentPages
  return !Number.isNaN(identity + shown + into.ticks + into.minorFaults + into.childFaults + into.majorFaults)
}

/**
 * Parses what `parseStat` leaves out, from the same bytes and its reading: fourteen addresses and masks stand before it, which would be
 * a third of the work of every scan.
 */
export function parseStatTail(bytes: Uint8Array, reading: StatReading, into: StatTail): void {
  const cursor = new Cursor(bytes, reading.tailStart, reading.tailEnd)
  cursor.skipWords(14) // rsslim startcode endcode startstack kstkesp kstkeip signal blocked sigignore sigcatch wchan nswap cnswap exit_signal
  into.processor = cursor.integer()
  cursor.skipWords(1) // rt_priority
  into.policy = cursor.integer()
  into.delayTicks = cursor.integer()
}
