import type { FilterError } from '../../model/processes.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { fittedParts, lineSegments } from '../paint/typed-line.ts'
import { style } from '../screen/style.ts'
import type { TextInput } from '../text-input.ts'

const TEXT = style('text')
const ACCENT = style('accent')
const WARN = style('warn')

/** What a filter leaves of a list. */
export interface Filtered {
  readonly shown: number
  readonly total: number
  /** Where the filter is wrong; then it hides nothing. */
  readonly error?: FilterError | undefined
}

/** What stands behind the title of a list: the filter as it is typed, what is wrong with it, and how many it leaves. As much as fits into some columns. */
export function filterNote(
  { input, filter }: { readonly input?: TextInput; readonly filter: string },
  { shown, total, error }: Filtered,
  look: Look,
  columns: number,
): readonly Segment[] {
  if (filter === '' && input === undefined) return []
  const line = lineSegments({ text: input?.text ?? filter, cursor: input?.cursor, error }, columns, look)
  const wrong = error === undefined ? [] : [segment(`  ${look.glyphs.warning} ${error.text}`, WARN)]
  // One that is wrong hides nothing.
  const about = error === undefined ? [segment(`  ${shown} of ${total}`, TEXT)] : []
  return fittedParts([[segment('/', ACCENT), ...line], wrong, about], columns, look)
}
