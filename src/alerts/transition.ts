import type { Alert, Resolution } from '../model/alert.ts'
import type { Rule } from './rule.ts'

/** Something that turned. */
export interface Transition {
  readonly kind: 'pending' | 'firing' | 'resolved' | 'no data' | 'data again'
  readonly alert: Alert
  readonly rule: Rule
  /** Why it is over. */
  readonly resolution?: Resolution
  /** Its record ends, but nobody need be told: another alert about the same thing goes on. */
  readonly quiet?: true
  /** Monotonic milliseconds that it has held. */
  readonly heldMs: number
  /** The worst value meanwhile. */
  readonly peak: number
}
