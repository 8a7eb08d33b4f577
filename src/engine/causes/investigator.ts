import type { Rule } from '../../alerts/rule.ts'
import type { Alert, Evidence } from '../../model/alert.ts'
import type { CheckDefinition } from '../../model/check.ts'
import { placeOf } from '../../model/check-place.ts'
import type { LogEvent } from '../../model/event.ts'
import type { SeriesView } from '../../model/frame.ts'
import type { Listener } from '../../model/host.ts'
import type { Leaders } from '../../model/processes.ts'
import { causeOf } from './cause.ts'
import { Changes } from './changes.ts'
import { captureEvidence } from './evidence.ts'
import { growthOf } from './filler.ts'
import { Holders } from './holders.ts'
import type { Jump } from './jumps.ts'
import { type Growth, MemoryPast } from './memory-past.ts'
import { isSpace, resourceOf } from './resource.ts'
import { totalsOf } from './totals.ts'

/** What is looked into, at a moment. */
export interface Look {
  readonly alert: Alert
  readonly rule: Pick<Rule, 'blames'>
  readonly moment: Evidence['moment']
  readonly view: SeriesView
  /** Series that left their usual range; asked for once at most, since it takes milliseconds to find them. */
  readonly jumps: () => readonly Jump[]
  readonly leaders: Leaders | undefined
  /** Of an alert about a check. */
  readonly check?: CheckDefinition | undefined
  readonly wallMs: number
}

/** Remembers what may be behind an alert, and finds who is when there is one. */
export class Investigator {
  readonly #changes = new Changes()
  readonly #memory = new MemoryPast()
  readonly #holders = new Holders()

  /** Takes every event, in order of time. */
  happened(event: LogEvent): void {
    this.#changes.happened(event)
  }

  /** Takes the leaders of each scan, once. */
  scanned(leaders: Leaders, wallMs: number): void {
    this.#changes.scanned(leaders, wallMs)
    this.#memory.take(leaders, wallMs)
  }

  /** Takes all sockets that listen, whenever they were looked at. */
  listened(listeners: readonly Listener[], wallMs: number): void {
    this.#holders.take(listeners, wallMs)
  }

  /** Who grew most in memory in the last minutes; undefined when nobody did to speak of. */
  grower(leaders: Leaders | undefined, wallMs: number): Growth | undefined {
    return leaders && this.#memory.grower(leaders, wallMs)
  }

  look({ alert, rule, moment, view, jumps, leaders, check, wallMs }: Look): { evidence: Evidence; cause?: string } {
    const resource = rule.blames ?? resourceOf(alert)
    const place = check && placeOf(check)
    const evidence = captureEvidence({
      resource,
      alert,
      moment,
      leaders,
      wallMs,
      changes: this.#changes.at(wallMs),
      jumps: jumps(),
      totals: totalsOf(view, leaders),
      ...(place && { holders: this.#holders.at(place) }),
    })
    const growth = resource === 'memory' ? this.grower(leaders, wallMs) : undefined
    const filling = isSpace(alert.series) ? growthOf(view, alert.series, wallMs) : undefined
    const cause = causeOf({ resource, alert, evidence, leaders, growth, filling, victim: this.#memory.victim(wallMs) })
    return { evidence, ...(cause !== undefined && { cause }) }
  }
}
