import type { Rule } from '../../../src/alerts/rule.ts'
import { Investigator } from '../../../src/engine/causes/investigator.ts'
import { jumpsOf } from '../../../src/engine/causes/jumps.ts'
import type { Alert, Evidence } from '../../../src/model/alert.ts'
import type { CheckDefinition } from '../../../src/model/check.ts'
import type { EventKind, LogEvent } from '../../../src/model/event.ts'
import type { Leaders, ProcessRow } from '../../../src/model/processes.ts'
import { alertOf, leadersOf } from '../../fixtures/alerts.ts'
import { type History, NOW, QUIET, viewOf } from '../../fixtures/frame.ts'
import { rowOf } from '../../fixtures/watched.ts'

export const MIB = 1024 ** 2
export const GIB = 1024 ** 3

/** A process of this name; one that runs for days unless told. */
export const processOf = (name: string, pid: number, parts: Partial<ProcessRow> = {}): ProcessRow =>
  rowOf({ name, pid, startTicks: pid * 100, ...parts })

export const eventOf = (kind: EventKind, subject: string, text: string, secondsAgo: number): LogEvent => ({
  wallMs: NOW - secondsAgo * 1000,
  kind,
  level: kind === 'check' ? 'critical' : 'event',
  subject,
  text,
})

interface Moment {
  readonly alert?: Partial<Alert>
  readonly moment?: Evidence['moment']
  readonly blames?: Rule['blames']
  readonly values?: Readonly<Record<string, number>>
  readonly history?: Readonly<Record<string, History>>
  readonly check?: CheckDefinition
}

/** A machine whose story a test tells, scan by scan, until an alert is looked into at `NOW`. */
export class Story {
  readonly investigator = new Investigator()
  private leaders: Leaders | undefined

  /** What a scan so many seconds before finds. */
  scan(secondsAgo: number, leaders: Partial<Leaders>): this {
    this.leaders = leadersOf(leaders)
    this.investigator.scanned(this.leaders, NOW - secondsAgo * 1000)
    return this
  }

  event(...given: Parameters<typeof eventOf>): this {
    this.investigator.happened(eventOf(...given))
    return this
  }

  /** An alert that has just begun. */
  look({ alert, moment = 'pending', blames, values, history, check }: Moment): { evidence: Evidence; cause?: string } {
    const view = viewOf({ ...QUIET, ...values }, history)
    return this.investigator.look({
      alert: alertOf({ sinceMs: NOW, ...alert }),
      rule: blames === undefined ? {} : { blames },
      moment,
      view,
      jumps: () => jumpsOf(view, NOW),
      leaders: this.leaders,
      check,
      wallMs: NOW,
    })
  }
}

export const CPU: Partial<Alert> = { name: 'cpu-busy', series: 'cpu_used_ratio', subject: 'cpu', text: '97 % used' }
export const MEMORY: Partial<Alert> = { name: 'memory-low', series: 'memory_used_ratio', subject: 'memory' }
export const SPACE: Partial<Alert> = { series: 'disk_used_ratio{mount="/var"}', subject: '/var' }
