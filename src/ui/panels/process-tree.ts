import type { ProcessRow } from '../../model/processes.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'

const LINE = style('line')
const FOLD = style('accent')
/** Deeper than this no more is drawn: the command has to be seen. */
const MOST_DEPTH = 16

/** What stands before a command in a tree: the lines of its branch, and `+` where something is folded away. */
export function treeSegments({ kind, place }: ProcessRow, { glyphs }: Look): readonly Segment[] {
  if (place === undefined) return []
  const { depth, lines, last, below, folded } = place
  const { branch, lastBranch, line } = glyphs.tree
  const from = Math.max(0, depth - MOST_DEPTH)
  let text = ''
  for (let level = from; level < depth - 1; level++) text += lines[level] ? `${line} ` : '  '
  if (depth > 0) text += `${last ? lastBranch : branch} `
  if (!folded) return kind === 'group' ? [segment(`${glyphs.opened} `, FOLD)] : text === '' ? [] : [segment(text, LINE)]
  return [segment(text, LINE), segment(kind === 'group' ? `${glyphs.closed} ` : `+${below} `, FOLD)]
}
