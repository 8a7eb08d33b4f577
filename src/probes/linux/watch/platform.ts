import { spawn as systemSpawn } from 'node:child_process'
import { statSync } from 'node:fs'
import type { Clock } from '../../../lib/clock.ts'
import { runProgram, type Spawn } from '../../../lib/run-program.ts'
import type { IoClass, ProcessRow } from '../../../model/processes.ts'
import type { HostFiles } from '../../probe.ts'
import type { WatchPlatform } from '../../watch/platform.ts'
import { readDelayAccounting } from '../processes/delay-accounting.ts'
import { readPageBytes } from '../processes/page-size.ts'
import { ProcessCgroup } from './cgroup.ts'
import { Detail } from './detail.ts'
import { Instance, type InstanceContext } from './instance.ts'
import { parseIonice } from './ionice.ts'
import { OomKills } from './kills.ts'
import { ProcessFiles } from './reader.ts'

const IONICE_MS = 2000

export interface LinuxWatchOptions {
  readonly host: HostFiles
  readonly ticksPerSecond: number
  readonly clock: Clock
  /** Where the pid that is being read stands, in shared memory. */
  readonly reading?: Int32Array
  /** Starts `ionice`; `spawn` of node:child_process unless given. */
  readonly spawn?: Spawn
}

interface Followed {
  readonly instance: Instance
  readonly cgroup: ProcessCgroup
  detail?: Detail
}

function keyOf({ pid, startTicks }: ProcessRow): string {
  return `${pid}:${startTicks}`
}

/** Whether the size of a `fd` folder is how many files are open, as it is since Linux 6.2: we have some. */
function hasSizedFolders(proc: string): boolean {
  try {
    return statSync(`${proc}/self/fd`).size > 0
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}

/** Reads watched processes of a Linux host from /proc, proc(5). Who opens one must close it. */
export function openLinuxWatch(options: LinuxWatchOptions): WatchPlatform {
  const { host, ticksPerSecond, clock, spawn = systemSpawn } = options
  const files = new ProcessFiles(host.root, options.reading)
  const context: InstanceContext = {
    files,
    ticksPerSecond,
    pageBytes: readPageBytes(host.root.replace(/\/+$/, '')),
    delays: readDelayAccounting(files.proc) === 'all',
    sizedFolders: host.root === '/' && hasSizedFolders(files.proc),
    now: () => clock.monoMs(),
  }
  const followed = new Map<string, Followed>()
  let kills = new OomKills(host)
  let asking: AbortController | undefined

  function follow(row: ProcessRow): Followed {
    const key = keyOf(row)
    let one = followed.get(key)
    if (one === undefined) {
      one = { instance: new Instance(context, row), cgroup: new ProcessCgroup(files, host, row.pid) }
      followed.set(key, one)
    }
    return one
  }

  /** The class of this machine's process; a recorded one has none. */
  function askIoClass(pid: number, tell: (ioClass: IoClass | undefined) => void): void {
    if (host.root !== '/') return
    const controller = new AbortController()
    asking = controller
    const timer = setTimeout(() => controller.abort(), IONICE_MS)
    timer.unref()
    runProgram(spawn, controller.signal, 'ionice', ['-p', String(pid)])
      .then(
        (text) => tell(text === undefined ? undefined : parseIonice(text)),
        // It failed, most likely because the process has ended: then it is not known.
        () => {},
      )
      .finally(() => clearTimeout(timer))
  }

  return {
    reads: true,
    begin: () => kills.turn(clock.monoMs()),
    figures(row) {
      const { instance, cgroup } = follow(row)
      const figures = instance.figures()
      if (figures !== undefined) kills.alive(keyOf(row), clock.monoMs(), cgroup.oomKills())
      return figures
    },
    shared(instances) {
      const [oldest] = instances
      const pressure = oldest && follow(oldest).cgroup.pressure()
      return Object.fromEntries(
        Object.entries(pressure ?? {}).map(([what, ratio]) => [`process_cgroup_pressure_${what}_ratio`, ratio]),
      )
    },
    detail(row, sections) {
      const one = follow(row)
      const uid = process.geteuid?.()
      one.detail ??= new Detail({ context, host, row, instance: one.instance, uid, askIoClass })
      return one.detail.read(sections)
    },
    ended(row) {
      const cgroup = followed.get(keyOf(row))?.cgroup
      followed.delete(keyOf(row))
      return kills.killed(keyOf(row), cgroup?.oomKills()) ? 'out of memory' : undefined
    },
    close() {
      asking?.abort()
      followed.clear()
      kills = new OomKills(host)
    },
  }
}
