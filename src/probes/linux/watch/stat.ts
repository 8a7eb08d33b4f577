import { Cursor } from '../../../lib/decimal.ts'
import { decodeSafe } from '../../decode.ts'
import type { Bytes } from '../../probe.ts'

const OPENING_PARENTHESIS = 40
const CLOSING_PARENTHESIS = 41
const MAX_NAME = 64
const LETTER = /^[A-Za-z]$/
/** Number of delayacct_blkio_ticks, the last field that is wanted. */
const LAST = 42
/** Fields up to the resident pages are there on all kernels. */
const PRESENT = 24 - 3

/** A line of stat of a process (times and faults are those of all its threads) or of one thread. */
export interface TaskStat {
  readonly id: number
  readonly name: string
  /** `R`, `S`, `Z` … */
  readonly state: string
  readonly ppid: number
  /** Device of its terminal; 0 for none. */
  readonly terminal: number
  readonly faults: number
  readonly majorFaults: number
  /** Minor faults of children that it waited for. */
  readonly childFaults: number
  /** Clock ticks. */
  readonly userTicks: number
  readonly systemTicks: number
  readonly threads: number
  readonly startTicks: number
  readonly residentPages: number
  /** Core it ran on last. Absent, as all that follow, where the kernel is too old to tell. */
  readonly core: number | undefined
  readonly realtimePriority: number | undefined
  /** SCHED_* of include/uapi/linux/sched.h. */
  readonly policy: number | undefined
  /** Clock ticks this thread waited for disks; 0 where the kernel does not account for delays. */
  readonly blockedTicks: number | undefined
}

/** Undefined when the bytes are no whole line of stat: the process ended. Source: proc_pid_stat(5). */
export function parseTaskStat(bytes: Bytes): TaskStat | undefined {
  const open = bytes.indexOf(OPENING_PARENTHESIS)
  // The name may hold parentheses itself.
  const close = bytes.lastIndexOf(CLOSING_PARENTHESIS)
  if (open < 0 || close < open) return undefined
  const cursor = new Cursor(bytes, close + 1)
  const state = cursor.word()
  const fields = Array.from({ length: LAST - 3 }, () => cursor.integer())
  const at = (field: number) => fields[field - 4] as number
  const later = (field: number) => (Number.isNaN(at(field)) ? undefined : at(field))
  const stat: TaskStat = {
    id: new Cursor(bytes).integer(),
    name: decodeSafe(bytes.subarray(open + 1, close), MAX_NAME) || '?',
    state,
    ppid: at(4),
    terminal: at(7),
    faults: at(10),
    majorFaults: at(12),
    childFaults: at(11),
    userTicks: at(14),
    systemTicks: at(15),
    threads: at(20),
    startTicks: at(22),
    residentPages: at(24),
    core: later(39),
    realtimePriority: later(40),
    policy: later(41),
    blockedTicks: later(LAST),
  }
  // A word that is no number leaves all behind it missing or displaced: recorded trees may hold anything.
  const numbers = fields.slice(0, PRESENT).reduce((sum, value) => sum + value, stat.id)
  return Number.isNaN(numbers) || !LETTER.test(state) ? undefined : stat
}
