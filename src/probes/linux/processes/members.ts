import { readdirSync, statfsSync, statSync } from 'node:fs'

/** Type of a procfs, statfs(2). */
const PROC_SUPER_MAGIC = 0x9fa0

/** Pids among the names of a proc folder. */
export function parsePids(names: readonly string[]): number[] {
  const pids: number[] = []
  for (const name of names) {
    const first = name.charCodeAt(0)
    if (first < 49 || first > 57) continue
    const pid = Number(name)
    if (Number.isInteger(pid)) pids.push(pid)
  }
  return pids
}

/**
 * Says which processes there are, and reads the folder only when that may have changed: the link count of /proc moves with the
 * number of processes, `processes` of /proc/stat with every fork. Only a real procfs counts like that; other folders are always read.
 */
export class Members {
  private readonly folder: string
  private readonly counted: boolean
  private lastLinks = Number.NaN
  private lastForks = Number.NaN

  constructor(folder: string) {
    this.folder = folder
    this.counted = statfsSync(folder).type === PROC_SUPER_MAGIC
  }

  /** The pids, or undefined when they are the same as the last time. */
  changed(forks: number): readonly number[] | undefined {
    if (this.counted) {
      // Taken before the folder is read: what changes meanwhile costs one more reading, never a missed process.
      const links = statSync(this.folder).nlink
      if (links === this.lastLinks && forks === this.lastForks) return undefined
      this.lastLinks = links
      this.lastForks = forks
    }
    return parsePids(readdirSync(this.folder))
  }

  /** The next time counts as changed. */
  forget(): void {
    this.lastLinks = Number.NaN
    this.lastForks = Number.NaN
  }
}
