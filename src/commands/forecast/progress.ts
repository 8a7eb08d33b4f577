import { truncate } from '../../lib/text.ts'
import type { ProgressOut } from '../check-progress.ts'

/** What is quick needs no words. */
const QUIET_MS = 700
const BEAT_MS = 200
const BAR_COLUMNS = 30

/** How far something is, in one line of a terminal that is written over and taken back at the end. Anywhere else nothing is said. */
export interface Bar {
  /** `part`: 0..1, or undefined when nobody knows the whole. */
  at(part: number | undefined, what: string, figures: string): void
  end(): void
}

/** `sampling this host  ━━━━━━━━━╸────────────  32 of 60 s`. */
export function startBar(out: ProgressOut, now: () => number, ascii = false): Bar {
  const began = now()
  let told = Number.NEGATIVE_INFINITY
  let shown = false
  return {
    at(part, what, figures) {
      const at = now()
      if (out.isTTY !== true || at - began < QUIET_MS || at - told < BEAT_MS) return
      told = at
      shown = true
      const bar = part === undefined ? '' : `  ${barText(part, ascii)}`
      out.write(`\r\x1b[K${truncate(`${what}${bar}  ${figures}`, Math.max(20, (out.columns ?? 80) - 1))}`)
    },
    end() {
      if (shown) out.write('\r\x1b[K')
      shown = false
    },
  }
}

function barText(part: number, ascii: boolean): string {
  const full = Math.min(BAR_COLUMNS, Math.max(0, Math.floor(part * BAR_COLUMNS)))
  return (ascii ? '#' : '━').repeat(full) + (ascii ? '.' : '─').repeat(BAR_COLUMNS - full)
}
