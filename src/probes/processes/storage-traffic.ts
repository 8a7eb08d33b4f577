import type { ProcessField } from '../../model/processes.ts'
import type { ProcessEntry, ProcessTableView } from './entry.ts'
import { first, orderBy } from './order.ts'

const STORAGE: readonly ProcessField[] = ['read', 'write']
/** Whoever was busy, began or wrote is read on for so many scans: half a minute. A tick of 10 ms is all that 1 MB/s costs in that time. */
const FOLLOWED_SCANS = 15
/** A reading costs 5 µs, so that of thousands of busy processes the busiest are enough. */
const MOST_BUSY = 64
const MOST_FOLLOWED = 128
/** Within so many scans after its last reason it is read in each, then in one of four. */
const WAKEFUL_SCANS = 2
const RESTING_SCANS = 4
/** Bytes a second that are worth reading on for, whether or not they cost CPU. */
const LEAST_TRAFFIC = 10_000
/** Processes of a turn: up to so many all are in every turn. */
const TURN_SIZE = 128
/** Scans of a turn: the table reads even a process that does nothing twice in it. */
const TURN_SCANS = 22
/** In its turn nobody is read more often than this. */
const TURN_PAUSE_SCANS = 8

/** Who may be read in a scan, sorted out. */
export interface Candidates<Entry extends ProcessEntry> {
  /** Those that used CPU since the scan before. */
  readonly busy: readonly Entry[]
  /** All that are no threads of the kernel; what those write others have written before. */
  readonly users: readonly Entry[]
  /** Those among them that began since the scan before. */
  readonly started: readonly Entry[]
  /** Those that lead in CPU. */
  readonly leaders: readonly Entry[]
}

/**
 * Finds who reads from and writes to storage without reading the counters of everybody: those of who used CPU lately (nobody writes
 * without), of who began, of who was found to write, and, in turns, of all others: who writes past the page cache may use no CPU to speak
 * of, and at the start nobody is known.
 */
export class StorageTraffic<Entry extends ProcessEntry> {
  private readonly table: ProcessTableView<Entry>
  /** The scan in which each gave reason to be read, longest ago first. */
  private readonly followed = new Map<Entry, number>()
  /** The scan in which each was read last in the turn that is on. */
  private readonly read = new Map<Entry, number>()
  private turn = -1

  constructor(table: ProcessTableView<Entry>) {
    this.table = table
  }

  /** A scan is complete: reads whom it is worth to read; those who are known to read or write. */
  update(candidates: Candidates<Entry>): readonly Entry[] {
    this.follow(candidates)
    const seen = new Set([...this.followed.keys(), ...candidates.leaders, ...this.inTurn(candidates.users)])
    const moving: Entry[] = []
    for (const entry of seen) {
      if (entry.kernel) continue
      if (!this.rests(entry) && !this.table.complete(entry, STORAGE)) {
        this.table.read(entry, STORAGE)
        this.read.set(entry, this.table.scan)
      }
      const amount = traffic(entry, 'read') + traffic(entry, 'write')
      if (amount > 0) moving.push(entry)
      if (amount >= LEAST_TRAFFIC) this.renew(entry)
    }
    return moving
  }

  private follow({ busy, users, started }: Candidates<Entry>): void {
    const { scan } = this.table
    for (const [entry, since] of this.followed) {
      if (entry.mark === 'ended' || scan - since >= FOLLOWED_SCANS) this.followed.delete(entry)
    }
    // In the first scan nobody is known to be busy: those that were it longest stand in for them.
    const active = scan === 1 ? leading(users, 'time', MOST_BUSY) : leading(busy, 'cpu', MOST_BUSY)
    for (const entry of started.slice(0, MOST_BUSY)) this.renew(entry)
    for (const entry of active.reverse()) if (!entry.kernel) this.renew(entry)
    for (const entry of this.followed.keys()) {
      if (this.followed.size <= MOST_FOLLOWED) break
      this.followed.delete(entry)
    }
  }

  /** Whether it is followed, has given no reason for a while, and is not read in this scan: its next reading covers the time between. */
  private rests(entry: Entry): boolean {
    const { scan } = this.table
    const since = this.followed.get(entry)
    return since !== undefined && scan - since > WAKEFUL_SCANS && (entry.pid + scan) % RESTING_SCANS !== 0
  }

  /** Whoever gave reason last stands last, and is the last to be dropped. */
  private renew(entry: Entry): void {
    this.followed.delete(entry)
    this.followed.set(entry, this.table.scan)
  }

  /** Those whose turn it is, and who were not read lately. Turns go by pid, so that nobody changes his when others come and go. */
  private inTurn(users: readonly Entry[]): readonly Entry[] {
    const { scan } = this.table
    const turns = Math.max(1, Math.ceil(users.length / TURN_SIZE))
    const now = Math.floor(scan / TURN_SCANS)
    if (now !== this.turn) this.read.clear()
    this.turn = now
    const isDue = (entry: Entry) => scan - (this.read.get(entry) ?? Number.NEGATIVE_INFINITY) >= TURN_PAUSE_SCANS
    return users.filter((entry) => entry.pid % turns === now % turns && isDue(entry))
  }
}

/** The first of them by what they use most of. */
export function leading<Entry extends ProcessEntry>(
  entries: readonly Entry[],
  key: 'cpu' | 'memory' | 'time',
  count: number,
): Entry[] {
  const order = first(entries.length, count, orderBy(entries, key, false))
  return Array.from(order, (index) => entries[index] as Entry)
}

/** Bytes a second, those of children that came and went included; 0 for what is not known. */
export function traffic(entry: ProcessEntry, key: 'read' | 'write'): number {
  return Number(entry.known(key) ?? 0) + (entry.childTraffic?.[key] ?? 0)
}

/** The first of those that read, or write, anything. */
export function leadingIn<Entry extends ProcessEntry>(
  entries: readonly Entry[],
  key: 'read' | 'write',
  count: number,
): Entry[] {
  return entries
    .map((entry) => ({ entry, amount: traffic(entry, key) }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount || a.entry.pid - b.entry.pid)
    .slice(0, count)
    .map(({ entry }) => entry)
}
