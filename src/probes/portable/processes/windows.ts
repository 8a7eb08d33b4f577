import type { Systeminformation } from 'systeminformation'
import { safeText } from '../../../lib/text.ts'
import type { List, Listing } from './listing.ts'

const MAX_COMMAND = 4096
/** The library says `unknown` of nearly all of them. */
const STATES: Readonly<Record<string, string>> = { running: 'R', ready: 'R', blocked: 'S', growing: 'S', stopped: 'T' }

type Described = Pick<
  Systeminformation.ProcessesProcessData,
  'pid' | 'parentPid' | 'name' | 'command' | 'cpu' | 'memRss' | 'started' | 'state'
>

/**
 * Lists processes of Windows: by ps-list, which tells who there is, and by `processes()` of systeminformation (Win32_Process) for the rest.
 * Its first CPU figures are averages since the start, as are those of a process it sees for the first time: neither is told.
 */
export function listWindows(cores: number): List {
  let seen: ReadonlySet<number> = new Set()
  return async () => {
    const [{ default: psList }, { processes }] = await Promise.all([import('ps-list'), import('systeminformation')])
    // ps-list has a program for x64, one for x86 that is not in the bundle, and none for ARM.
    const listing = process.arch === 'x64' ? psList() : undefined
    const [listed, { list: described }] = await Promise.all([listing, processes()])
    const list = listed ?? described.map(({ pid, parentPid, name }) => ({ pid, ppid: parentPid, name }))
    const byPid = new Map(described.map((one) => [one.pid, one]))
    const before = seen
    seen = new Set(byPid.keys())
    return list.map(({ pid, ppid, name }) =>
      windowsListing({ pid, ppid, name }, byPid.get(pid), before.has(pid) ? cores : undefined),
    )
  }
}

/** CPU is a share of all cores in percent there; without `cores` it is not told. */
export function windowsListing(
  { pid, ppid, name }: { readonly pid: number; readonly ppid: number; readonly name: string },
  described: Described | undefined,
  cores: number | undefined,
): Listing {
  const short = safeText(name, 64)
  const base = { pid, ppid, name: short, command: short, kernel: pid === 0 || pid === 4 }
  if (described === undefined) return base
  const startedMs = Date.parse(described.started.replace(' ', 'T'))
  const state = STATES[described.state]
  return {
    ...base,
    command: safeText(described.command, MAX_COMMAND) || short,
    ...(!Number.isNaN(startedMs) && { startedMs }),
    ...(state !== undefined && { state }),
    ...(described.memRss > 0 && { memoryBytes: described.memRss * 1024 }),
    ...(cores !== undefined && { cpuRatio: (described.cpu / 100) * cores }),
  }
}
