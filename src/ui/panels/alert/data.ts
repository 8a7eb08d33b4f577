import type { AlertRecord, Resource } from '../../../model/alert.ts'
import { alertKey } from '../../../model/alert.ts'
import type { CheckStatus } from '../../../model/check.ts'
import type { Frame } from '../../../model/frame.ts'
import { parseSeriesKey, seriesKey } from '../../../model/series.ts'
import { Sight } from '../../sight.ts'
import type { Hue } from '../../theme/tokens.ts'
import type { AlertView } from '../../views.ts'
import { recordsById } from '../log/entries.ts'
import type { PanelView } from '../panel.ts'
import { panelOfSeries } from '../panel-of-series.ts'

/** What the panels of the page of one alert need of a frame. Times that move by themselves are read through the sight. */
export interface AlertData {
  /** Of the alert that the page is about; absent once no more than its line in the log is kept. */
  readonly record: AlertRecord | undefined
  readonly sight: Sight
}

/** The alert that a page is about; undefined when it is not kept any more. */
export function shownRecord({ records }: Pick<Frame, 'records'>, view: AlertView | undefined): AlertRecord | undefined {
  return view === undefined ? undefined : recordsById(records).get(view.id)
}

export function selectAlert(frame: Frame, view: PanelView): AlertData {
  return { record: shownRecord(frame, view.alert), sight: new Sight(frame.metrics, frame.wallMs) }
}

const earlier = new WeakMap<readonly AlertRecord[], Map<string, readonly AlertRecord[]>>()

/** Alerts of the same rule and series, newest first, the one itself among them. The same list for the same records. */
export function sameAlerts(records: readonly AlertRecord[], record: AlertRecord): readonly AlertRecord[] {
  const known = earlier.get(records) ?? new Map<string, readonly AlertRecord[]>()
  earlier.set(records, known)
  const key = alertKey(record.alert)
  const list = known.get(key) ?? records.filter(({ alert }) => alertKey(alert) === key)
  known.set(key, list)
  return list
}

/** The check that an alert is about; undefined for none, and when there is none of that name any more. */
export function checkOfAlert({ alert }: AlertRecord, { checks }: Pick<Frame, 'checks'>): CheckStatus | undefined {
  const { check } = alert.labels
  return check === undefined ? undefined : checks.find(({ definition }) => definition.name === check)
}

/** Series whose course tells something of an event. */
const OF_EVENTS: readonly (readonly [events: RegExp, series: (subject: string) => string])[] = [
  [/^oom_kill$/, () => 'memory_used_ratio'],
  [/^mount_/, (mount) => seriesKey('disk_used_ratio', { mount })],
  [/^interface_/, (name) => seriesKey('network_receive_bytes_per_second', { interface: name })],
  [/^(process|unit)_/, () => 'cpu_used_ratio'],
]

/**
 * The series whose course the page shows: its own; of a check how long it took to answer; of a process its memory; of an event that of
 * the resource it is about. Undefined where nothing has a course (a reboot, a clock that jumped).
 */
export function chartedSeries({ alert }: AlertRecord): string | undefined {
  const { series, kind, subject } = alert
  const { name, labels } = parseSeriesKey(series)
  if (kind === 'metric' || kind === 'forecast') return series
  if (kind === 'check') {
    const { check } = labels
    return check === undefined ? undefined : seriesKey('check_latency_seconds', { check })
  }
  if (kind === 'process') {
    const process = labels.process ?? subject
    return name.startsWith('process_') ? series : seriesKey('process_memory_bytes', { process })
  }
  const event = labels.event ?? ''
  return OF_EVENTS.find(([events]) => events.test(event))?.[1](labels.subject ?? subject)
}

/** Hues of panels in which series are seen. */
const HUES: Readonly<Record<string, Hue>> = { cpu: 'cpu', memory: 'mem', disks: 'disk', network: 'net' }

/** The hue of what an alert is about. Latency has that of the page of a check. */
export function hueOfSeries(series: string): Hue {
  const { name } = parseSeriesKey(series)
  if (name.startsWith('check_')) return 'cpu'
  if (name.startsWith('process_')) return name.includes('memory') ? 'mem' : 'cpu'
  return HUES[panelOfSeries(series) ?? ''] ?? 'svc'
}

const RESOURCES: Readonly<Record<Hue, Resource>> = {
  cpu: 'cpu',
  mem: 'memory',
  disk: 'disk',
  net: 'network',
  svc: 'cpu',
}

/** The resource whose users are suspected. */
export function resourceOf(record: AlertRecord): Resource {
  const series = chartedSeries(record)
  return series === undefined ? 'cpu' : RESOURCES[hueOfSeries(series)]
}
