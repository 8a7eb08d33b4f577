import { untilText } from '../../model/alert-words.ts'
import { style } from '../screen/style.ts'
import type { Look } from './look.ts'
import { type Segment, segment } from './segments.ts'

const DIM = style('dim')

/** What people made of an alert: ` ✓` behind its name once somebody has seen it, ` ⋯ until 18:00` behind its words while it is silenced. */
export interface QuietMarks {
  readonly name: readonly Segment[]
  readonly words: readonly Segment[]
}

/** Of an alert, or of what is known of one: its silence ends at `untilMs`, or with it. */
export interface Made {
  readonly acknowledged?: unknown
  readonly silenced?: { readonly untilMs?: number }
}

export function quietMarks({ acknowledged, silenced }: Made, nowMs: number, { glyphs }: Look): QuietMarks {
  return {
    name: acknowledged === undefined ? [] : [segment(` ${glyphs.acknowledged}`, DIM)],
    words: silenced === undefined ? [] : [segment(` ${glyphs.loading} ${untilText(silenced, nowMs)}`, DIM)],
  }
}
