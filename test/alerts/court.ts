import { expect } from 'vitest'
import { type AlertState, NO_ALERTS } from '../../src/alerts/active.ts'
import { type Judgement, judge, revive } from '../../src/alerts/judge.ts'
import type { Rule } from '../../src/alerts/rule.ts'
import type { Transition } from '../../src/alerts/transition.ts'
import type { TimedLimit, World } from '../../src/alerts/world.ts'
import type { Alert } from '../../src/model/alert.ts'
import type { LogEvent } from '../../src/model/event.ts'

export const START = 1_764_079_200_000
export const SECOND = 1000
export const MINUTE = 60_000
export const HOUR = 3_600_000

/** A rule on used space, 90 % for a minute, but for what a test says. */
export function rule(parts: Partial<Rule> = {}): Rule {
  return {
    name: 'full',
    when: { kind: 'metric', metric: 'disk_used_ratio', where: {}, above: 0.9 },
    forMs: MINUTE,
    keepMs: 0,
    severity: 'warning',
    labels: {},
    origin: 'built-in',
    ...parts,
  }
}

export function above(limit: number, clear?: number): Rule['when'] {
  return {
    kind: 'metric',
    metric: 'disk_used_ratio',
    where: {},
    above: limit,
    ...(clear !== undefined && { clear }),
  }
}

/** What a test says of the world: values by series, and the rest of it. */
export type Facts = Partial<Omit<World, 'keys' | 'value'>> & { readonly values?: Readonly<Record<string, number>> }

export function worldOf({ values = {}, ...facts }: Facts): World {
  return {
    keys: (name) => Object.keys(values).filter((key) => key === name || key.startsWith(`${name}{`)),
    value: (key) => values[key],
    gone: () => false,
    awaited: () => false,
    timeTo: () => undefined,
    checks: [],
    events: [],
    ...facts,
  }
}

/** A judge with clocks that a test moves; the wall clock may be moved without the monotonic one. */
export class Court {
  wallOffsetMs = START
  rules: readonly Rule[]
  state: AlertState = NO_ALERTS
  #nowMs = 0

  constructor(rules: readonly Rule[]) {
    this.rules = rules
  }

  at(monoMs: number, facts: Facts = {}): Judgement {
    expect(monoMs).toBeGreaterThanOrEqual(this.#nowMs)
    this.#nowMs = monoMs
    const found = judge(this.state, this.rules, worldOf(facts), this.wallOffsetMs + monoMs, monoMs)
    this.state = found.state
    return found
  }

  /** As `at`, with these values and nothing else. */
  values(monoMs: number, values: Readonly<Record<string, number>>): Judgement {
    return this.at(monoMs, { values })
  }

  /** Judges each second of a stretch; what turned in it, in words. */
  through(fromMs: number, toMs: number, facts: (monoMs: number) => Facts): string[] {
    const told: string[] = []
    for (let at = fromMs; at <= toMs; at += SECOND) told.push(...turns(this.at(at, facts(at))))
    return told
  }

  revive(alert: Alert, monoMs: number): boolean {
    const revived = revive(alert, this.rules, this.wallOffsetMs + monoMs, monoMs)
    if (revived !== undefined) this.state = new Map([...this.state, [revived.id, revived.active]])
    return revived !== undefined
  }
}

/** `full / firing`. */
export function states({ alerts }: { readonly alerts: readonly Alert[] }): string[] {
  return alerts.map(({ name, subject, state }) => `${name} ${subject} ${state}`)
}

/** `firing full`, `resolved full cleared`; what nobody is told of is left out. */
export function turns({ transitions }: { readonly transitions: readonly Transition[] }): string[] {
  return transitions
    .filter(({ quiet }) => quiet === undefined)
    .map(({ kind, alert, resolution }) =>
      [kind, alert.name, ...(resolution === undefined ? [] : [resolution])].join(' '),
    )
}

export function happened(kind: LogEvent['kind'], subject: string, text = kind as string): LogEvent {
  return { wallMs: START, kind, level: 'event', subject, text }
}

/** A forecast that says this time is left. */
export function heading(likelyMs: number, asOfMs = START, direction: TimedLimit['direction'] = 'above'): TimedLimit {
  const likely = likelyMs / 1000
  return { asOfMs, direction, time: { kind: 'heading', eta: { earliest: likely * 0.8, likely, latest: likely * 1.3 } } }
}

export function timed(
  kind: 'steady' | 'too soon' | 'reached' | 'unknown',
  asOfMs = START,
  direction: TimedLimit['direction'] = 'above',
): TimedLimit {
  return { asOfMs, direction, time: { kind } }
}
