import { builtinRules } from '../alerts/builtin.ts'
import { type AlertState, judge, NO_ALERTS, type Values } from '../alerts/judge.ts'
import type { Rule } from '../alerts/rule.ts'
import { causeOf, eventOf } from '../alerts/wording.ts'
import type { SeriesForecaster } from '../forecast/series-forecaster.ts'
import type { Alert } from '../model/alert.ts'
import type { LogEvent } from '../model/event.ts'
import type { Frame, Reason } from '../model/frame.ts'
import type { HostFacts } from '../model/host.ts'
import type { Sample } from '../model/sample.ts'
import { parseSeriesKey } from '../model/series.ts'
import { bySeverity, worst } from '../model/severity.ts'
import type { Batch } from '../model/source.ts'
import { Checks } from './checks/checks.ts'
import { ClockWatch } from './clock-watch.ts'
import { Devices } from './devices.ts'
import { EventLog } from './events.ts'
import { blameFor, mountGrowth } from './forecasts/blame.ts'
import { Forecasts } from './forecasts/forecasts.ts'
import { LimitWatch } from './forecasts/limit-watch.ts'
import { Health } from './health.ts'
import { keepIdentity, sameMembers } from './identity.ts'
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
}

/** Samples in, frames out. Pure state: its clocks are those of the batches. */
export interface Engine {
  /** Takes what a source told at one tick. All times of all batches come from the same two clocks. */
  accept(batch: Batch): Frame
  /** A frame when no batch came: ages and `for:` go on, and values that are too old fade. */
  tick(wallMs: number, monoMs: number): Frame
  /** What has been learnt of a series as of the last frame, for questions that no frame answers; undefined for a series there is not. */
  forecaster(key: string): SeriesForecaster | undefined
}

/** What of a frame is handed through as the source gave it. */
type Handed = Pick<Frame, 'processes' | 'leaders' | 'watched' | 'listeners' | 'cost'>

export function createEngine(options: EngineOptions = {}): Engine {
  const once = options.once === true
  const rules = (options.rules ?? builtinRules).map((rule) => (once && rule.level ? { ...rule, forMs: 0 } : rule))
  const events = new EventLog()
  const tell = (event: LogEvent) => events.add(event)
  const mounts = new Mounts()
  const interfaces = new Interfaces()
  const devices = new Devices()
  const oomKills = new OomKills()
  const health = new Health()
  const checks = new Checks({ once })
  const clock = new ClockWatch()
  const rates = new Rates()
  // A mount that does not answer shows the last that was known of it, for however long; nothing is judged by that.
  const store = new Store({
    keeps: ({ mount }) => mount !== undefined && mounts.has(mount),
    doubts: ({ mount }) => mount !== undefined && !mounts.answers(mount),
  })
  const forecasts = new Forecasts(store, ({ name, labels }) =>
    name === 'check_latency_seconds'
      ? checks.list.find(({ definition }) => definition.name === labels.check)?.results
      : undefined,
  )
  const limitWatch = new LimitWatch(store, forecasts, options.limitsEveryMs)
  let tick = 0
  let host: HostFacts = { name: '' }
  let handed: Handed = {}
  let measuredMs: Readonly<Record<string, number>> = {}
  let paceMs: Readonly<Record<string, number>> = {}
  let failures: Readonly<Record<string, string>> = {}
  let alertState: AlertState = NO_ALERTS
  let alerts: readonly Alert[] = []
  let reasons: readonly Reason[] = []
  /** Those that are not of checks, which keep theirs themselves. */
  let measuredReasons: readonly Reason[] = []
  /** The last time anything was measured, by both clocks. */
  let measured: { readonly wallMs: number; readonly monoMs: number } | undefined
  let slotMono = Number.NEGATIVE_INFINITY

  function takeSamples(samples: readonly Sample[]): void {
    const times: Record<string, number> = {}
    const failed: Record<string, string> = { ...failures }
    for (const sample of samples) {
      if (paceMs[sample.source] !== sample.everyMs) paceMs = { ...paceMs, [sample.source]: sample.everyMs }
      if (sample.failed !== undefined) {
        failed[sample.source] = sample.failed
        continue
      }
      delete failed[sample.source]
      times[sample.source] = sample.wallMs
      measured = sample
      mounts.accept(sample, tell)
      interfaces.accept(sample, tell)
      devices.accept(sample)
      oomKills.accept(sample, tell)
      store.take(sample, [...Object.entries(sample.gauges), ...rates.accept(sample)])
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
    if (watched !== undefined) for (const event of watchedEvents(handed.watched, watched, batch.wallMs)) tell(event)
    handed = {
      ...handed,
      ...(processes && { processes }),
      ...(leaders && { leaders }),
      ...(watched && { watched }),
      ...(listeners && { listeners }),
      ...(cost && { cost }),
    }
    if (batch.health !== undefined) health.accept(batch.health, batch.wallMs, batch.monoMs, tell)
  }

  function judgeAll(view: View, wallMs: number, monoMs: number): void {
    const values: Values = {
      keys: (name) => view.keys(name),
      value: (key) => (once ? view.value(key) : view.stored(key)),
      gone: (key) => {
        const { mount } = parseSeriesKey(key).labels
        return mount !== undefined && !mounts.has(mount)
      },
    }
    const judgement = judge(alertState, rules, values, wallMs, monoMs)
    alertState = judgement.state
    const blame = (alert: Alert, rule: Rule | undefined): Alert => {
      const cause = rule === undefined ? undefined : causeOf(rule, handed.leaders)
      return cause === undefined ? alert : { ...alert, cause }
    }
    alerts = keepIdentity(
      alerts,
      judgement.alerts.map((alert) =>
        blame(
          alert,
          rules.find((rule) => rule.name === alert.name),
        ),
      ),
    )
    for (const transition of judgement.transitions) {
      tell(eventOf({ ...transition, alert: blame(transition.alert, transition.rule) }, wallMs))
    }
    const firing = alerts.filter((alert) => alert.state === 'firing')
    measuredReasons = keepIdentity(measuredReasons, [...firing.map(reasonOf), ...unknowns(wallMs, monoMs)])
    const sorted = [...measuredReasons, ...checks.reasons()].sort(
      (a, b) => bySeverity(a.verdict, b.verdict) || b.sinceMs - a.sinceMs,
    )
    if (!sameMembers(reasons, sorted)) reasons = sorted
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
    judgeAll(view, wallMs, monoMs)
    const known = {
      mounts: mounts.list,
      watched: handed.watched,
      certificates: () => view.keys('check_certificate_seconds').map((key) => parseSeriesKey(key).labels.check ?? ''),
      value: (key: string) => view.stored(key),
    }
    return {
      wallMs,
      monoMs,
      tick: tick++,
      verdict: worst(reasons.map((reason) => reason.verdict)),
      reasons,
      host,
      metrics: view,
      mounts: mounts.list,
      devices: devices.list,
      interfaces: interfaces.list,
      alerts,
      forecasts: limitWatch.at(known, wallMs, monoMs, (limit, perHour) =>
        blameFor(limit, { ...handed, growth: mountGrowth(limit, perHour, mounts.list, known.value) }),
      ),
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
      tell({ wallMs, level: 'event', subject: 'healthtop', text: 'started watching' })
    takeChecks(batch)
    takeRest(batch)
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
    forecaster(key) {
      const series = store.get(key)
      return series && forecasts.now(series)
    },
  }
}

function reasonOf({ severity, subject, text, sinceMs, cause }: Alert): Reason {
  return { verdict: severity, subject, text, sinceMs, ...(cause === undefined ? {} : { cause }) }
}
