import { sameMembers } from '../../lib/members.ts'
import {
  CHECK_VERDICT,
  type CheckChange,
  type CheckDefinition,
  type CheckResult,
  type CheckState,
  type CheckStatus,
  MOST_CHANGES,
} from '../../model/check.ts'
import { isTrouble, type Judged, troubleText } from '../../model/check-words.ts'
import type { LogEvent } from '../../model/event.ts'
import type { Reason } from '../../model/frame.ts'
import type { CheckHistory } from '../../model/history.ts'
import type { Sample } from '../../model/sample.ts'
import { STALE_INTERVALS } from '../stale.ts'
import { advanceFlapping, type Flapping, STEADY } from './flapping.ts'
import { hindrance, judgedOf } from './judged.ts'
import { Past, usualPhasesOf } from './past.ts'
import { changesAfter, recall } from './recorded.ts'
import { BACK_OFF, CheckSeries, latencyOf } from './samples.ts'
import { SpentTime } from './spent-time.ts'
import { advance, failuresSoFar, type Patience, type Standing, type Turn, UNJUDGED } from './standing.ts'
import { statusOf } from './status.ts'
import {
  flappingEvent,
  removedEvent,
  restartedEvent,
  slowText,
  steadyEvent,
  type Told,
  troubleEvent,
  wasText,
  wellEvent,
} from './turns.ts'

export type Tell = (event: LogEvent) => void

/** One check: what is known of it, and how it is judged by that. */
export class Tracked {
  #definition: CheckDefinition
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
  /** What an earlier run knew of it, until the first result of this one. */
  #history: CheckHistory | undefined
  /** How an earlier run left it, and how it was before, newest first, until this one has found out how it is. */
  #earlier: readonly CheckChange[] = []
  #nextMs: number | undefined
  #told: Told | undefined
  /** A check that is, or was, down, which is why nothing can be told of this one. */
  #hinderedBy: string | undefined
  #status: CheckStatus | undefined
  #reason: Reason | undefined

  /** `patience` is by default what the definition says. */
  constructor(definition: CheckDefinition, wallMs: number, patience: Patience = definition) {
    this.#definition = definition
    this.#patience = patience
    this.#series = new CheckSeries(definition)
    this.#sinceMs = wallMs
  }

  get definition(): CheckDefinition {
    return this.#definition
  }

  get state(): CheckState {
    return this.#judged.state
  }

  get #isWell(): boolean {
    return this.state === 'up' && this.#standing.judged && this.#last?.outcome.state === 'up'
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

  /** The same check, told more or less fully. */
  redefine(definition: CheckDefinition): void {
    this.#definition = definition
    this.#status = undefined
  }

  setNext(nextMs: number): void {
    if (nextMs === this.#nextMs) return
    this.#nextMs = nextMs
    this.#status = undefined
  }

  /**
   * Takes what an earlier run knew of it, as of now by both clocks: what it found, how long it was up, and the state in which it was left. It is
   * in that state since then where it still is when this run first finds out, or has found out already. Trouble that was told is told no second
   * time, but its end is; what was flapping is until it has been steady for long enough. What this run has seen itself, and what is from after
   * now, of a clock that was set back, is left out.
   */
  restore(history: CheckHistory, wallMs: number, monoMs: number, tell: Tell): void {
    const { firstPartMs, known, good, changes } = history
    this.#status = undefined
    this.#time.restore(known, good, firstPartMs - (wallMs - monoMs), monoMs)
    this.#recall(history, this.#past.ownSinceMs ?? wallMs, this.#flapping)
    if (this.#last === undefined) this.#history = history
    const [left] = changes
    if (left === undefined || left.wallMs > wallMs) return
    this.#earlier = changes
    const { wallMs: sinceMs, ...judged } = left
    if (isTrouble({ ...judged, flapping: false })) {
      const told = this.#told ?? { ...judged, sinceMs }
      if (!this.#isWell) this.#told = told.state === judged.state ? { ...told, sinceMs } : told
      else if (!this.#flapping.flapping) tell(wellEvent({ wallMs, subject: this.definition.name }, told))
    }
    if (this.#changes.length > 0) this.#joinEarlier()
  }

  #recall(history: CheckHistory, beforeMs: number, own: Flapping): void {
    const { results, flapping } = recall(history, beforeMs, this.definition.intervalMs, own)
    this.#past.precede(results)
    this.#flapping = flapping
    if (flapping.flapping && !own.flapping) this.#flappingSinceMs = history.flappingSinceMs ?? beforeMs
  }

  /** Takes a result. `blockedBy`: a check that is down, without which this one tells nothing. */
  accept(result: CheckResult, blockedBy: string | undefined, tell: Tell): Sample {
    const { outcome, wallMs, monoMs } = result
    const asleep = this.state === 'down' || this.#last?.outcome.state === 'down'
    this.#time.passTo(monoMs, STALE_INTERVALS * this.definition.intervalMs * (asleep ? BACK_OFF : 1))
    this.#status = undefined
    // One that is attached is told of the last results, after it has read them in the log.
    if (this.#history !== undefined) this.#recall(this.#history, wallMs, STEADY)
    this.#history = undefined
    this.#last = result
    if (outcome.restarts !== undefined)
      tell(restartedEvent({ wallMs, subject: this.definition.name }, this.definition.type, outcome.restarts))
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
    // What its first answer made it for no time at all, until the next one told, it never was: it goes on as it was before.
    const before = this.#changes.filter((one) => one.wallMs !== sinceMs)
    const change = { wallMs: sinceMs, ...judged }
    this.#changes =
      before.length < this.#changes.length
        ? changesAfter(before, [change])
        : [change, ...before.slice(0, MOST_CHANGES - 1)]
    this.#joinEarlier()
  }

  #joinEarlier(): void {
    this.#changes = changesAfter(this.#earlier, this.#changes)
    this.#earlier = []
    this.#sinceMs = this.#changes[0]?.wallMs ?? this.#sinceMs
  }

  #watchFlapping(result: CheckResult, turn: Turn | undefined, tell: Tell): void {
    const { wallMs, outcome } = result
    const where = { wallMs, subject: this.definition.name }
    const before = this.#flapping
    this.#flapping = advanceFlapping(before, outcome.state)
    if (this.#flapping.flapping === before.flapping) {
      if (!before.flapping && (turn !== undefined || (this.#told && this.#isWell))) this.#tellTurn(result, tell)
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
      // The first answer makes it up for now, whatever it was: an earlier run's trouble goes on where that was no good one.
      if (!this.#isWell) return
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
