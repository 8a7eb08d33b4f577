import { textWidth } from '../../lib/text.ts'
import { type Segment, segment, segmentsWidth } from '../paint/segments.ts'

/** Columns that the border takes on both sides, the spaces around title and headline, the key, and a stretch of rule between them. */
const AROUND = 10

/** Figures of a headline, three columns apart; those that are not known are empty. */
export type Figures = readonly (readonly Segment[])[]

/** Of several headlines, from most to least, the first that fits beside the title (and what follows it) in the border of a panel. */
export function fittingHeadline(
  candidates: readonly Figures[],
  { columns, title, note = [] }: { columns: number; title: string; note?: readonly Segment[] },
): readonly Segment[] {
  const room = columns - AROUND - textWidth(title) - (note.length === 0 ? 0 : segmentsWidth(note) + 1)
  const joined = candidates.map(joinFigures)
  return joined.find((candidate) => segmentsWidth(candidate) <= room) ?? joined.at(-1) ?? []
}

function joinFigures(figures: Figures): Segment[] {
  return figures
    .filter((figure) => figure.length > 0)
    .flatMap((figure, index) => (index === 0 ? figure : [segment('   '), ...figure]))
}
