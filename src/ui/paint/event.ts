import type { LogEvent } from '../../model/event.ts'
import { style } from '../screen/style.ts'
import type { Look } from './look.ts'
import { type Segment, segment } from './segments.ts'
import { levelSymbol, levelToken } from './verdict.ts'

const TEXT = style('text')
const SUBJECT = style('bright', { bold: true })

/** What happened, as one line: symbol, subject, text. Where something merely happened the subject is not bright. */
export function eventSegments({ level, subject, text }: LogEvent, look: Look): readonly Segment[] {
  return [
    segment(`${levelSymbol(level, look.glyphs)} `, style(levelToken(level))),
    segment(subject, level === 'event' ? TEXT : SUBJECT),
    segment(text === '' ? '' : ` ${text}`, TEXT),
  ]
}
