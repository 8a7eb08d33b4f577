import { safeText } from '../../lib/text.ts'
import type { HostFiles } from '../probe.ts'

const MAX_LABEL = 256

/** Readings for which what sysfs said is taken for true. */
const READINGS = 30

/** Memory and files in disguise: their traffic is that of something else. */
const NO_DISK = /^(loop|ram|zram)\d/

/** Made of other block devices (LVM, RAID, encryption, caches), as sys/block/NAME/slaves tells: the disks below are counted instead. */
const MAY_BE_LAYERED = /^(dm-|md|bcache|drbd)/

/** Used where there is no sys/block (a recorded tree may have none). */
const PARTITION = /^((sd|vd|hd|xvd)[a-z]+\d+|(nvme\d+n|mmcblk|nbd)\d+p\d+)$/

/** Which block devices are whole disks, with what is made of the name of each. */
export class Disks<T> {
  private readonly files: HostFiles
  private readonly make: (device: string) => T
  private readonly known = new Map<string, T | undefined>()
  private whole: ReadonlySet<string> = new Set()
  /** The reading at which `whole` was read. */
  private wholeAt = 0
  private readings = 0

  /** `make` is given names that are safe to show. */
  constructor(files: HostFiles, make: (device: string) => T) {
    this.files = files
    this.make = make
  }

  /** Begins another reading. */
  turn(): void {
    if (this.readings++ % READINGS === 0) this.known.clear()
  }

  /** Undefined for what is no whole disk. `name` is as the kernel gives it. */
  get(name: string): T | undefined {
    const before = this.known.get(name)
    if (before !== undefined || this.known.has(name)) return before
    const value = this.isDisk(name, this.wholeDisks()) ? this.make(safeText(name, MAX_LABEL)) : undefined
    this.known.set(name, value)
    return value
  }

  /** As they are at this reading: who asks has met a device that it did not know. */
  private wholeDisks(): ReadonlySet<string> {
    if (this.wholeAt !== this.readings) {
      this.whole = new Set(this.files.list('sys/block'))
      this.wholeAt = this.readings
    }
    return this.whole
  }

  private isDisk(name: string, whole: ReadonlySet<string>): boolean {
    if (NO_DISK.test(name)) return false
    if (whole.size === 0) return !PARTITION.test(name) && !MAY_BE_LAYERED.test(name)
    // sysfs cannot have a slash in a name: `cciss/c0d0` is `cciss!c0d0` there.
    const folder = name.replaceAll('/', '!')
    if (!whole.has(folder)) return false
    return !MAY_BE_LAYERED.test(name) || this.files.list(`sys/block/${folder}/slaves`).length === 0
  }
}
