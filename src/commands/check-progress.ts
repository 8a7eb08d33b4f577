import { truncate } from '../lib/text.ts'

/** Checks that are quick need no words. */
const QUIET_MS = 700
/** How often a line is written where nobody can take it back. */
const LINE_MS = 5000
const BEAT_MS = 250

/** Where progress goes: stderr. */
export interface ProgressOut {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** Says what is being waited for, while it takes long. */
export interface Progress {
  done(name: string): void
  /** Takes back what stands there. */
  end(): void
}

/**
 * `2 of 5 checked, waiting for db, api`: on a terminal one line that is written over and taken back at the end, elsewhere a line every
 * five seconds.
 */
export function startProgress(names: readonly string[], out: ProgressOut, now: () => number): Progress {
  const waiting = new Set(names)
  const began = now()
  let told = Number.NEGATIVE_INFINITY
  let shown = false
  const tell = () => {
    const at = now()
    if (at - began < QUIET_MS || waiting.size === 0) return
    const checked = names.length - waiting.size
    const line = `${checked} of ${names.length} checked, waiting for ${[...waiting].slice(0, 20).join(', ')}`
    if (out.isTTY) {
      out.write(`\r\x1b[K${truncate(line, Math.max(20, (out.columns ?? 80) - 1))}`)
      shown = true
    } else if (at - told >= LINE_MS) {
      told = at
      out.write(`healthtop: ${truncate(line, 200)}\n`)
    }
  }
  const timer = setInterval(tell, BEAT_MS)
  return {
    done: (name) => waiting.delete(name),
    end() {
      clearInterval(timer)
      if (shown) out.write('\r\x1b[K')
    },
  }
}
