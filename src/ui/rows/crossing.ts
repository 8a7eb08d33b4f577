import type { Crossing } from '../../model/crossings.ts'
import { crossingWords, spreadText } from '../../model/forecast-words.ts'
import type { Severity } from '../../model/severity.ts'
import type { Look } from '../paint/look.ts'
import type { QuietMarks } from '../paint/quiet.ts'
import { type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { levelSymbol, levelToken } from '../paint/verdict.ts'
import { type Style, style } from '../screen/style.ts'
import type { Item } from './line.ts'

const DIM = style('dim')
const TEXT = style('text')
const SUBJECT = style('bright', { bold: true })

function toneOf(severity: Severity | undefined): Style {
  return severity === undefined ? TEXT : style(levelToken(severity))
}

/** `▲ ` in the colour of a severity, `▸ ` where there is none. */
function symbolOf({ severity }: Crossing, { glyphs }: Look, quiet: QuietMarks | undefined): Segment {
  const level = severity ?? 'event'
  return segment(`${levelSymbol(level, glyphs)} `, quiet === undefined ? style(levelToken(level)) : DIM)
}

/**
 * `▲ /var 95 % full in 3 h 10 m`; where there is room the range, then who is behind it. `subject` and `words` are given where whose limit
 * it is stands elsewhere.
 */
export function crossingItem(
  crossing: Crossing,
  look: Look,
  { subject = crossing.subject, words, cause = crossing.cause, quiet }: CrossingParts = {},
): Item {
  const { time, severity, limit, family, asOfMs } = crossing
  const { eta } = time
  const when = words ?? crossingWords({ limit, family, asOfMs, eta })
  const main = [
    symbolOf(crossing, look, quiet),
    segment(subject, quiet === undefined ? SUBJECT : DIM),
    ...(quiet?.name ?? []),
    segment(` ${when}`, quiet === undefined ? toneOf(severity) : DIM),
    ...(quiet?.words ?? []),
  ]
  const spread = spreadText(eta, look.glyphs.dash)
  const range = spread === '' ? [] : [segment(` (${spread})`, DIM)]
  if (cause === undefined) return range.length === 0 ? { main } : { main, extra: range }
  return { main, extra: [...range, segment(`  ${cause}`, DIM)], ...(range.length > 0 && { shorter: range }) }
}

export interface CrossingParts {
  readonly subject?: string
  readonly words?: string
  readonly cause?: string | undefined
  /** What people made of its alert: then it does not shout. */
  readonly quiet?: QuietMarks | undefined
}

/** On a line of its own of so many columns: `▲ /var 95 % full in 3 h 10 m`, `▲ /var in 3 h 10 m` where that is too long. */
export function crossingLine(crossing: Crossing, columns: number, look: Look): readonly Segment[] {
  const { main } = crossingItem(crossing, look)
  if (segmentsWidth(main) <= columns) return main
  const [symbol, subject, words] = main
  const short = words && { ...words, text: words.text.replace(/^.*(?= in | ends )/, '') }
  return [symbol, subject, short].filter((part) => part !== undefined)
}

/** An item that says all it has, as far as that fits: what comes first is told whole before others are. */
export function whole({ main, extra = [], shorter = [] }: Item, room: number): Item {
  const fitting = [extra, shorter].find((more) => segmentsWidth([...main, ...more]) <= room)
  return { main: [...main, ...(fitting ?? [])] }
}
