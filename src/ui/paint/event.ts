import { textWidth, truncate } from '../../lib/text.ts'
import type { LogEvent } from '../../model/event.ts'
import { style } from '../screen/style.ts'
import type { Look } from './look.ts'
import type { QuietMarks } from './quiet.ts'
import { type Segment, segment } from './segments.ts'
import { levelSymbol, levelToken } from './verdict.ts'

const TEXT = style('text')
const DIM = style('dim')
const SUBJECT = style('bright', { bold: true })

/** How an event is told. */
export interface EventTelling {
  /** Columns of its subject at most, so that there is room for what happened to it. */
  readonly most?: number
  /** Of an alert that was acknowledged or silenced: all of it is dim. */
  readonly quiet?: QuietMarks | undefined
}

/** What happened, as one line: symbol, subject, text. Where something merely happened the subject is not bright. */
export function eventSegments(
  { level, subject, text }: LogEvent,
  look: Look,
  { most = Number.POSITIVE_INFINITY, quiet }: EventTelling = {},
): readonly Segment[] {
  const shown = textWidth(subject) > most ? truncate(subject, most, look.glyphs.ellipsis) : subject
  const isQuiet = quiet !== undefined && quiet.name.length + quiet.words.length > 0
  return [
    segment(`${levelSymbol(level, look.glyphs)} `, isQuiet ? DIM : style(levelToken(level))),
    segment(shown, isQuiet ? DIM : level === 'event' ? TEXT : SUBJECT),
    ...(quiet?.name ?? []),
    segment(text === '' ? '' : ` ${text}`, isQuiet ? DIM : TEXT),
    ...(quiet?.words ?? []),
  ]
}
