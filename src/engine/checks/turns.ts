import { latency, percent, span } from '../../lib/units.ts'
import { CHECK_VERDICT, type Phases } from '../../model/check.ts'
import { slowPhase } from '../../model/check-phases.ts'
import { type Judged, stateWord, turnText } from '../../model/check-words.ts'
import type { LogEvent } from '../../model/event.ts'

/** Trouble that was told and has not ended. */
export interface Told extends Judged {
  readonly sinceMs: number
}

interface Where {
  readonly wallMs: number
  readonly subject: string
}

/** `mail down, refused by 127.0.0.1:25`, `api slow 812 > 500 ms`: it got worse, or other than it was. */
export function troubleEvent(where: Where, judged: Judged, cause: string | undefined): LogEvent {
  return withCause({ ...where, kind: 'check', level: CHECK_VERDICT[judged.state], text: turnText(judged) }, cause)
}

export function wellEvent(where: Where, told: Told): LogEvent {
  return withCause({ ...where, kind: 'check', level: 'ok', text: 'well again' }, wasText(told, where.wallMs))
}

/** `ratio` is the weighted share of changes. */
export function flappingEvent(where: Where, ratio: number): LogEvent {
  return { ...where, kind: 'check', level: 'warning', text: `flapping ${percent(ratio, 0).figure} %` }
}

export function steadyEvent(where: Where, judged: Judged, flappingSinceMs: number): LogEvent {
  const text = judged.state === 'up' ? 'steady again' : `steady again, ${turnText(judged)}`
  const cause = `was flapping ${lasted(flappingSinceMs, where.wallMs)}`
  return withCause({ ...where, kind: 'check', level: CHECK_VERDICT[judged.state], text }, cause)
}

export function removedEvent(where: Where, told: Told | undefined): LogEvent {
  return withCause({ ...where, kind: 'check', level: 'event', text: 'removed' }, told && wasText(told, where.wallMs))
}

/** Somebody, or something that keeps watch over it, started it again, as it was found between two looks. */
export function restartedEvent(where: Where, type: string, times: number): LogEvent {
  const kind = type === 'systemd' ? 'unit_restarted' : 'process_restarted'
  return { ...where, kind, level: 'event', text: times === 1 ? 'restarted' : `restarted ${times} times` }
}

/** `was down 12 min`. */
export function wasText(told: Told, wallMs: number): string {
  return `was ${stateWord(told)} ${lasted(told.sinceMs, wallMs)}`
}

/** The phase that made it slow: `first byte 786 ms`; undefined where no phase tells. */
export function slowText(now: Phases = {}, usual: Phases = {}): string | undefined {
  const phase = slowPhase(now, usual)
  if (phase === undefined) return undefined
  const { figure, unit } = latency(now[phase] ?? 0)
  return `${phase.replace('_', ' ')} ${figure} ${unit}`
}

function lasted(sinceMs: number, wallMs: number): string {
  return span((wallMs - sinceMs) / 1000)
}

function withCause(event: LogEvent, cause: string | undefined): LogEvent {
  return cause === undefined ? event : { ...event, cause }
}
