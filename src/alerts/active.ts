import type { Alert } from '../model/alert.ts'
import type { Labels } from '../model/series.ts'
import type { Rule } from './rule.ts'

/** A rule that holds for a series. Inactive ones are in no table. */
export interface Active {
  /** `alertKey`: names the rule and the series. */
  readonly key: string
  /** `Alert.id`. */
  readonly id: string
  readonly rule: Rule
  readonly series: string
  /** Labels of the series, and those that the rule attaches. */
  readonly labels: Labels
  readonly subject: string
  /** What is wrong, in the rule's own words. */
  readonly text: string
  readonly state: Alert['state']
  /** Since when it holds, by both clocks. */
  readonly sinceMs: number
  readonly sinceMono: number
  /** Wall time at which it fired. */
  readonly firedMs?: number
  /** Monotonic time of the last known value. */
  readonly knownMono: number
  /** Wall time since which there is no value. */
  readonly noDataMs?: number
  /** Monotonic time at which it cleared, while `keep` holds it. */
  readonly clearedMono?: number
  /** The last known value, the limit and the side of it that is wrong. */
  readonly value: number
  readonly threshold: number
  readonly direction: Alert['direction']
  /** `groupOf` of it. */
  readonly group: string
  /** The worst value so far. */
  readonly peak: number
  /** Of a forecast: when the limit is reached, and the monotonic time at which that was said. */
  readonly ahead?: NonNullable<Alert['ahead']>
  readonly aheadMono?: number
  /** Of a forecast: the limit was passed. */
  readonly reached?: true
  /** It was told that it fires. */
  readonly told?: true
  /** A worse one of its group covers it. */
  readonly covered?: true
  /** It comes from an earlier run, and there was no value since. */
  readonly revived?: true
}

/** By rule and series (`Active.key`). */
export type AlertState = ReadonlyMap<string, Active>

export const NO_ALERTS: AlertState = new Map()

/** Rules on the same side of one series are about the same thing, whether it is there or will be. */
export function groupOf({ direction, series }: Pick<Active, 'direction' | 'series'>): string {
  return direction + series
}
