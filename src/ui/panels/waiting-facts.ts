import { count } from '../../lib/units.ts'
import type { Frame, SeriesView } from '../../model/frame.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Token } from '../theme/tokens.ts'
import { severityOf } from './cpu-data.ts'
import type { Fact } from './facts.ts'
import { AHEAD_S, findLimit, forecastEnd, secondsTo, untilSegments } from './limit-times.ts'
import { severityToken, share } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
const WARN = style('warn', { bold: true })

/** A tenth of the time is the least top: below it nothing waits that a person would feel. */
const LEAST_STALLED = 0.1

interface Stall {
  readonly key: string
  readonly label: string
  readonly tone: Token
  readonly help: string
  /** Only a full view has room for it. */
  readonly more?: boolean
}

const STALLS: readonly Stall[] = [
  { key: 'pressure_cpu_some_ratio', label: 'cpu stalled', tone: 'cpu2', help: 'some task waited for a core' },
  { key: 'pressure_memory_some_ratio', label: 'mem stalled', tone: 'mem2', help: 'some task waited for memory' },
  { key: 'pressure_io_some_ratio', label: 'io stalled', tone: 'disk2', help: 'some task waited for a disk' },
  { key: 'pressure_memory_full_ratio', label: 'mem, all', tone: 'mem2', help: 'every task waited', more: true },
  { key: 'pressure_io_full_ratio', label: 'io, all', tone: 'disk2', help: 'every task waited', more: true },
  { key: 'cgroup_pressure_cpu_some_ratio', label: 'own cpu', tone: 'cpu2', help: 'of this cgroup', more: true },
  { key: 'cgroup_pressure_memory_some_ratio', label: 'own mem', tone: 'mem2', help: 'of this cgroup', more: true },
  { key: 'cgroup_pressure_io_some_ratio', label: 'own io', tone: 'disk2', help: 'of this cgroup', more: true },
]

/** How long tasks were held up, by resource. */
export function stallFacts(metrics: SeriesView, all: boolean): Fact[] {
  return STALLS.flatMap(({ key, label, tone, help, more }) => {
    const value = metrics.value(key)
    if (value === undefined || (more === true && !all)) return []
    return [{ label, chart: { key, least: LEAST_STALLED, tone }, figure: share(value, TEXT, 1), help }]
  })
}

/** What the kernel gives out only so much of, and the metric whose alert it has. */
const LIMITS = [
  { label: 'open files', used: 'files_open', most: 'files_limit', ratio: 'files_used_ratio' },
  { label: 'tasks', used: 'pids_used', most: 'pids_limit', ratio: 'pids_used_ratio' },
  { label: 'connections', used: 'conntrack_entries', most: 'conntrack_limit', ratio: 'conntrack_used_ratio' },
  { label: 'own tasks', used: 'cgroup_pids_used', most: 'cgroup_pids_limit', ratio: undefined },
] as const

/** Severities of the alerts on limits, in their order, as one text: a part of what a panel selects. */
export function limitSeverities(frame: Frame): string {
  return LIMITS.map(({ ratio }) => (ratio === undefined ? '' : severityOf(frame, ratio))).join(' ')
}

/** Where the built-in rules call one of them used up. */
const USED_UP = 0.95

export interface LimitsData {
  readonly metrics: SeriesView
  /** What `limitSeverities` gave. */
  readonly severities: string
  readonly forecasts: Frame['forecasts']
}

/** Limits that are known, whose share is `from` or more or which will be reached within a day. */
export function limitFacts({ metrics, severities, forecasts }: LimitsData, from: number, look: Look): Fact[] {
  const severity = severities.split(' ')
  return LIMITS.flatMap(({ label, used: usedKey, most: mostKey, ratio }, index): Fact[] => {
    const used = metrics.value(usedKey)
    const most = metrics.value(mostKey)
    if (used === undefined || most === undefined || most === 0) return []
    const forecast = ratio === undefined ? undefined : findLimit(forecasts, ratio, USED_UP)
    if (used / most < from && secondsTo(forecast) > AHEAD_S) return []
    const tone = severityToken(severity[index] || (forecast?.severity ?? ''), 'svc')
    const end = ratio === undefined ? undefined : forecastEnd(forecasts, ratio, used / most)
    return [
      {
        label,
        gauge: {
          percent: Math.round((used / most) * 100),
          tone,
          ...(end !== undefined && { soonPercent: Math.round(end * 100) }),
        },
        figure: share(used / most, tone === 'svc' ? TEXT : style(tone, { bold: true }), 0),
        until: untilSegments(forecast, look),
        help: `${count(used)} of ${count(most)}`,
      },
    ]
  })
}

/** What is wrong with the clock; nothing while it is right, or nobody knows. */
export function clockTrouble(metrics: SeriesView): Fact[] {
  if (metrics.value('clock_synchronised') !== 0) return []
  return [{ label: 'clock', figure: [segment('not synchronised', WARN)] }]
}

/** The clock and who is here. */
export function clockFacts(metrics: SeriesView): Fact[] {
  const facts: Fact[] = []
  const synchronised = metrics.value('clock_synchronised')
  const offset = metrics.value('clock_offset_seconds')
  if (synchronised !== undefined) {
    const state: Segment = synchronised === 0 ? segment('not synchronised', WARN) : segment('synchronised', TEXT)
    facts.push({ label: 'clock', figure: [state] })
  }
  if (offset !== undefined) facts.push({ label: 'it is', figure: offsetSegments(offset) })
  const users = metrics.value('users_count')
  if (users !== undefined) facts.push({ label: 'logged in', figure: [segment(count(users), TEXT)] })
  return facts
}

/** `0.12 ms slow`: an offset above zero must be added to the clock. */
function offsetSegments(seconds: number): Segment[] {
  const size = Math.abs(seconds)
  const [figure, unit] =
    size < 0.001
      ? [(size * 1e6).toFixed(0), 'µs']
      : size < 1
        ? [(size * 1000).toFixed(1), 'ms']
        : [size.toFixed(1), 's']
  return [segment(figure, TEXT), segment(` ${unit} ${seconds > 0 ? 'slow' : 'fast'}`, DIM)]
}
