import { type Alert, type AlertKind, alertKey, type Resolution } from '../../model/alert.ts'
import type { AlertCondition } from '../../model/alert-definition.ts'
import type { CheckStatus } from '../../model/check.ts'
import type { Labels } from '../../model/series.ts'
import type { Active } from '../active.ts'
import type { Rule } from '../rule.ts'
import { subjectOf } from '../words.ts'
import type { World } from '../world.ts'
import type { SeriesTable } from './series-table.ts'

/** A rule whose condition is of one kind. */
export type RuleOn<Kind extends AlertKind> = Rule & { readonly when: Extract<AlertCondition, { readonly kind: Kind }> }

/** A rule and a series that it is about: what stays the same for as long as both do. */
export interface Matter {
  /** `alertKey`. */
  readonly key: string
  readonly rule: Rule
  readonly series: string
  /** Labels of the series, and those that the rule attaches. */
  readonly labels: Labels
  readonly subject: string
}

/** How a rule stands on a series at one moment. */
export interface Finding {
  /** NaN where there is none (a series that is absent). */
  readonly value: number
  readonly threshold: number
  readonly direction: Alert['direction']
  /** An alert begins, or goes on. */
  readonly wrong: boolean
  /** One that fires may end. With neither it stays as it is; with both it has happened, and is over already. */
  readonly cleared: boolean
  /** Too little is known to say: a pending one neither fires nor is dropped. */
  readonly undecided?: boolean
  /** It ends now, whatever `keep:` says. */
  readonly over?: boolean
  /** Why it ends, when it does; `cleared` unless given. */
  readonly resolution?: Resolution
  /** What is wrong in words, where these are not the rule's. */
  readonly text?: string
  /** The series that tells the same, where that is another one: of alerts on both, only the one that says most is shown. */
  readonly about?: string
  readonly ahead?: Alert['ahead']
  readonly aheadMono?: number | undefined
  readonly reached?: boolean
}

/** `gone`: what the series is about is not there any more. `inhibited`: something else explains it. */
export type Standing = Finding | 'gone' | 'inhibited'

/** A rule at work. */
export interface Task<Kind extends AlertKind> {
  readonly rule: RuleOn<Kind>
  /** What was made of a table of series, and of checks. */
  readonly memory: TaskMemory
}

export interface TaskMemory {
  selected?: { readonly table: SeriesTable; readonly matters: readonly Matter[] }
  readonly checks: WeakMap<object, Matter>
}

/** What a rule is judged by. */
export interface Scene {
  readonly world: World
  readonly wallMs: number
  readonly monoMs: number
  /** The series of a metric that are known now. */
  table(metric: string): SeriesTable
  /** The check of a name, if there is one. */
  checkNamed(name: string): readonly CheckStatus[]
  /** The alert of a matter that is pending or fires. */
  active(matter: Matter): Active | undefined
  /** All of them that a rule has. */
  ofRule(rule: Rule): readonly Active[]
}

export type Say = (matter: Matter, standing: Standing) => void

/** A kind of conditions. */
export interface Condition<Kind extends AlertKind> {
  readonly kind: Kind
  /** Tells of every series that the rule is about. One that it does not tell of is not known at this moment. */
  look(task: Task<Kind>, scene: Scene, say: Say): void
  /** Whether the rule can be about this series. */
  covers(when: RuleOn<Kind>['when'], series: string): boolean
}

/** `labels` are those of the series. */
export function matterOf(rule: Rule, series: string, labels: Labels): Matter {
  return {
    key: alertKey({ name: rule.name, series }),
    rule,
    series,
    labels: { ...labels, ...rule.labels },
    subject: subjectOf(rule, labels, series),
  }
}
