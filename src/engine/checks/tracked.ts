import {
  CHECK_VERDICT,
  type CheckChange,
  type CheckDefinition,
  type CheckOutcome,
  type CheckResult,
  type CheckState,
  type CheckStatus,
} from '../../model/check.ts'
import { isTrouble, type Judged, troubleText } from '../../model/check-words.ts'
import type { LogEvent } from '../../model/event.ts'
import type { Reason } from '../../model/frame.ts'
import type { Sample } from '../../model/sample.ts'
import { sameMembers } from '../identity.ts'
import { STALE_INTERVALS } from '../stale.ts'
import { advanceFlapping, type Flapping, STEADY } from './flapping.ts'
import { Past, usualPhasesOf } from './past.ts'
import { BACK_OFF, CheckSeries, latencyOf } from './samples.ts'
import { SpentTime } from './spent-time.ts'
import { advance, failuresSoFar, type Patience, type Standing, type Turn, UNJUDGED } from './standing.ts'
import { statusOf } from './status.ts'
import {
  flappingEvent,
  removedEvent,
  slowText,
  steadyEvent,
  type Told,
  troubleEvent,
  wasText,
  wellEvent,
} from './turns.ts'

const MOST_CHANGES = 50

export type Tell = (event: LogEvent) => void

/** One check: what is known of it, and how it is judged by that. */
export class Tracked {
  readonly definition: CheckDefinition
  readonly #patience: Patience
  readonly #series: CheckSeries
  readonly #past = new Past()
  readonly #time = new SpentTime()
  #standing: Standing = UNJUDGED
  #judged: Judged = { state: 'unknown' }
  /** The newest reason for each state. */
  readonly #reasons: Partial<Record<CheckState, Judged>> = {}
  #sinceMs: number
  #flapping: Flapping = STEADY
  #flappingSinceMs = 0
  #last: CheckResult | undefined
  #changes: readonly CheckChange[] = []
  #nextMs: number | undefined
  #told: Told | undefined
  /** A check that is, or was, down, which is why nothing can be told of this one. */
  #hinderedBy: string | undefined
  #status: CheckStatus | undefined
  #reason: Reason | undefined

  /** `patience` is by default what the definition says. */
  constructor(definition: CheckDefinition, wallMs: number, patience: Patience = definition) {
    this.definition = definition
    this.#patience = patience
    this.#series = new CheckSeries(definition)
    this.#sinceMs = wallMs
  }

  get state(): CheckState {
    return this.#judged.state
  }

  get #hindered(): boolean {
    return this.#hinderedBy !== undefined
  }

  /** The same object until something changes. */
  get status(): CheckStatus {
    this.#status ??= this.#makeStatus()
    return this.#status
  }

  /** Why it is trouble; the same object while that says the same. */
  get reason(): Reason | undefined {
    const status = this.status
    if (!isTrouble(status)) return undefined
    const flaps = this.state === 'up'
    const reason: Reason = {
      verdict: flaps ? 'warning' : CHECK_VERDICT[this.state],
      subject: this.definition.name,
      text: troubleText(status),
      sinceMs: flaps ? this.#flappingSinceMs : this.#sinceMs,
    }
    if (this.#reason === undefined || !sameMembers(this.#reason, reason)) this.#reason = reason
    return this.#reason
  }

  setNext(nextMs: number): void {
    if (nextMs === this.#nextMs) return
    this.#nextMs = nextMs
    this.#status = undefined
  }

  /** Takes a result. `blockedBy`: a check that is down, without which this one tells nothing. */
  accept(result: CheckResult, blockedBy: string | undefined, tell: Tell): Sample {
    const { outcome, wallMs, monoMs } = result
    const asleep = this.state === 'down' || this.#last?.outcome.state === 'down'
    this.#time.passTo(monoMs, STALE_INTERVALS * this.definition.intervalMs * (asleep ? BACK_OFF : 1))
    this.#status = undefined
    this.#last = result
    if (blockedBy !== undefined) {
      this.#past.append(result, 'unknown', latencyOf(result))
      this.#hinder(blockedBy, wallMs)
    } else {
      this.#past.append(result, outcome.state, latencyOf(result))
      this.#judge(result, tell)
    }
    return this.#series.sample(result, this.state)
  }

  /** A check that it depends on is down: whatever it answers meanwhile tells nothing. */
  block(by: string, wallMs: number): void {
    if (!this.#hindered || this.#judged.error !== hindrance(by).error) this.#hinder(by, wallMs)
  }

  /** What hindered it is over: the next result tells. */
  release(): void {
    if (this.#hinderedBy === undefined) return
    const error = `${this.#hinderedBy} was down`
    if (this.#judged.error === error) return
    this.#judged = { ...this.#judged, error }
    this.#status = undefined
  }

  /** Its definition left. One that was found, and well, is nothing to tell: neither was it that it came. */
  remove(wallMs: number, tell: Tell): void {
    if (this.definition.origin === 'discovered' && this.state !== 'down' && this.state !== 'degraded') return
    tell(removedEvent({ wallMs, subject: this.definition.name }, this.#told))
  }

  /** Its series have no value any more. */
  gone(wallMs: number, monoMs: number): Sample {
    return this.#series.gone(wallMs, monoMs)
  }

  #judge(result: CheckResult, tell: Tell): void {
    const { outcome, wallMs } = result
    const before = this.#known()
    const { standing, turn } = advance(this.#standing, outcome.state, wallMs, this.#patience)
    this.#standing = standing
    this.#reasons[outcome.state] = judgedOf(outcome)
    if (turn !== undefined) {
      this.#hinderedBy = undefined
      this.#time.turn(before, turn.state, turn.row.count)
      this.#turnTo(this.#reasons[turn.state] ?? { state: turn.state }, turn.row.sinceMs)
    } else if (outcome.state === this.state) {
      if (!this.#hindered) this.#judged = judgedOf(outcome)
      this.#time.settle(before)
    } else this.#time.wait(before)
    this.#watchFlapping(result, turn, tell)
  }

  /** Its state as far as one was ever judged. */
  #known(): CheckState | undefined {
    return this.#standing.judged || this.#hindered ? this.state : undefined
  }

  #hinder(by: string, wallMs: number): void {
    const judged = hindrance(by)
    this.#time.settle(this.#known())
    if (this.#hindered) this.#judged = judged
    else this.#turnTo(judged, wallMs)
    this.#time.settle('unknown')
    this.#standing = UNJUDGED
    this.#hinderedBy = by
    this.#status = undefined
  }

  #turnTo(judged: Judged, sinceMs: number): void {
    this.#judged = judged
    this.#sinceMs = sinceMs
    // What its first answer made it for no time at all, until the next one told, it never was.
    const before = this.#changes.filter((change) => change.wallMs !== sinceMs)
    this.#changes = [{ wallMs: sinceMs, ...judged }, ...before.slice(0, MOST_CHANGES - 1)]
  }

  #watchFlapping(result: CheckResult, turn: Turn | undefined, tell: Tell): void {
    const { wallMs, outcome } = result
    const where = { wallMs, subject: this.definition.name }
    const before = this.#flapping
    this.#flapping = advanceFlapping(before, outcome.state)
    if (this.#flapping.flapping === before.flapping) {
      if (turn !== undefined && !before.flapping) this.#tellTurn(result, tell)
    } else if (before.flapping) {
      tell(steadyEvent(where, this.#judged, this.#flappingSinceMs))
      this.#told = isTrouble({ ...this.#judged, flapping: false })
        ? { ...this.#judged, sinceMs: this.#sinceMs }
        : undefined
    } else {
      this.#flappingSinceMs = wallMs
      tell(flappingEvent(where, this.#flapping.ratio))
    }
  }

  #tellTurn({ wallMs, outcome }: CheckResult, tell: Tell): void {
    const where = { wallMs, subject: this.definition.name }
    const told = this.#told
    if (!isTrouble({ ...this.#judged, flapping: false })) {
      if (told !== undefined) tell(wellEvent(where, told))
      this.#told = undefined
    } else if (told?.state !== this.state) {
      const slow = this.#judged.reason === 'slow' && outcome.reason === 'slow'
      const phase = slow ? slowText(outcome.phases, usualPhasesOf(this.#past.view)) : undefined
      tell(troubleEvent(where, this.#judged, told === undefined ? phase : wasText(told, wallMs)))
      this.#told = { ...this.#judged, sinceMs: this.#sinceMs }
    }
  }

  #makeStatus(): CheckStatus {
    const known = {
      definition: this.definition,
      sinceMs: this.#sinceMs,
      flapping: this.#flapping.flapping,
      failing: failuresSoFar(this.#standing),
      last: this.#last,
      changes: this.#changes,
      availability: this.#time.availability,
      worst: this.#time.worst,
      nextMs: this.#nextMs,
    }
    return statusOf(this.#judged, known, this.#past.view)
  }
}

function hindrance(by: string): Judged {
  return { state: 'unknown', reason: 'dependency', error: `${by} is down` }
}

function judgedOf({ state, reason = state === 'unknown' ? state : undefined, error }: CheckOutcome): Judged {
  if (state === 'up') return { state }
  return { state, ...(reason !== undefined && { reason }), ...(error !== undefined && { error }) }
}
