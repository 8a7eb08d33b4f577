import { moment } from '../lib/units.ts'
import type { Alert, AlertRecord, Resolution, Silence } from './alert.ts'

/** What people made of an alert that fires: nobody is told of it again. */
export type Quiet = 'acknowledged' | 'silenced'

/** Undefined while it is loud. */
export function quietOf({ acknowledged, silenced }: Pick<Alert, 'acknowledged' | 'silenced'>): Quiet | undefined {
  if (acknowledged !== undefined) return 'acknowledged'
  return silenced === undefined ? undefined : 'silenced'
}

/** `until 18:00`, `until it resolves`. */
export function untilText({ untilMs }: Pick<Silence, 'untilMs'>, nowMs: number): string {
  return `until ${untilMs === undefined ? 'it resolves' : moment(untilMs, nowMs)}`
}

const ENDS: Readonly<Record<Resolution, string>> = {
  cleared: 'well again',
  removed: 'the rule was removed',
  gone: 'what it was about went away',
  inhibited: 'part of another one',
  withdrawn: 'withdrawn',
  reached: 'it was reached',
}

/** How an alert ended: `well again`, `withdrawn`. */
export function endText(resolution: Resolution | undefined): string {
  return ENDS[resolution ?? 'cleared']
}

/** Seconds that it fired, or fires by `nowMs`. */
export function firedSeconds({ alert, endedMs }: AlertRecord, nowMs: number): number {
  return Math.max(0, (endedMs ?? nowMs) - (alert.firedMs ?? alert.sinceMs)) / 1000
}
