/** What a platform's own programs tell of one process. What they do not tell is absent. Text has passed text safety. */
export interface Listing {
  readonly pid: number
  readonly ppid: number
  readonly name: string
  readonly command: string
  readonly kernel: boolean
  readonly uid?: number
  readonly user?: string
  /** Unix milliseconds, in whole seconds. */
  readonly startedMs?: number
  /** One letter, as ps(1) shows it. */
  readonly state?: string
  readonly nice?: number
  readonly threads?: number
  readonly memoryBytes?: number
  /** User and system time since it started. */
  readonly cpuSeconds?: number
  /** Of one core, where the platform tells what it used lately. */
  readonly cpuRatio?: number
}

/** Lists the processes of this machine. Rejects when that cannot be done. */
export type List = () => Promise<readonly Listing[]>

/** Without a process' descendants: the programs that measure are no news. */
export function withoutDescendants(list: readonly Listing[], ofPid: number): readonly Listing[] {
  const parents = new Map(list.map(({ pid, ppid }) => [pid, ppid]))
  const descends = (pid: number) => {
    let at = parents.get(pid)
    // A list that is not of one moment may have a circle.
    for (let steps = 0; at !== undefined && steps < list.length; steps++) {
      if (at === ofPid) return true
      at = parents.get(at)
    }
    return false
  }
  return list.filter(({ pid }) => !descends(pid))
}

/** What names a process together with its pid: hundredths of a second since 1970, from its start in whole seconds. */
export function startTicksOf(startedMs: number): number {
  return Math.round(startedMs / 1000) * 100
}
