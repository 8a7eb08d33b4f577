import { textWidth, truncate } from '../../lib/text.ts'
import type { LogEvent } from '../../model/event.ts'
import { style } from '../screen/style.ts'
import type { Look } from './look.ts'
import { type Segment, segment } from './segments.ts'
import { levelSymbol, levelToken } from './verdict.ts'

const TEXT = style('text')
const SUBJECT = style('bright', { bold: true })

/**
 * What happened, as one line: symbol, subject, text. Where something merely happened the subject is not bright. Of a long subject no more
 * than `most` columns are shown, so that there is room for what happened to it.
 */
export function eventSegments(
  { level, subject, text }: LogEvent,
  look: Look,
  most = Number.POSITIVE_INFINITY,
): readonly Segment[] {
  const shown = textWidth(subject) > most ? truncate(subject, most, look.glyphs.ellipsis) : subject
  return [
    segment(`${levelSymbol(level, look.glyphs)} `, style(levelToken(level))),
    segment(shown, level === 'event' ? TEXT : SUBJECT),
    segment(text === '' ? '' : ` ${text}`, TEXT),
  ]
}
