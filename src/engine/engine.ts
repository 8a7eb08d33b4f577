import { builtinRules } from '../alerts/builtin.ts'
import type { Rule } from '../alerts/rule.ts'
import type { SeriesForecaster } from '../forecast/series-forecaster.ts'
import { lazily } from '../lib/lazily.ts'
import { sameMembers } from '../lib/members.ts'
import type { LogEvent } from '../model/event.ts'
import type { Frame, Reason } from '../model/frame.ts'
import type { History } from '../model/history.ts'
import type { HostFacts } from '../model/host.ts'
import { OWN_SOURCE, type Sample } from '../model/sample.ts'
import { parseSeriesKey } from '../model/series.ts'
import { worst } from '../model/severity.ts'
import type { AlertCommand, Batch, Outcome } from '../model/source.ts'
import { Absence } from './absence.ts'
import { Alerts, type Hearing } from './alerts/alerts.ts'
import { Reasons } from './alerts/reasons.ts'
import { Investigator } from './causes/investigator.ts'
import { jumpsOf } from './causes/jumps.ts'
import { Checks } from './checks/checks.ts'
import { ClockWatch } from './clock-watch.ts'
import { Devices } from './devices.ts'
import { EventLog } from './events.ts'
import { AskedLimits } from './forecasts/asked-limits.ts'
import { blameFor, mountGrowth } from './forecasts/blame.ts'
import { Forecasts, type ResultsOf } from './forecasts/forecasts.ts'
import { LimitWatch } from './forecasts/limit-watch.ts'
import { Health } from './health.ts'
import { Interfaces } from './interfaces.ts'
import { Mounts } from './mounts.ts'
import { OomKills } from './oom-kills.ts'
import { Rates } from './rates.ts'
import { Store } from './store.ts'
import { View } from './view.ts'
import { watchedEvents } from './watched-events.ts'

/** With no samples, time itself gets a slot this often, so that old values fade from the rings too. */
const SILENT_SLOT_MS = 1000
/** Nothing measured for this long leaves the verdict unknown, whatever those who measure say of themselves. */
const SILENCE_MS = 10_000

export interface EngineOptions {
  /** Alert rules; the built-in ones by default. */
  readonly rules?: readonly Rule[]
  /** There will be only one look (a snapshot): warm-up samples are judged too, and rules on levels do not wait for their `for:`. */
  readonly once?: boolean
  /** How often limits are looked at anew; every ten seconds by default. */
  readonly limitsEveryMs?: number
  /** Nobody looks on: forecasts are read from a history at once, however long that takes. */
  readonly unhurried?: boolean
}

/** Samples in, frames out. Pure state: its clocks are those of the batches. */
export interface Engine {
  /** Takes what a source told at one tick. All times of all batches come from the same two clocks. */
  accept(batch: Batch): Frame
  /** A frame when no batch came: ages and `for:` go on, and values that are too old fade. */
  tick(wallMs: number, monoMs: number): Frame
  /** Other alert rules from now on; what fires by one that is gone is over. */
  configure(rules: readonly Rule[]): void
  /** What earlier runs left behind: charts, forecasts, availability, alerts and marks go on from there. */
  restore(history: History, wallMs: number, monoMs: number): void
  /** Does what a person wants with an alert; seen in the next frame. */
  command(command: AlertCommand, wallMs: number): Outcome
  /** What has been learnt of a series as of the last frame, for questions that no frame answers; undefined for a series there is not. */
  forecaster(key: string): SeriesForecaster | undefined
}

/** What of a frame is handed through as the source gave it. */
type Handed = Pick<Frame, 'processes' | 'leaders' | 'watched' | 'listeners' | 'cost'>

export function createEngine(options: EngineOptions = {}): Engine {
  const single = options.once === true
  const rulesOf = (rules: readonly Rule[]) => rules.map((rule) => (single && rule.level ? { ...rule, forMs: 0 } : rule))
  const alerts = new Alerts(rulesOf(options.rules ?? builtinRules))
  const events = new EventLog()
  const investigator = new Investigator()
  const tell = (event: LogEvent) => {
    events.add(event)
    investigator.happened(event)
  }
  const mounts = new Mounts()
  const interfaces = new Interfaces()
  const devices = new Devices()
  const oomKills = new OomKills()
  const health = new Health()
  const checks = new Checks({ once: single })
  const clock = new ClockWatch()
  const rates = new Rates()
  // A mount that does not answer shows the last that was known of it, for however long; nothing is judged by that.
  const store = new Store({
    keeps: ({ mount }) => mount !== undefined && mounts.has(mount),
    doubts: ({ mount }) => mount !== undefined && !mounts.answers(mount),
  })
  const byCertificate = (check: string) => checks.byCertificate(check)
  const absence = new Absence({ store, checks, mounts }, single)
  const resultsOf: ResultsOf = ({ name, labels }) =>
    name === 'check_latency_seconds'
      ? checks.list.find(({ definition }) => definition.name === labels.check)?.results
      : undefined
  const forecasts = new Forecasts(store, resultsOf, options.unhurried)
  const limitWatch = new LimitWatch(store, forecasts, options.limitsEveryMs)
  const askedLimits = new AskedLimits(store, forecasts)
  let tick = 0
  let host: HostFacts = { name: '' }
  let handed: Handed = {}
  let measuredMs: Readonly<Record<string, number>> = {}
  let paceMs: Readonly<Record<string, number>> = {}
  let failures: Readonly<Record<string, string>> = {}
  const reasons = new Reasons()
  /** The last time anything was measured, by both clocks. */
  let measured: { readonly wallMs: number; readonly monoMs: number } | undefined
  let slotMono = Number.NEGATIVE_INFINITY

  function takeSamples(samples: readonly Sample[]): void {
    const times: Record<string, number> = {}
    const failed: Record<string, string> = { ...failures }
    for (const sample of samples) {
      if (paceMs[sample.source] !== sample.everyMs) paceMs = { ...paceMs, [sample.source]: sample.everyMs }
      const own = sample.source === OWN_SOURCE
      if (!own) absence.heard(sample)
      if (sample.failed !== undefined) {
        failed[sample.source] = sample.failed
        continue
      }
      delete failed[sample.source]
      times[sample.source] = sample.wallMs
      if (!own) measured = sample
      mounts.accept(sample, tell)
      interfaces.accept(sample, tell)
      devices.accept(sample)
      oomKills.accept(sample, tell)
      store.take(sample, Object.entries(sample.gauges).concat(rates.accept(sample)), { paces: !own })
    }
    if (samples.length > 0) measuredMs = { ...measuredMs, ...times }
    if (!sameMembers(failures, failed)) failures = failed
  }

  /** The series of checks are kept like those of probes; what a check found is no word of the host. */
  function takeChecks({ checks: told, wallMs, monoMs }: Batch): void {
    if (told === undefined) return
    for (const sample of checks.accept(told, wallMs, monoMs, tell)) {
      store.take(sample, Object.entries(sample.gauges), { paces: false })
    }
  }

  /** What the source hands through; a member that the batch does not have stays. */
  function takeRest(batch: Batch): void {
    const { processes, leaders, watched, listeners, cost } = batch
    if (batch.host !== undefined) host = batch.host
    if (leaders !== undefined) investigator.scanned(leaders, batch.wallMs)
    if (listeners !== undefined) investigator.listened(listeners, batch.wallMs)
    if (watched !== undefined) for (const event of watchedEvents(handed.watched, watched, batch.wallMs)) tell(event)
    handed = {
      ...handed,
      ...(processes && { processes }),
      ...(leaders && { leaders }),
      ...(watched && { watched }),
      ...(listeners && { listeners }),
      ...(cost && { cost }),
    }
    for (const event of batch.events ?? []) tell(event)
    if (batch.health !== undefined) health.accept(batch.health, batch.wallMs, batch.monoMs, tell)
  }

  /** Another healthtop judges: its alerts and events stand, and what this engine noticed itself is its echo. */
  function takeTold({ told, wallMs, monoMs }: Batch): void {
    if (told === 'own') alerts.takeOver(wallMs, monoMs)
    else if (told !== undefined) alerts.accept(told)
    if (alerts.told !== undefined) events.replace(alerts.told.events)
  }

  function hearingAt(view: View, wallMs: number, monoMs: number): Hearing {
    const jumps = lazily(() => jumpsOf(view, wallMs))
    return {
      world: {
        keys: (name) => view.keys(name),
        value: (key) => (single ? view.value(key) : view.stored(key)),
        gone: (key) => absence.gone(key, monoMs),
        awaited: (metric, where) => absence.awaited(metric, where, monoMs),
        timeTo: (key, threshold) => askedLimits.timeTo(key, threshold, wallMs, monoMs),
        checks: checks.list,
        watched: handed.watched,
        interfaces: interfaces.list,
        events: events.takeFresh(),
      },
      witness: (alert, rule, moment) =>
        investigator.look({
          ...{ alert, rule, moment, view, jumps, wallMs, leaders: handed.leaders },
          check: checks.list.find(({ definition }) => definition.name === alert.labels.check)?.definition,
        }),
      related: (check) => checks.related(check),
      byCertificate,
      tell,
      link: (kind, subject, alert, begins) => events.link(kind, subject, alert, begins),
    }
  }

  function judgeAll(view: View, wallMs: number, monoMs: number): void {
    alerts.judge(hearingAt(view, wallMs, monoMs), wallMs, monoMs)
    reasons.take(alerts.list, unknowns(wallMs, monoMs), checks.reasons(), byCertificate)
  }

  function unknowns(wallMs: number, monoMs: number): Reason[] {
    const known = [...health.reasons(monoMs), ...mounts.reasons(monoMs)]
    if (measured === undefined)
      known.push({ verdict: 'unknown', subject: 'host', text: 'not measured yet', sinceMs: wallMs })
    else if (monoMs - measured.monoMs > SILENCE_MS && health.reasons(monoMs).length === 0) {
      known.push({ verdict: 'unknown', subject: 'host', text: 'not measured', sinceMs: measured.wallMs })
    }
    return known
  }

  function frameAt(wallMs: number, monoMs: number): Frame {
    const view = new View(store, forecasts, monoMs)
    const known = {
      mounts: mounts.list,
      watched: handed.watched,
      certificates: () => view.keys('check_certificate_seconds').map((key) => parseSeriesKey(key).labels.check ?? ''),
      value: (key: string) => view.stored(key),
    }
    const limits = limitWatch.at(known, wallMs, monoMs, (limit, perHour) =>
      blameFor(limit, {
        ...handed,
        growth: mountGrowth(limit, perHour, mounts.list, known.value),
        grower: investigator.grower(handed.leaders, wallMs),
      }),
    )
    askedLimits.use(limits)
    judgeAll(view, wallMs, monoMs)
    return {
      wallMs,
      monoMs,
      tick: tick++,
      verdict: worst(reasons.list.map((reason) => reason.verdict)),
      reasons: reasons.list,
      host,
      metrics: view,
      mounts: mounts.list,
      devices: devices.list,
      interfaces: interfaces.list,
      alerts: alerts.list,
      records: alerts.records,
      marks: alerts.marks,
      ...(alerts.told && { measurer: alerts.told.by }),
      forecasts: limits,
      checks: checks.list,
      events: events.list,
      ...handed,
      health: health.list,
      measuredMs,
      paceMs,
      failures,
    }
  }

  function advance(batch: Batch): Frame {
    const { wallMs, monoMs, samples } = batch
    const jump = clock.accept(wallMs, monoMs)
    if (jump !== undefined) tell(jump)
    const began = measured === undefined
    takeSamples(samples)
    if (began && measured !== undefined)
      tell({ wallMs, kind: 'started', level: 'event', subject: 'healthtop', text: 'started watching' })
    takeChecks(batch)
    takeRest(batch)
    takeTold(batch)
    const told = samples.some((sample) => sample.warmup !== true)
    const silent = store.walls.end > 0 && monoMs - slotMono >= SILENT_SLOT_MS
    if (told || silent) {
      store.slot(wallMs, monoMs)
      slotMono = monoMs
    }
    return frameAt(wallMs, monoMs)
  }

  return {
    accept: advance,
    tick: (wallMs, monoMs) => advance({ wallMs, monoMs, samples: [] }),
    configure: (rules) => alerts.configure(rulesOf(rules)),
    restore(history, wallMs, monoMs) {
      store.restore(history)
      checks.restore(history.checks, wallMs, monoMs, tell)
      alerts.restore(history.records, history.marks, wallMs, monoMs)
      events.restore(history.events)
    },
    command: (command, wallMs) => alerts.command(command, wallMs, tell),
    forecaster(key) {
      const series = store.get(key)
      return series && forecasts.now(series)
    },
  }
}
