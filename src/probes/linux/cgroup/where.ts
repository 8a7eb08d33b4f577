import { type MountInfo, parseMountinfo } from '../../../lib/mountinfo.ts'
import { safeText } from '../../../lib/text.ts'
import { decode } from '../../decode.ts'
import type { Bytes } from '../../probe.ts'

/** Where the figures of one controller stand for one process. */
export interface Seat {
  /** Which interface its files follow: kernel doc admin-guide/cgroup-v1 or cgroup-v2. */
  readonly version: 1 | 2
  /** The cgroup's own folder below the root, such as `sys/fs/cgroup/system.slice/nginx.service`. */
  readonly folder: string
  /** Its own folder and those above it as far as they can be seen, the own one first. Limits of all of them hold. */
  readonly levels: readonly string[]
}

/** The cgroups of a process. */
export interface Place {
  readonly version: 1 | 2 | 'hybrid'
  /** The cgroup's path for people; `/` for the root, or for the root of its namespace. */
  readonly path: string
  /** Where a controller (`memory`, `cpu`, `cpuacct`, `pids` …) counts this process; undefined where that cannot be seen from here. */
  seat(controller: string): Seat | undefined
  /** The folder of `seat`. */
  folder(controller: string): string | undefined
}

/** The seat of the cgroup so many levels above; undefined where that cannot be seen. */
export function seatAbove(seat: Seat | undefined, levelsUp: number): Seat | undefined {
  const folder = seat?.levels[levelsUp]
  if (seat === undefined || folder === undefined) return undefined
  return { version: seat.version, folder, levels: seat.levels.slice(levelsUp) }
}

interface Membership {
  readonly controllers: readonly string[]
  readonly path: string
}

/** With several hierarchies one path must stand for all: that of the first of these that says anything. */
const TELLING = ['', 'memory', 'cpu', 'cpuacct', 'pids', 'name=systemd']

/**
 * From /proc/PID/cgroup and /proc/PID/mountinfo (or /proc/self/mountinfo) to the folders of a process' cgroups. A controller that a v1
 * hierarchy has is counted there, all others in the v2 one. Sources: cgroups(7), cgroup_namespaces(7), proc_pid_mountinfo(5).
 */
export function cgroupFolders(cgroup: Bytes, mountinfo: Bytes): Place {
  const memberships = parseMemberships(cgroup)
  const mounts = parseMountinfo(mountinfo, (type) => type === 'cgroup' || type === 'cgroup2')
  const seats = new Map<string, Seat | undefined>()

  function find(controller: string): Seat | undefined {
    const v1 = memberships.find(({ controllers }) => controllers.includes(controller))
    const member = v1 ?? memberships.find(({ controllers }) => controllers.length === 0)
    if (member === undefined) return undefined
    const version = v1 === undefined ? 2 : 1
    const type = version === 1 ? 'cgroup' : 'cgroup2'
    for (const mount of mounts) {
      if (mount.type !== type || (version === 1 && !mount.options.includes(controller))) continue
      const rest = below(mount.root, member.path)
      if (rest !== undefined) return { version, ...levelsOf(mount, rest) }
    }
    return undefined
  }

  return {
    version: versionOf(memberships, mounts),
    path: safeText(tellingPath(memberships)),
    seat(controller) {
      if (!seats.has(controller)) seats.set(controller, find(controller))
      return seats.get(controller)
    },
    folder(controller) {
      return this.seat(controller)?.folder
    },
  }
}

/** `4:cpu,cpuacct:/docker/x` → its controllers and path; `0::/path` is the v2 one and has none. A path may hold colons. */
function parseMemberships(bytes: Bytes): Membership[] {
  return decode(bytes)
    .split('\n')
    .flatMap((line): Membership[] => {
      const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? []
      if (controllers === undefined || path === undefined) return []
      return [{ controllers: controllers === '' ? [] : controllers.split(','), path }]
    })
}

/** By what is mounted; by what the process is in where nothing is mounted. statfs would tell too, but not of a recorded tree. */
function versionOf(memberships: readonly Membership[], mounts: readonly MountInfo[]): Place['version'] {
  const [v1, v2] =
    mounts.length > 0
      ? [mounts.some(({ type }) => type === 'cgroup'), mounts.some(({ type }) => type === 'cgroup2')]
      : [memberships.some((one) => one.controllers.length > 0), memberships.some((one) => one.controllers.length === 0)]
  if (v1 && v2) return 'hybrid'
  return v1 ? 1 : 2
}

function tellingPath(memberships: readonly Membership[]): string {
  for (const controller of TELLING) {
    const path = memberships.find(({ controllers }) =>
      controller === '' ? controllers.length === 0 : controllers.includes(controller),
    )?.path
    if (path !== undefined && path !== '/') return path
  }
  return '/'
}

interface Resolved {
  /** How many levels above the root of the cgroup namespace it begins. */
  readonly up: number
  readonly names: readonly string[]
}

/** `/a/b` is below the root of the reader's cgroup namespace, `/../a` beside it. */
function resolve(path: string): Resolved {
  const names = path.split('/').filter((name) => name !== '')
  const first = names.findIndex((name) => name !== '..')
  const up = first < 0 ? names.length : first
  return { up, names: names.slice(up) }
}

/**
 * The names that lead from the root of a mount to a cgroup; undefined when it lies elsewhere, or when the way leads through a folder whose
 * name a cgroup namespace hides.
 */
function below(mountRoot: string, path: string): readonly string[] | undefined {
  const root = resolve(mountRoot)
  const cgroup = resolve(path)
  if (root.up !== cgroup.up) return undefined
  if (root.names.some((name, index) => cgroup.names[index] !== name)) return undefined
  return cgroup.names.slice(root.names.length)
}

function levelsOf(mount: MountInfo, names: readonly string[]): Pick<Seat, 'folder' | 'levels'> {
  const top = mount.path.replace(/^\/+|\/+$/g, '')
  const levels = names.map((_, index) => [top, ...names.slice(0, names.length - index)].join('/'))
  return { folder: levels[0] ?? top, levels: [...levels, top] }
}
