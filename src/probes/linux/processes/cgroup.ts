import { safeText } from '../../../lib/text.ts'

const MAX_NAME = 128
const SHORT_ID = 12
/** What systemd runs processes in, and groups them by (systemd.unit(5)). */
const UNIT = /\.(?:service|scope|socket|mount|slice|swap)$/
/**
 * The id of a container at the end of a component: docker, containerd, CRI-O, podman, Kubernetes and ECS all use 64 hexadecimal
 * digits, bare, or behind a prefix (`docker-…`, `cri-containerd-…`, `crio-…`, `libpod-…`, `….slice:cri-containerd:…`).
 */
const ID = /^(?:(.*)[-:])?([0-9a-f]{64})(?:\.scope)?$/
/** These watch a container from outside it. */
const MONITOR = /conmon$/
/** LXC, LXD and Incus name theirs: `/lxc/web`, `/lxc.payload/web`, `/lxc.payload.web`. */
const LXC = /\/lxc(?:\/|\.payload[./])([^/]+)/
const NSPAWN = /\/systemd-nspawn@([^/]+)\.service/

/** Where a process stands among control groups. Text is safe to show. */
export interface Cgroup {
  readonly path: string
  readonly unit?: string
  readonly container?: string
}

/** systemd's name of a component: `_` in front keeps it apart from the kernel's files, odd characters are written `\x2d`. */
function unitName(component: string): string {
  const name = component.startsWith('_') ? component.slice(1) : component
  const bytes = name.replace(/(?:\\x[0-9a-f]{2})+/g, (escaped) =>
    Buffer.from(escaped.replaceAll('\\x', ''), 'hex').toString('utf8'),
  )
  return safeText(bytes, MAX_NAME)
}

function unitOf(path: string): string | undefined {
  const unit = path.split('/').findLast((component) => UNIT.test(component))
  return unit === undefined ? undefined : unitName(unit)
}

function containerOf(path: string): string | undefined {
  for (const component of path.split('/').reverse()) {
    const [, prefix = '', id] = ID.exec(component) ?? []
    if (id !== undefined) return MONITOR.test(prefix) ? undefined : id.slice(0, SHORT_ID)
  }
  const name = LXC.exec(path)?.[1] ?? NSPAWN.exec(path)?.[1]
  return name === undefined ? undefined : unitName(name)
}

/**
 * /proc/PID/cgroup, cgroups(7): lines `hierarchy:controllers:path`. The path is that of the unified hierarchy (v2), else of systemd's
 * own (v1 and hybrid), else the first that is not the root. Units stand in systemd's hierarchy, containers in any. Undefined without lines.
 */
export function parseCgroup(text: string): Cgroup | undefined {
  let unified: string | undefined
  let systemd: string | undefined
  const others: string[] = []
  for (const line of text.split('\n')) {
    const [, id = '', controllers = '', whole = ''] = /^(\d+):([^:]*):(\/.*)$/.exec(line) ?? []
    if (id === '') continue
    const path = whole.replace(/ \(deleted\)$/, '')
    if (controllers === 'name=systemd') systemd = path
    else if (id === '0' && controllers === '') unified = path
    else others.push(path)
  }
  const paths = [unified, systemd, ...others].filter((path) => path !== undefined)
  const path = paths.find((candidate) => candidate !== '/') ?? paths[0]
  if (path === undefined) return undefined
  const unit = unitOf(systemd ?? unified ?? '')
  const container = paths.map(containerOf).find((name) => name !== undefined)
  return {
    path: safeText(path),
    ...(unit !== undefined && { unit }),
    ...(container !== undefined && { container }),
  }
}
