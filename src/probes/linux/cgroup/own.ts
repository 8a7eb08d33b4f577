import { readDecimal } from '../../../lib/decimal.ts'
import { perFiles } from '../../per-files.ts'
import type { HostFiles } from '../../probe.ts'
import { readContainer } from '../container.ts'
import { type CgroupFigures, limitedCpu, limitedMemory, readLimited } from './figures.ts'
import type { MemoryFigures } from './memory.ts'
import { QuotaTime } from './quota-time.ts'
import { cgroupFolders, type Place } from './where.ts'

/** Where there are no limits there hardly ever will be: they are looked for again with each so manieth reading. */
const READINGS_BETWEEN = 10

/** Says when to look: each time while there was something the last time, seldom otherwise. */
class Watchfulness {
  private rests = 0

  look(): boolean {
    return this.rests === 0 || --this.rests === 0
  }

  found(something: boolean): void {
    this.rests = something ? 0 : READINGS_BETWEEN
  }
}

/** Figures of the cgroup that holds healthtop itself. */
export interface OwnFigures extends CgroupFigures {
  /** Processor time that the quota has allowed since the first reading, in seconds. */
  readonly quotaSeconds?: number
}

/** Processor time in a container with a quota, in seconds; it knows no other modes. */
export interface QuotaModes {
  /** The quota in cores. */
  readonly cores: number
  readonly userSeconds: number
  readonly systemSeconds: number
  /** Of the quota's time, not of the machine's. */
  readonly idleSeconds: number
}

/** The cgroup that healthtop is in, of one machine's files. Where it is is found once, and again when the kernel names another. */
export class OwnCgroup {
  /** The container technology; undefined outside. */
  readonly container: string | undefined
  private readonly files: HostFiles
  /** /proc/self/cgroup as it was when `found` was made. */
  private membership: Buffer | undefined
  private found: Place | undefined
  private readonly forFigures = new QuotaTime()
  private readonly forModes = new QuotaTime()
  private readonly limits = new Watchfulness()
  private readonly memoryLimit = new Watchfulness()
  private readonly quota = new Watchfulness()

  constructor(files: HostFiles) {
    this.files = files
    this.container = readContainer(files)
  }

  /** Undefined on a machine without cgroups, and in a recorded tree that has none. */
  place(): Place | undefined {
    const now = this.files.optional('proc/self/cgroup')
    if (now === undefined) return undefined
    if (this.membership?.equals(now)) return this.found
    // The bytes are the reader's and change with its next reading.
    this.membership = Buffer.from(now)
    const mountinfo = this.files.optional('proc/self/mountinfo')
    this.found = mountinfo && cgroupFolders(this.membership, mountinfo)
    return this.found
  }

  /**
   * Figures of the container, or of the cgroup whose limits hold for healthtop; undefined outside of containers when there are none. A limit
   * on tasks alone does not count: systemd sets one on everything.
   */
  figures(): OwnFigures | undefined {
    if (this.container === undefined && !this.limits.look()) return undefined
    const place = this.place()
    const figures = (place && readLimited(this.files, place)) ?? {}
    const { memory, cpu } = figures
    const limited = (memory?.limit ?? memory?.swapLimit ?? cpu?.quota) !== undefined
    this.limits.found(limited)
    if (this.container === undefined && !limited) return undefined
    const share = this.advance(this.forFigures, cpu?.quota?.value, cpu?.usedSeconds)
    return { ...figures, ...(share !== undefined && { quotaSeconds: share.allowedSeconds }) }
  }

  /** The memory of the container when a limit holds for it; undefined outside of containers. */
  memory(): MemoryFigures | undefined {
    if (this.container === undefined || !this.memoryLimit.look()) return undefined
    const place = this.place()
    const memory = place && limitedMemory(this.files, place)
    this.memoryLimit.found(memory?.limit !== undefined)
    return memory?.limit === undefined ? undefined : memory
  }

  /** The processor time of the container when a quota holds for it; undefined outside of containers. */
  modes(): QuotaModes | undefined {
    if (this.container === undefined || !this.quota.look()) return undefined
    const place = this.place()
    const { quota, userSeconds, systemSeconds } = (place && limitedCpu(this.files, place)) ?? {}
    this.quota.found(quota !== undefined)
    if (quota === undefined || userSeconds === undefined || systemSeconds === undefined) return undefined
    const share = this.advance(this.forModes, quota.value, userSeconds + systemSeconds)
    return share && { cores: quota.value, userSeconds, systemSeconds, idleSeconds: share.idleSeconds }
  }

  private advance(time: QuotaTime, cores: number | undefined, usedSeconds: number | undefined) {
    const uptime = cores === undefined ? undefined : this.files.optional('proc/uptime')
    if (uptime === undefined || cores === undefined || usedSeconds === undefined) return undefined
    const seconds = readDecimal(uptime)
    return Number.isNaN(seconds) ? undefined : time.advance(seconds, cores, usedSeconds)
  }
}

/** The cgroup that healthtop is in, as seen through these files: several probes of one machine ask about it. */
export const ownCgroup = perFiles((files) => new OwnCgroup(files))
