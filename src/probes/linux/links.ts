import { readDecimal } from '../../lib/decimal.ts'
import { seriesKey } from '../../model/series.ts'
import type { HostFiles } from '../probe.ts'

/** IFF_UP of netdevice(7). */
const FLAG_UP = 1

/** Readings for which a link's speed is taken for true: asking for it waits for a lock that all network settings share. */
const SPEED_READINGS = 30
/** Whether it is up is asked at every second reading. */
const STATE_READINGS = 2

const BYTES_PER_MEGABIT = 1_000_000 / 8

/**
 * Loopback, and what carries the traffic of other interfaces of this machine (bridges, bonds, VLANs, the host's ends of containers
 * and virtual machines): counted again in a total it would make it wrong. Tunnels (tun, tap, wg) are ends of their own.
 */
const VIRTUAL =
  /^(lo|veth.*|docker.*|br-.*|br\d+|virbr.*|vmbr.*|ifb.*|dummy.*|bond.*|vnet.*|cni.*|cali.*|flannel.*|cilium.*|lxc.*|lxdbr.*|podman.*|kube-.*|nodelocaldns|vxlan.*|.*\.\d+)$/

export const LINK_SERIES = [
  'network_receive_bytes_total',
  'network_transmit_bytes_total',
  'network_receive_packets_total',
  'network_transmit_packets_total',
  'network_dropped_total',
  'network_errors_total',
  'network_speed_bytes_per_second',
] as const

type SeriesName = (typeof LINK_SERIES)[number]

/** What is known of an interface beside its traffic. */
export interface Link {
  readonly virtual: boolean
  /** Of all its series. */
  readonly keys: Readonly<Record<SeriesName, string>>
  readonly stateKey: string
  up: boolean
  /** Bytes a second; undefined where the driver does not tell or the link is down. */
  speed: number | undefined
}

/**
 * The interfaces of a host as sysfs knows them, asked less often than traffic is read: hosts of containers have hundreds. Source:
 * sys/class/net/NAME, kernel doc ABI/testing/sysfs-class-net.
 */
export class Links {
  private readonly files: HostFiles
  /** By the name of its folder. */
  private readonly known = new Map<string, Link>()
  private readings = 0

  constructor(files: HostFiles) {
    this.files = files
  }

  /** Begins another reading. */
  turn(): void {
    if (this.readings++ % SPEED_READINGS === 0) this.known.clear()
  }

  /** `name` is safe to show, `path` is as sysfs has it. */
  get(path: string, name: string): Link {
    const before = this.known.get(path)
    if (before === undefined) {
      const link = newLink(name, isUp(this.files, path), speedOf(this.files, path))
      this.known.set(path, link)
      return link
    }
    if (this.readings % STATE_READINGS === 1) {
      const up = isUp(this.files, path)
      // The speed of a link is settled when it comes up.
      if (up !== before.up) before.speed = speedOf(this.files, path)
      before.up = up
    }
    return before
  }
}

function newLink(name: string, up: boolean, speed: number | undefined): Link {
  const virtual = VIRTUAL.test(name)
  const keys = Object.fromEntries(LINK_SERIES.map((series) => [series, seriesKey(series, { interface: name })]))
  return {
    virtual,
    keys: keys as Record<SeriesName, string>,
    stateKey: seriesKey('interface', { interface: name, virtual: String(virtual) }),
    up,
    speed,
  }
}

/** Drivers that do not follow their carrier (loopback, tun) say `unknown`: then being switched on must do. */
function isUp(files: HostFiles, path: string): boolean {
  const state = files.optional(`sys/class/net/${path}/operstate`)
  const text = state === undefined ? 'unknown' : Buffer.from(state).toString('latin1').trim()
  if (text !== 'unknown') return text === 'up'
  const flags = files.optional(`sys/class/net/${path}/flags`)
  if (flags === undefined) return true
  const value = Number.parseInt(Buffer.from(flags).toString('latin1'), 16)
  return Number.isNaN(value) || (value & FLAG_UP) !== 0
}

/** `1000` megabits; -1 where it is not known (a virtual card). */
function speedOf(files: HostFiles, path: string): number | undefined {
  const bytes = files.optional(`sys/class/net/${path}/speed`)
  const megabits = bytes === undefined ? Number.NaN : readDecimal(bytes)
  return megabits > 0 ? megabits * BYTES_PER_MEGABIT : undefined
}
