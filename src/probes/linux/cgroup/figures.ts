import { Cursor } from '../../../lib/decimal.ts'
import { perFiles } from '../../per-files.ts'
import type { Bytes, HostFiles } from '../../probe.ts'
import { type CpuFigures, readCpu } from './cpu.ts'
import { given, type Limit, limitIn, numberIn, smallestLimit } from './files.ts'
import { type MemoryFigures, readMemory } from './memory.ts'
import { type Place, type Seat, seatAbove } from './where.ts'

/** Tasks (threads) of one cgroup and all below it. */
export interface PidsFigures {
  readonly used: number
  /** The smallest limit up the path. */
  readonly limit?: Limit
}

/** Share of the last ten seconds in which some task of the cgroup was held up, 0..1. Kernel doc accounting/psi. */
export interface CgroupPressure {
  readonly cpu?: number
  readonly memory?: number
  readonly io?: number
}

/** All that is known of one cgroup. What its controllers do not tell is absent. */
export interface CgroupFigures {
  readonly memory?: MemoryFigures
  readonly cpu?: CpuFigures
  readonly pids?: PidsFigures
  readonly pressure?: CgroupPressure
}

/** The figures of the very cgroup that a process is in; its limits are the smallest of its own and those above it. */
export function readFigures(files: HostFiles, place: Place): CgroupFigures {
  return given({
    memory: memoryOf(files, seatOf(files, place, 'memory')),
    cpu: readCpu(files, seatOf(files, place, 'cpu'), seatOf(files, place, 'cpuacct')),
    pids: pidsOf(files, seatOf(files, place, 'pids')),
    pressure: readPressure(files, place),
  })
}

/**
 * As `readFigures`, but each of memory, cpu and pids is that of the cgroup whose limit holds, its own or one above: what is used of a
 * limit is what all below it use. In a container that is the container, wherever in it the process may be.
 */
export function readLimited(files: HostFiles, place: Place): CgroupFigures {
  return given({
    memory: limitedMemory(files, place),
    cpu: limitedCpu(files, place),
    pids: limitedPids(files, place),
    pressure: readPressure(files, place),
  })
}

/** The memory of the cgroup whose limit holds for a process. */
export function limitedMemory(files: HostFiles, place: Place): MemoryFigures | undefined {
  const seat = seatOf(files, place, 'memory')
  const memory = memoryOf(files, seat)
  const up = levelsUp(seat, memory?.limit)
  return up === 0 ? memory : (memoryOf(files, seatAbove(seat, up)) ?? memory)
}

/** The processor time of the cgroup whose quota holds for a process. */
export function limitedCpu(files: HostFiles, place: Place): CpuFigures | undefined {
  const seat = seatOf(files, place, 'cpu')
  const account = seatOf(files, place, 'cpuacct')
  const cpu = readCpu(files, seat, account)
  const up = levelsUp(seat, cpu?.quota)
  if (up === 0) return cpu
  // In v1 time is counted in a hierarchy that may be another, but that almost everybody builds alike.
  return readCpu(files, seatAbove(seat, up), seatAbove(account, up))
}

function limitedPids(files: HostFiles, place: Place): PidsFigures | undefined {
  const seat = seatOf(files, place, 'pids')
  const pids = pidsOf(files, seat)
  const up = levelsUp(seat, pids?.limit)
  return up === 0 ? pids : (pidsOf(files, seatAbove(seat, up)) ?? pids)
}

/**
 * Where a controller counts a process, undefined at the root of all cgroups: what is counted there is the machine. The root of a cgroup
 * namespace looks alike from inside, but lacks or has what only the real one has or lacks.
 */
function seatOf(files: HostFiles, place: Place, controller: string): Seat | undefined {
  const seat = place.seat(controller)
  if (seat === undefined || seat.levels.length > 1) return seat
  const roots = rootsOf(files)
  const isRoot = roots.get(seat) ?? isRootOfAll(files, seat)
  roots.set(seat, isRoot)
  return isRoot ? undefined : seat
}

/** A folder stays what it is, and files that are not there are dear to ask for. */
const rootsOf = perFiles(() => new WeakMap<Seat, boolean>())

function isRootOfAll(files: HostFiles, { version, folder }: Seat): boolean {
  return version === 1
    ? files.optional(`${folder}/release_agent`) !== undefined
    : files.optional(`${folder}/cgroup.events`) === undefined
}

function levelsUp(seat: Seat | undefined, limit: Limit | undefined): number {
  return limit === undefined || seat === undefined ? 0 : Math.max(0, seat.levels.indexOf(limit.folder))
}

function memoryOf(files: HostFiles, seat: Seat | undefined): MemoryFigures | undefined {
  return seat && readMemory(files, seat)
}

/** Kernel doc admin-guide/cgroup-v2, "PID Interface Files"; v1 has the same files. */
function pidsOf(files: HostFiles, seat: Seat | undefined): PidsFigures | undefined {
  if (seat === undefined) return undefined
  const used = numberIn(files, `${seat.folder}/pids.current`)
  if (used === undefined) return undefined
  const limit = smallestLimit(seat.levels, (level) => limitIn(files, `${level}/pids.max`))
  return { used, ...(limit !== undefined && { limit }) }
}

/** Only v2 tells it, of all cgroups but the root, whichever controllers are on. */
export function readPressure(files: HostFiles, place: Place): CgroupPressure | undefined {
  const folder = seatOf(files, place, '')?.folder
  if (folder === undefined) return undefined
  const some = (resource: string) => someOf(files.optional(`${folder}/${resource}.pressure`))
  const pressure = given({ cpu: some('cpu'), memory: some('memory'), io: some('io') })
  return Object.keys(pressure).length === 0 ? undefined : pressure
}

/** `some avg10=1.53 …` → 0.0153. */
function someOf(bytes: Bytes | undefined): number | undefined {
  if (bytes === undefined) return undefined
  const cursor = new Cursor(bytes)
  const percent = cursor.take('some avg10=') ? cursor.decimal() : Number.NaN
  return Number.isNaN(percent) ? undefined : Math.round(percent * 100) / 10_000
}
