import { clockTime, span } from '../../lib/units.ts'
import type { Frame } from '../../model/frame.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import type { Token } from '../theme/tokens.ts'

/** What the app knows of the mode; that nothing comes any more is seen from the frame. */
export interface ModeOptions {
  readonly mode: 'live' | 'paused'
  /** Wall time. */
  readonly nowMs: number
  /** Age of the newest value from which on the screen is stale; three seconds unless said (a slower interval needs more). */
  readonly staleMs?: number
}

export interface ModeText {
  readonly symbol: string
  readonly word: string
  /** Behind the word; empty for none. */
  readonly detail: string
  readonly tone: Token
}

const STALE_MS = 3000

/** Wall time of the newest value of all; undefined before the first. */
function newestMs({ measuredMs }: Frame): number | undefined {
  const newest = Math.max(...Object.values(measuredMs))
  return Number.isFinite(newest) ? newest : undefined
}

/** For how many seconds nothing was measured; undefined while values are new, and before the first one. */
export function staleSeconds(frame: Frame, nowMs: number, staleMs = STALE_MS): number | undefined {
  const newest = newestMs(frame)
  return newest === undefined || nowMs - newest <= staleMs ? undefined : (nowMs - newest) / 1000
}

/** Whether what is shown is live, held on purpose, or old because nothing is measured any more. */
export function modeOf(frame: Frame, { mode, nowMs, staleMs }: ModeOptions, glyphs: Glyphs): ModeText {
  if (mode === 'paused')
    return { symbol: glyphs.pausedMode, word: 'PAUSED', detail: clockTime(frame.wallMs), tone: 'warn' }
  if (newestMs(frame) === undefined) return { symbol: glyphs.loading, word: 'STARTING', detail: '', tone: 'unknown' }
  const stale = staleSeconds(frame, nowMs, staleMs)
  if (stale !== undefined) return { symbol: glyphs.loading, word: 'STALE', detail: span(stale), tone: 'unknown' }
  return { symbol: glyphs.live, word: 'LIVE', detail: '', tone: 'ok' }
}
