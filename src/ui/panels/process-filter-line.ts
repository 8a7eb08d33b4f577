import { completeKey } from '../../model/process-filter/complete.ts'
import { parseFilter } from '../../model/process-filter/parse.ts'
import type { ProcessAnswer } from '../../model/processes.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { fittedParts, lineSegments } from '../paint/typed-line.ts'
import { style } from '../screen/style.ts'
import type { ProcessesView } from '../views.ts'

const DIM = style('dim')
const ACCENT = style('accent')
const WARN = style('warn')
const FIND = 'find '

/** Those that ended and stand there for some seconds more are none of those there are. */
function counts(answer: ProcessAnswer | undefined, look: Look, filtered: boolean): Segment[] {
  if (answer === undefined) return []
  const { total, running, matched, ended = 0 } = answer
  if (filtered) return [segment(`${matched - ended} of ${total}`, DIM)]
  return [segment(look.boxed ? `${total}, ${running} running` : String(total), DIM)]
}

/**
 * What stands behind the table's title: what is being typed or filters, what is wrong with it, and how many rows there are; as much of it
 * as fits into some columns. What is typed is always seen.
 */
export function processNote(
  answer: ProcessAnswer | undefined,
  look: Look,
  view: ProcessesView,
  columns: number,
): readonly Segment[] {
  const { input, filter, user, pid } = view
  const only = [...(user === undefined ? [] : [`user ${user}`]), ...(pid === undefined ? [] : [`pid ${pid}`])]
  const text = input?.line.text ?? filter
  const parsed = input?.kind === 'find' ? undefined : parseFilter(text)
  const error = parsed !== undefined && 'error' in parsed ? parsed.error : undefined
  const filtered = filter !== '' || input?.kind === 'filter' || (answer !== undefined && only.length > 0)
  // One that is wrong filters nothing.
  const filters = filtered && (error === undefined || only.length > 0)
  const about = [
    ...only.flatMap((one) => [segment(one, ACCENT), segment('  ', DIM)]),
    ...counts(answer, look, filters && view.arrange === 'list'),
  ]
  if (filter === '' && input === undefined) return about
  const [best] = input?.kind === 'filter' ? completeKey(text, text.length) : []
  const line = lineSegments(
    { text, cursor: input?.line.cursor, error, ghost: best?.insert ?? '' },
    columns - (input?.kind === 'find' ? FIND.length : 0),
    look,
  )
  const wrong = error === undefined ? [] : [segment(`  ${look.glyphs.warning} ${error.text}`, WARN)]
  const lead = segment(input?.kind === 'find' ? FIND : '/', ACCENT)
  return fittedParts([[lead, ...line], wrong, about.length === 0 ? [] : [segment(' ', DIM), ...about]], columns, look)
}
