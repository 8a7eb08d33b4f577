import { alertKey } from '../../model/alert.ts'
import type { AlertLine } from '../line.ts'

/**
 * Lines of alerts that have to wait because there is no room: of those of one rule and series that come again and again, the last one. An
 * alert of which a line is written gets its last one, too, whatever follows it: else it would fire for ever for whoever reads.
 */
export interface AlertMerge {
  /** Whether something of the same rule and series waits. */
  waits(line: AlertLine): boolean
  /** Whether there was a line of that rule and series in this hour. */
  known(line: AlertLine): boolean
  hold(line: AlertLine): void
  /** The line that has waited longest, to be written; undefined where none waits. */
  next(): AlertLine | undefined
  /** Told of each that is written. */
  wrote(line: AlertLine): void
  nextHour(): void
  /** Lines in whose place a later one was held. */
  readonly replaced: number
}

/** `beganMs`: what holds since before this wall time may have lines that others wrote. */
export function createAlertMerge(beganMs: number): AlertMerge {
  /** Of each rule and series, by ids. */
  const held = new Map<string, Map<string, AlertLine>>()
  /** Alerts that fire, by what is written. */
  const open = new Set<string>()
  let ofThisHour = new Set<string>()
  let replaced = 0

  const keyOf = ({ record }: AlertLine) => alertKey(record.alert)
  const hasLines = ({ id, since_ms: sinceMs }: AlertLine) => open.has(id) || sinceMs < beganMs

  return {
    waits: (line) => held.has(keyOf(line)),
    known: (line) => ofThisHour.has(keyOf(line)),
    hold(line) {
      const key = keyOf(line)
      const lines = held.get(key) ?? new Map<string, AlertLine>()
      held.set(key, lines)
      for (const [id, other] of lines) {
        if (id !== line.id && hasLines(other)) continue
        lines.delete(id)
        replaced++
      }
      lines.set(line.id, line)
    },
    next() {
      for (const [key, lines] of held) {
        for (const [id, line] of lines) {
          lines.delete(id)
          if (lines.size === 0) held.delete(key)
          return line
        }
      }
      return undefined
    },
    wrote(line) {
      ofThisHour.add(keyOf(line))
      if (line.state === 'resolved') open.delete(line.id)
      else open.add(line.id)
    },
    nextHour() {
      ofThisHour = new Set()
    },
    get replaced() {
      return replaced
    },
  }
}
