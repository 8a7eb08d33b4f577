/** What of a machine does not change while it runs. What is not known is absent. */
export interface HostFacts {
  readonly name: string
  /** Distribution and version for people, such as `Debian 12`. */
  readonly os?: string
  /** Kernel name and release, such as `Linux 6.1.0-37-amd64`. */
  readonly kernel?: string
  readonly arch?: string
  readonly cpuModel?: string
  /** Processors that are online. */
  readonly cores?: number
  /** Container technology (`docker`, `lxc` …) when inside one. */
  readonly container?: string
  /** Cores that the processor quota of healthtop's own cgroup comes to, where it has one that is less than there are. */
  readonly cpuLimit?: number
  /** Memory that healthtop's own cgroup may use, where it has a limit that is less than there is. */
  readonly memoryLimitBytes?: number
  /** Which control groups the machine has mounted. */
  readonly cgroupVersion?: 1 | 2 | 'hybrid'
  /** /proc does not show the processes of other users to this one. */
  readonly hidesProcesses?: boolean
  /** Unix milliseconds at which the machine was started. */
  readonly bootMs?: number
  /** USER_HZ: clock ticks a second in /proc. */
  readonly ticksPerSecond?: number
}

/** A socket that listens on this machine, and who holds it where that may be known. */
export interface Listener {
  readonly protocol: 'tcp' | 'udp'
  /** Local address, `0.0.0.0` or `::` for all. */
  readonly address: string
  readonly port: number
  readonly pid?: number
  /** The holder's name (comm). */
  readonly process?: string
}
