import { systemClock } from '../lib/clock.ts'
import { counted } from '../lib/units.ts'
import { type EventLine, LINE_VERSION } from '../log/line.ts'
import { leaveAtOnce } from '../sources/live/leave.ts'
import type { Role } from '../sources/shared/shared-source.ts'
import { leaveReader } from './leave-reader.ts'
import { type Build, type Options, UsageError } from './options.ts'
import { untilEnded } from './run/ending.ts'
import { followFor } from './run/follow.ts'
import { createHeldLines } from './run/held-lines.ts'
import { newsLine } from './run/lines.ts'
import { createNews } from './run/news.ts'
import type { RunOptions } from './run/options.ts'
import { createOutput, isJournal } from './run/output.ts'
import { type ServiceManager, serviceManager } from './run/service-manager.ts'
import { createStation } from './station.ts'

/** What hangs by then is left behind: the whole end takes less than two seconds. */
const END_MS = 1800
const READER_MS = 200
/** Without frames for so many intervals nothing is measured any more. */
const SILENT_INTERVALS = 3

/**
 * The monitor without a screen, for a service manager or a container: a line of stdout for each thing that happens, until SIGTERM or SIGINT
 * ends it, or nobody reads any more. SIGHUP reads the configuration again. Resolves with the exit code. Rejects with UsageError where another
 * healthtop measures for the same state folder.
 */
export async function run(options: Options, build: Build, { logFormat, access }: RunOptions): Promise<number> {
  const clock = systemClock
  const look = { format: logFormat, priorities: isJournal(process.stdout.fd, process.env) }
  const output = createOutput(process.stdout, (count) =>
    own('log', 'warning', 'stdout', `left out ${counted(count, 'line')}: nobody read them`),
  )
  const news = createNews()
  let tells = false
  let frameMono = clock.monoMs()
  const ended = untilEnded(process.stdout)
  // Before threads are started: each has its own copy of the environment.
  const manager = serviceManager({
    env: process.env,
    pid: process.pid,
    failed(reason) {
      const text = `cannot be told anything: ${reason}`
      monitor.tell({ events: [{ wallMs: clock.wallMs(), kind: 'log', level: 'warning', subject: 'systemd', text }] })
    },
  })
  const station = createStation({
    options,
    build,
    command: 'run',
    access,
    onHistory: (history) => news.know(history),
    onFrame(frame) {
      frameMono = clock.monoMs()
      if (tells) held.add(news.take(frame).map((one) => newsLine(one, look)))
    },
  })
  const { monitor, source } = station
  const held = createHeldLines(() => station.kept(), output.write)
  const follow = followFor({ options, build, source, monitor, manager, clock })
  const reload = () => follow.again()
  process.on('SIGHUP', reload)

  /** What no frame tells. */
  function own(event: EventLine['event'], level: EventLine['level'], subject: string, text: string): string {
    return newsLine({ v: LINE_VERSION, t: clock.wallMs(), kind: 'event', event, level, subject, text }, look)
  }

  const role = await Promise.race([source.settled, ended])
  const taken = role && takenBy(role)
  if (taken !== undefined) {
    follow.stop()
    await station.stop()
    throw new UsageError(`run: ${taken}, or give this one another folder: --state-dir DIR`)
  }
  tells = true
  await Promise.race([station.begin(), ended])
  manager?.ready()
  const beat = watchdog(manager, options.intervalMs, () => clock.monoMs() - frameMono)
  await ended
  setTimeout(() => leaveAtOnce(0), END_MS).unref()
  clearInterval(beat)
  follow.stop()
  await Promise.all([manager?.stopping(), station.stop()])
  held.release()
  output.write(own('ended', 'event', 'healthtop', 'ended'))
  await output.end(READER_MS)
  process.off('SIGHUP', reload)
  leaveReader()
  return 0
}

/** What another one that has the place means for this one; undefined where none has it. */
function takenBy(role: Role): string | undefined {
  if (role.kind === 'attached') {
    const { command, pid } = role.by
    const who = command === 'run' ? `healthtop run (pid ${pid})` : `a dashboard (pid ${pid})`
    return `${who} measures for this state folder already; end that one first`
  }
  return role.kind === 'alone' && role.by !== undefined ? role.reason : undefined
}

/** Tells the manager that this process goes on, while frames really come. `silentMs`: since the last one. */
function watchdog(
  manager: ServiceManager | undefined,
  intervalMs: number,
  silentMs: () => number,
): NodeJS.Timeout | undefined {
  const { watchdogMs } = manager ?? {}
  if (watchdogMs === undefined) return undefined
  const everyMs = watchdogMs / 2
  const patienceMs = Math.max(everyMs, SILENT_INTERVALS * intervalMs)
  return setInterval(() => {
    if (silentMs() < patienceMs) manager?.alive()
  }, everyMs)
}
