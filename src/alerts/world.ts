import type { CheckStatus } from '../model/check.ts'
import type { LogEvent } from '../model/event.ts'
import type { TimeToLimit } from '../model/forecast.ts'
import type { NetworkInterface } from '../model/frame.ts'
import type { Labels } from '../model/series.ts'
import type { Watched } from '../model/watch.ts'

/** When a limit is reached, as of a moment. */
export interface TimedLimit {
  readonly asOfMs: number
  readonly time: TimeToLimit
  /** The side of the limit that is wrong. */
  readonly direction: 'above' | 'below'
}

/** What there is to judge: everything as it is at this moment. */
export interface World {
  /** Keys of the series of a metric that have a value or had one lately. */
  keys(name: string): readonly string[]
  /** Undefined when not known. */
  value(key: string): number | undefined
  /** Whoever measures it has answered since, and says nothing of it any more: what the series is about is not there (a mount, a device, a check). */
  gone(key: string): boolean
  /**
   * A series of a metric with these labels, none of which has a value, may only not have come yet: whoever would tell of it has just begun, or
   * is late.
   */
  awaited(metric: string, where: Labels): boolean
  /** When a series reaches a limit; undefined where it has no forecast. */
  timeTo(key: string, threshold: number): TimedLimit | undefined
  readonly checks: readonly CheckStatus[]
  readonly watched?: Watched | undefined
  readonly interfaces?: readonly NetworkInterface[]
  /** What happened since the last judgement, oldest first. */
  readonly events: readonly LogEvent[]
  /** Who is behind an alert (`Alert.id`), as far as that is known: a message may name it. */
  cause?(alert: string): string | undefined
}
