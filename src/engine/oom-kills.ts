import type { LogEvent } from '../model/event.ts'
import type { Sample } from '../model/sample.ts'

const MACHINE = 'oom_kills_total'
const OWN_GROUP = 'cgroup_oom_kills_total'

/**
 * Tells of each time the kernel ended a process for want of memory. The kernel counts those that ran into the limit of a control group
 * together with those for which the machine had none left (__oom_kill_process() in mm/oom_kill.c): what the own group has told of is not
 * told a second time.
 */
export class OomKills {
  private readonly counted = new Map<string, number>()
  /** Told of by the own group, and not seen in the count of the machine yet. */
  private told = 0

  accept({ counters, wallMs }: Sample, tell: (event: LogEvent) => void): void {
    const say = (killed: number, why: string) => {
      const text = `the kernel ended ${killed === 1 ? 'a process' : `${killed} processes`}: ${why}`
      tell({ wallMs, kind: 'oom_kill', level: 'event', subject: 'memory', text })
    }
    const own = this.rise(OWN_GROUP, counters)
    if (own > 0) say(own, 'its control group had no more memory')
    this.told += own
    const all = this.rise(MACHINE, counters)
    const known = Math.min(all, this.told)
    this.told -= known
    if (all > known) say(all - known, 'memory ran out, of the machine or of a control group')
  }

  /** A counter that fell was started over. */
  private rise(name: string, counters: Sample['counters']): number {
    const now = counters[name]
    if (now === undefined) return 0
    const before = this.counted.get(name) ?? now
    this.counted.set(name, now)
    return Math.max(0, now - before)
  }
}
