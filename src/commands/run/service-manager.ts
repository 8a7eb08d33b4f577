import { spawn as systemSpawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { runProgram, type Spawn } from '../../lib/run-program.ts'

/** It is asked for by those who want it told; a manager that is stuck keeps nobody. */
const DEADLINE_MS = 5000
/** Who ends does not wait for it. */
const STOPPING_MS = 500

export interface ManagerOptions {
  readonly env: NodeJS.ProcessEnv
  readonly pid: number
  /** Told once why the manager cannot be told anything. */
  readonly failed: (reason: string) => void
  readonly spawn?: Spawn
}

/** The service manager that started this process and wants to be told how it is doing, sd_notify(3). Nothing is told out of turn. */
export interface ServiceManager {
  /** How often it wants to hear of us, at least; undefined where it does not care. */
  readonly watchdogMs: number | undefined
  /** Started, or the configuration has been read again. */
  ready(): void
  /** The configuration is being read again. `monoMs`: by the machine's monotonic clock, which Type=notify-reload asks for. */
  reloading(monoMs: number): void
  alive(): void
  /** It ends. Resolves when that is told, or cannot be. */
  stopping(): Promise<void>
}

/**
 * Undefined where nobody wants to be told ($NOTIFY_SOCKET). It is told through systemd-notify(1), as Node has no datagrams of unix(7): what comes
 * from another process than the main one is taken with `NotifyAccess=all`. The variables are taken out of `env`: programs that checks and
 * probes start would speak for this process, as those of systemd do when they fail.
 */
export function serviceManager({ env, pid, failed, spawn = systemSpawn }: ManagerOptions): ServiceManager | undefined {
  const { NOTIFY_SOCKET: socket } = env
  const watchdogMs = watchdogOf(env, pid)
  for (const name of ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID']) delete env[name]
  if (!socket) return undefined
  let last = Promise.resolve()
  let waiting = 0
  let told = false

  function fail(reason: string): void {
    if (!told) failed(reason)
    told = true
  }

  async function run(assignments: readonly string[]): Promise<void> {
    try {
      const deadline = AbortSignal.timeout(DEADLINE_MS)
      const environment = { NOTIFY_SOCKET: socket as string }
      const output = await runProgram(spawn, deadline, 'systemd-notify', assignments, { environment })
      if (output === undefined) fail('there is no systemd-notify; install it, or use Type=exec without WatchdogSec=')
    } catch (error) {
      fail((error as Error).message)
    }
    waiting--
  }

  function notify(...assignments: string[]): Promise<void> {
    waiting++
    last = last.then(() => run(assignments))
    return last
  }

  return {
    watchdogMs,
    ready: () => void notify('READY=1'),
    reloading: (monoMs) => void notify('RELOADING=1', `MONOTONIC_USEC=${Math.round(monoMs * 1000)}`),
    alive() {
      // What waits to be told says so too.
      if (waiting === 0) void notify('WATCHDOG=1')
    },
    stopping: () => Promise.race([notify('STOPPING=1'), pause(STOPPING_MS, undefined, { ref: false })]),
  }
}

/** sd_watchdog_enabled(3): microseconds, for the process whose pid is there, or for all where none is. */
function watchdogOf({ WATCHDOG_USEC: usec, WATCHDOG_PID: meant }: NodeJS.ProcessEnv, pid: number): number | undefined {
  if (meant !== undefined && meant !== '' && Number(meant) !== pid) return undefined
  const ms = Number(usec) / 1000
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
}
