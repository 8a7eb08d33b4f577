import { Checks } from '../../../src/engine/checks/checks.ts'
import type { CheckDefinition, CheckOutcome, CheckState, CheckStatus } from '../../../src/model/check.ts'
import type { LogEvent } from '../../../src/model/event.ts'
import type { Sample } from '../../../src/model/sample.ts'
import { START_MS } from '../samples.ts'

/** The outcome of each letter. */
const OUTCOMES: Readonly<Record<string, CheckOutcome>> = {
  u: { state: 'up', latencyS: 0.01 },
  s: { state: 'degraded', reason: 'slow', error: 'took 812 ms, expected under 500 ms', latencyS: 0.812 },
  d: { state: 'down', reason: 'refused', error: 'connection refused by 127.0.0.1:25', noLatency: true },
  '?': { state: 'unknown', reason: 'missing', error: 'there is no program ping', noLatency: true },
}

/** Checks whose clocks the test moves: a second is a second of both. */
export class Trial {
  readonly checks: Checks
  readonly events: LogEvent[] = []
  samples: readonly Sample[] = []
  second = 0

  constructor(definitions: readonly CheckDefinition[], once = false) {
    this.checks = new Checks({ once })
    this.define(definitions)
  }

  define(definitions: readonly CheckDefinition[]): void {
    this.#accept({ definitions })
  }

  /** One result for each letter (`u` up, `s` slow, `d` down, `?` unknown), so many seconds apart, the first one now. */
  results(check: string, letters: string, everyS = 10): void {
    for (const letter of letters) {
      this.result(check, OUTCOMES[letter] as CheckOutcome)
      this.second += everyS
    }
  }

  result(check: string, outcome: CheckOutcome, durationMs = 10): void {
    const { wallMs, monoMs } = this
    this.#accept({ results: [{ check, outcome, wallMs, monoMs, durationMs, tries: 1 }] })
  }

  next(check: string, nextMs: number): void {
    this.#accept({ next: { [check]: nextMs } })
  }

  get wallMs(): number {
    return START_MS + this.monoMs
  }

  get monoMs(): number {
    return this.second * 1000
  }

  status(name: string): CheckStatus {
    const found = this.checks.list.find(({ definition }) => definition.name === name)
    if (found === undefined) throw new Error(`no check ${name}`)
    return found
  }

  state(name: string): CheckState {
    return this.status(name).state
  }

  /** What was told: level, text and cause of each event. */
  get told(): readonly string[] {
    return this.events.map(
      ({ level, subject, text, cause }) => `${level}: ${subject} ${text}${cause === undefined ? '' : ` (${cause})`}`,
    )
  }

  /** What is wrong now. */
  get wrong(): readonly string[] {
    return this.checks.reasons().map(({ verdict, subject, text }) => `${verdict}: ${subject} ${text}`)
  }

  #accept(batch: Parameters<Checks['accept']>[0]): void {
    this.samples = this.checks.accept(batch, this.wallMs, this.monoMs, (event) => this.events.push(event))
  }
}
