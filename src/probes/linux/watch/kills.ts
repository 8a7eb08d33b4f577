import type { HostFiles } from '../../probe.ts'
import { namedLine } from '../named-line.ts'

const ofHost = namedLine('proc/vmstat', 'oom_kill')
/** A killed process takes a while to go, and to be missed. */
const WINDOW_MS = 4000

/** What a counter was lately. */
class Recent {
  private values: { readonly monoMs: number; readonly value: number }[] = []

  add(monoMs: number, value: number): void {
    this.values = [...this.values.filter((one) => monoMs - one.monoMs <= WINDOW_MS), { monoMs, value }]
  }

  rose(value: number | undefined): boolean {
    const [first] = this.values
    return first !== undefined && value !== undefined && value > first.value
  }

  get known(): boolean {
    return this.values.length > 0
  }
}

/** Notices that the kernel killed something for want of memory, by what it counts: for the host, and for each cgroup. */
export class OomKills {
  private readonly host: HostFiles
  private readonly ofAll = new Recent()
  private readonly ofCgroups = new Map<string, Recent>()
  private now: number | undefined

  constructor(host: HostFiles) {
    this.host = host
  }

  /** Another moment. */
  turn(monoMs: number): void {
    const bytes = this.host.optional('proc/vmstat')
    this.now = bytes && ofHost.read(bytes)
    if (this.now !== undefined) this.ofAll.add(monoMs, this.now)
  }

  /** An instance lives, and so often something was killed in its cgroup. */
  alive(key: string, monoMs: number, kills: number | undefined): void {
    if (kills === undefined) return
    const recent = this.ofCgroups.get(key) ?? new Recent()
    recent.add(monoMs, kills)
    this.ofCgroups.set(key, recent)
  }

  /**
   * Whether something was killed lately where an instance was that has ended. Its cgroup knows best (`kills` is what it says now); where that
   * does not tell, or went with it, the host does.
   */
  killed(key: string, kills: number | undefined): boolean {
    const recent = this.ofCgroups.get(key)
    this.ofCgroups.delete(key)
    return recent?.known && kills !== undefined ? recent.rose(kills) : this.ofAll.rose(this.now)
  }
}
