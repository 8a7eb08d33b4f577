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
