import { spawn } from 'node:child_process'
import { runProgram } from '../../../lib/run-program.ts'
import { safeText } from '../../../lib/text.ts'
import { startTicksOf } from './listing.ts'

/** What ps-list does not ask for, or as a rounded share only. */
export interface Figures {
  readonly state: string
  readonly nice?: number
  readonly memoryBytes?: number
  readonly cpuSeconds?: number
  readonly threads?: number
  readonly user: string
}

/** procps cuts off long names of users unless told how long they may be; it alone counts threads. Sources: ps(1) of procps, macOS, FreeBSD. */
const COLUMNS = ['pid=', 'state=', 'nice=', 'rss=', 'time=']
const COLUMNS_LINUX = [...COLUMNS, 'nlwp=', 'user:64=']
const COLUMNS_OTHER = [...COLUMNS, 'user=']

/** Asks ps(1) for the figures of all processes. The signal ends it. */
export async function askFigures(signal: AbortSignal): Promise<ReadonlyMap<number, Figures>> {
  const linux = process.platform === 'linux'
  const columns = (linux ? COLUMNS_LINUX : COLUMNS_OTHER).flatMap((column) => ['-o', column])
  const text = await runProgram(spawn, signal, 'ps', ['-ax', ...columns])
  if (text === undefined) throw new Error('there is no ps on this machine')
  return parseFigures(text, linux)
}

/** ` 42 S 0 20776 00:00:03 13 root`, a line each; the number of threads is there when `withThreads`. Lines that are none are left out. */
export function parseFigures(text: string, withThreads: boolean): Map<number, Figures> {
  const figures = new Map<number, Figures>()
  for (const line of text.split('\n')) {
    const [pid, state, nice, kibibytes, time, ...rest] = line.trim().split(/\s+/)
    const threads = withThreads ? rest.shift() : undefined
    const user = rest.join(' ')
    if (pid === undefined || !/^\d+$/.test(pid) || state === undefined || user === '') continue
    const cpuSeconds = parseTime(time ?? '')
    figures.set(Number(pid), {
      state: safeText(state.slice(0, 1)),
      ...whole('nice', nice),
      ...(kibibytes !== undefined && /^\d+$/.test(kibibytes) && { memoryBytes: Number(kibibytes) * 1024 }),
      ...(cpuSeconds !== undefined && { cpuSeconds }),
      ...whole('threads', threads),
      user: safeText(user, 64),
    })
  }
  return figures
}

/** Empty where it is no number: processes of another class have `-` for nice. */
function whole<Key extends string>(key: Key, text: string | undefined): Partial<Record<Key, number>> {
  return text !== undefined && /^-?\d+$/.test(text) ? ({ [key]: Number(text) } as Record<Key, number>) : {}
}

/** `[[days-]hours:]minutes:seconds[.hundredths]` in seconds; undefined when it is something else. */
export function parseTime(text: string): number | undefined {
  const match = /^(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(text)
  if (match === null) return undefined
  const [, days = 0, hours = 0, minutes, seconds] = match
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)
}

/** Who has a pid now. */
export interface Identity {
  readonly startTicks: number
  readonly zombie: boolean
  readonly nice: number
}

/** Asks ps(1) who has a pid now; undefined when nobody has. Start times are told in whole seconds. */
export async function identify(pid: number, signal: AbortSignal): Promise<Identity | undefined> {
  const columns = ['state=', 'nice=', 'lstart='].flatMap((column) => ['-o', column])
  // ps ends with status 1 when it finds nobody, and writes nothing then: a second pid makes it find somebody always.
  const text = await runProgram(spawn, signal, 'ps', ['-o', 'pid=', ...columns, '-p', `${pid},${process.pid}`])
  const line = text?.split('\n').find((one) => Number(one.trim().split(/\s+/, 1)[0]) === pid)
  return line === undefined ? undefined : parseIdentity(line)
}

/** `42 S 0 Tue Nov 24 23:03:05 2026`; undefined when there is no start time in it. */
export function parseIdentity(line: string): Identity | undefined {
  const [, state, nice, ...started] = line.trim().split(/\s+/)
  const startedMs = Date.parse(started.join(' '))
  if (state === undefined || Number.isNaN(startedMs)) return undefined
  return { startTicks: startTicksOf(startedMs), zombie: state.startsWith('Z'), nice: Number(nice) || 0 }
}
