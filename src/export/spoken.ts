import { bytes, percent, span } from '../lib/units.ts'
import { longReason } from '../model/check-words.ts'
import type { LogEvent } from '../model/event.ts'
import type { Frame, Reason } from '../model/frame.ts'
import { seriesKey } from '../model/series.ts'
import type { Verdict } from '../model/severity.ts'
import { countsText, shownWord, worstFirst } from './check-summary.ts'
import { aheadChanges, aheadTexts, type SaidCrossings } from './spoken-ahead.ts'

/** A resource is spoken of again when it moved by this share of the whole. */
const STEP = 0.2
/** From this much of one core on a process is worth a sentence. */
const BUSY = 0.5
const TOP = 5
/** So many busy processes are not told again. */
const BUSY_KEPT = 10
const PROCESSOR = 'cpu_used_ratio'

const VERDICTS: Readonly<Record<Verdict, string>> = {
  ok: 'all is well',
  warning: 'warning',
  critical: 'critical',
  unknown: 'not known',
}

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/(\d) ?%/g, '$1 percent'],
  [/ > /g, ', over '],
  [/ < /g, ', below '],
  [/\bKiB\b/g, 'kilobytes'],
  [/\bMiB\b/g, 'megabytes'],
  [/\bGiB\b/g, 'gigabytes'],
  [/\bTiB\b/g, 'terabytes'],
  [/\bkB\/s/g, 'kilobytes a second'],
  [/\bMB\/s/g, 'megabytes a second'],
  [/\bGB\/s/g, 'gigabytes a second'],
  [/(\d) min\b/g, '$1 minutes'],
  [/(\d) h\b/g, '$1 hours'],
  [/(\d) d\b/g, '$1 days'],
  [/(\d) m\b/g, '$1 minutes'],
  [/(\d) s\b/g, '$1 seconds'],
  [/(\d) ms\b/g, '$1 milliseconds'],
  [/\b1 (millisecond|second|minute|hour|day)s\b/g, '1 $1'],
  [/−/g, 'minus '],
  [/[…·┊▸●▲✖◌]/g, ''],
]

/** Text of the screen as it is said: units in words, no symbols. */
export function inWords(text: string): string {
  return UNITS.reduce((said, [pattern, words]) => said.replace(pattern, words), text)
    .replace(/ {2,}/g, ' ')
    .replace(/ ,/g, ',')
    .trim()
}

function reasonText({ verdict, subject, text, sinceMs, cause, ahead }: Reason, nowMs: number): string {
  const since = !ahead && nowMs - sinceMs >= 1000 ? ` for ${span((nowMs - sinceMs) / 1000)}` : ''
  return inWords(`${VERDICTS[verdict]}: ${subject} ${text}${since}${cause === undefined ? '' : `, ${cause}`}`)
}

function eventText({ level, subject, text, cause }: LogEvent): string {
  const head = level === 'event' ? '' : `${level === 'ok' ? 'well again' : VERDICTS[level]}: `
  // What turned well says so in its text already.
  const said = level === 'ok' && text === 'well again' ? subject : `${subject} ${text}`
  return inWords(`${head}${said}${cause === undefined ? '' : `, ${cause}`}`)
}

/** The verdict and everything that is wrong, a sentence each. */
export function spokenReasons({ verdict, reasons, wallMs }: Frame): string[] {
  return reasons.length === 0 ? [VERDICTS[verdict]] : reasons.map((reason) => reasonText(reason, wallMs))
}

/** A processor is busy in bursts: the mean of ten seconds is what can be listened to. */
function steady({ metrics, wallMs }: Frame, key: string): number | undefined {
  const [mean] = metrics.window(key, { endMs: wallMs, stepMs: 10_000, count: 2, by: 'mean' })
  return mean === undefined || Number.isNaN(mean) ? metrics.value(key) : mean
}

interface Level {
  readonly name: string
  readonly ratio: number
}

/** Shares that can be followed: processor, memory, swap and file systems. */
function levels(frame: Frame): Level[] {
  const { metrics, mounts } = frame
  const named: [string, string][] = [
    ['processor', PROCESSOR],
    ['memory', 'memory_used_ratio'],
    ['swap', 'swap_used_ratio'],
    ...mounts.map(({ mount }): [string, string] => [`disk ${mount}`, seriesKey('disk_used_ratio', { mount })]),
  ]
  return named.flatMap(([name, key]) => {
    const ratio = key === PROCESSOR ? steady(frame, key) : metrics.value(key)
    return ratio === undefined ? [] : [{ name, ratio }]
  })
}

const levelText = ({ name, ratio }: Level): string => `${name} ${percent(ratio, 0).figure} percent`

/** How the machine is, in a few sentences. */
export function spokenSummary(frame: Frame): string[] {
  const { host, metrics } = frame
  const uptime = metrics.value('uptime_seconds')
  const load = metrics.value('load_1m')
  return [
    `${host.name}, ${VERDICTS[frame.verdict]}`,
    ...(frame.reasons.length > 0 ? spokenReasons(frame) : []),
    ...aheadTexts(frame).map(inWords),
    servicesText(frame),
    levels(frame).map(levelText).join(', '),
    [
      ...(load === undefined ? [] : [`load ${load.toFixed(1)}`]),
      ...(uptime === undefined ? [] : [inWords(`up ${span(uptime)}`)]),
    ].join(', '),
  ].filter((sentence) => sentence !== '')
}

/** `13 services: 1 down, 1 slow, 11 up`; empty where there are none. */
function servicesText({ checks }: Frame): string {
  if (checks.length === 0) return ''
  return `${checks.length} ${checks.length === 1 ? 'service' : 'services'}: ${countsText(checks)}`
}

/** How the services are: how many of each kind, then each that is not up, a sentence each. */
export function spokenChecks(frame: Frame): string[] {
  if (frame.checks.length === 0) return ['no services are checked']
  const told = worstFirst(frame.checks).filter(({ state, flapping }) => state !== 'up' || flapping)
  return [
    servicesText(frame),
    ...told.map((status) => {
      const reason = longReason(status)
      return inWords(`${status.definition.name} ${shownWord(status)}${reason === '' ? '' : `: ${reason}`}`)
    }),
  ]
}

/** The processes that use most of the processor. */
export function spokenProcesses({ processes, leaders }: Frame): string[] {
  const rows = leaders?.cpu ?? processes?.rows ?? []
  if (rows.length === 0) return ['no process uses the processor']
  return rows.slice(0, TOP).map(({ name, pid, cpuRatio = 0, memoryBytes }) => {
    const { figure, unit } = bytes(memoryBytes)
    return inWords(`${name}, process ${pid}, ${percent(cpuRatio, 0).figure} % of one core, ${figure} ${unit}`)
  })
}

/** What has been said, and thus need not be said again. */
export interface Said {
  readonly levels: Readonly<Record<string, number>>
  readonly verdict?: Verdict
  readonly events: readonly LogEvent[]
  /** Pids of those that were said to be busy, the last one first. */
  readonly busy: readonly number[]
  /** What will reach its limit. */
  readonly ahead: SaidCrossings
}

export const NOTHING_SAID: Said = { levels: {}, events: [], busy: [], ahead: {} }

/**
 * What changed since the last time, a sentence each, and what has been said now: events, the verdict, resources that moved by a fifth,
 * what will reach a limit and what does not any more, the process that keeps more than half a core busy.
 */
export function spokenChanges(frame: Frame, said: Said): { readonly lines: readonly string[]; readonly said: Said } {
  const lines = newEvents(frame.events, said.events).map(eventText)
  if (said.verdict !== undefined && said.verdict !== frame.verdict) lines.push(`now ${VERDICTS[frame.verdict]}`)
  const known: Record<string, number> = { ...said.levels }
  for (const level of levels(frame)) {
    const before = known[level.name]
    if (before !== undefined && Math.abs(level.ratio - before) < STEP) continue
    if (before !== undefined) lines.push(`${levelText(level)}, was ${percent(before, 0).figure}`)
    known[level.name] = level.ratio
  }
  const ahead = aheadChanges(frame, said.ahead)
  lines.push(...ahead.lines.map(inWords))
  const top = frame.leaders?.cpu.find(({ cpuRatio = 0 }) => cpuRatio >= BUSY)
  // Who pauses is not news when it goes on, and those that take turns are none each time.
  const isNews = top !== undefined && !said.busy.includes(top.pid)
  if (isNews)
    lines.push(`${top.name}, process ${top.pid}, uses ${percent(top.cpuRatio ?? 0, 0).figure} percent of a core`)
  return {
    lines,
    said: {
      levels: known,
      verdict: frame.verdict,
      events: frame.events,
      busy: isNews ? [top.pid, ...said.busy].slice(0, BUSY_KEPT) : said.busy,
      ahead: ahead.said,
    },
  }
}

/** Oldest first; events are a list that is only added to at its front. */
function newEvents(now: readonly LogEvent[], before: readonly LogEvent[]): LogEvent[] {
  const [newest] = before
  const end = newest === undefined ? now.length : now.indexOf(newest)
  return now.slice(0, end < 0 ? now.length : end).reverse()
}
