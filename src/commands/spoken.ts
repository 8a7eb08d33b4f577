import {
  NOTHING_SAID,
  spokenChanges,
  spokenChecks,
  spokenProcesses,
  spokenReasons,
  spokenSummary,
} from '../export/spoken.ts'
import { systemClock } from '../lib/clock.ts'
import type { Frame } from '../model/frame.ts'
import { PLAIN_QUERY } from '../model/processes.ts'
import { leaveReader } from './leave-reader.ts'
import type { Build, Options } from './options.ts'
import { createStation } from './station.ts'

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
/** After that it says what it knows, however little. */
const PATIENCE_MS = 6000
/** Longer than it takes to be stopped. */
const STOP_MS = 100
const CTRL_C = '\x03'
const CTRL_D = '\x04'
const CTRL_Z = '\x1a'
const HELP =
  'keys: s says how the machine is, w what is wrong, c how the services are, p who uses the processor, q quits'

/**
 * The monitor for a screen reader: plain lines that only ever go on, no drawing. It says how the machine is, then only what changes, and
 * answers single keys. Resolves with the exit code when somebody ends it.
 */
export async function spoken(options: Options, build: Build): Promise<number> {
  const say = (lines: readonly string[]) => {
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
  }
  let said = NOTHING_SAID
  let began = false
  const startedMono = systemClock.monoMs()
  const hear = (frame: Frame) => {
    // Rates need two measurements, and some probes their time: before that there is little to say.
    const known = ['cpu_used_ratio', 'memory_used_ratio'].every((name) => frame.metrics.value(name) !== undefined)
    if (!began && !known && systemClock.monoMs() - startedMono < PATIENCE_MS) return
    const changes = spokenChanges(frame, said)
    said = changes.said
    if (began) say(changes.lines)
    else say([...spokenSummary(frame), ...(process.stdin.isTTY ? [HELP] : [])])
    began = true
  }
  const station = createStation({ options, build, command: 'dashboard', onFrame: hear })
  const { monitor } = station
  monitor.ask({ ...PLAIN_QUERY, rows: 0 })
  void station.begin()
  const answers: Readonly<Record<string, () => readonly string[]>> = {
    s: () => spokenSummary(monitor.frame),
    '\r': () => spokenSummary(monitor.frame),
    w: () => spokenReasons(monitor.frame),
    c: () => spokenChecks(monitor.frame),
    p: () => spokenProcesses(monitor.frame),
    '?': () => [HELP],
  }
  const goOn = () => {
    takeKeysAgain()
    say(spokenSummary(monitor.frame))
  }
  let stopped: NodeJS.Timeout | undefined
  const code = await new Promise<number>((resolve) => {
    for (const [signal, number] of Object.entries(SIGNALS)) process.once(signal, () => resolve(number))
    if (!process.stdin.isTTY) return
    process.stdin.setRawMode(true)
    process.on('SIGCONT', goOn)
    process.stdin.on('data', (bytes: Buffer) => {
      for (const key of bytes.toString('utf8')) {
        if (key === 'q' || key === CTRL_D) resolve(0)
        else if (key === CTRL_C) resolve(SIGNALS.SIGINT)
        else if (key === CTRL_Z) stopped = stop()
        else say(answers[key]?.() ?? [])
      }
    })
    // A terminal that is gone ends its input.
    process.stdin.on('end', () => resolve(SIGNALS.SIGHUP))
  })
  process.off('SIGCONT', goOn)
  clearTimeout(stopped)
  if (process.stdin.isTTY) process.stdin.setRawMode(false)
  process.stdin.pause()
  await station.stop()
  leaveReader()
  return code
}

/** Stops the whole process group, as the terminal would: npx around us too, or the shell never gets the terminal back. */
function stop(): NodeJS.Timeout {
  process.stdin.setRawMode(false)
  process.kill(0, 'SIGTSTP')
  // Kernels ignore the stop of a group that nobody could continue.
  return setTimeout(takeKeysAgain, STOP_MS)
}

/** The shell has had its own mode on meanwhile, and Node sets none that it believes to be set. */
function takeKeysAgain(): void {
  process.stdin.setRawMode(false)
  process.stdin.setRawMode(true)
}
