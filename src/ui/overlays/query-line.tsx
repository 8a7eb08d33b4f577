import { Box } from 'ink'
import { graphemes, safeText, textWidth } from '../../lib/text.ts'
import type { TextInput } from '../text-input.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import { Ink } from './dialog.tsx'

export interface TypedProps {
  readonly columns: number
  /** Before what is typed. */
  readonly sign: string
  readonly query: TextInput
  /** What could be typed, while nothing is. */
  readonly hint: string
}

export interface QueryLineProps extends TypedProps {
  /** At the right end. */
  readonly count: number
  readonly unit: string
  readonly glyphs: Glyphs
}

/** The part of a line around its cursor that fits, and where the cursor is in it. */
function around({ text, cursor }: TextInput, columns: number): { parts: string[]; at: number } {
  const all = graphemes(safeText(text))
  let from = Math.min(cursor, all.length)
  let used = 1
  while (from > 0 && used + (all[from - 1]?.width ?? 1) <= columns) used += all[--from]?.width ?? 1
  let end = Math.min(cursor, all.length)
  while (end < all.length && used + (all[end]?.width ?? 1) <= columns) used += all[end++]?.width ?? 1
  return { parts: all.slice(from, end).map((grapheme) => grapheme.text), at: Math.min(cursor, all.length) - from }
}

/** A line that is being typed, on so many columns: the part around its cursor. */
export function TypedText({ columns, sign, query, hint }: TypedProps) {
  const room = Math.max(0, columns - sign.length - 3)
  const { parts, at } = around(query, room)
  const before = parts.slice(0, at).join('')
  const under = parts[at] ?? ' '
  const behind = parts.slice(at + 1).join('')
  const rest = query.text === '' && textWidth(hint) < room ? ` ${hint}` : behind
  return (
    <Box height={1} width={columns}>
      <Ink token="accent" bold>{` ${sign} `}</Ink>
      <Ink token="bright">{before}</Ink>
      <Ink token="onBadge" bg="accent">
        {under}
      </Ink>
      <Box flexGrow={1}>
        <Ink token={query.text === '' ? 'dim' : 'bright'}>{rest}</Ink>
      </Box>
    </Box>
  )
}

/** The line on top of a list that is searched by typing. */
export function QueryLine({ columns, sign, query, hint, count, unit, glyphs }: QueryLineProps) {
  const about = `${count}`
  return (
    <>
      <Box height={1} width={columns}>
        <TypedText columns={columns - about.length - unit.length - 2} sign={sign} query={query} hint={hint} />
        <Ink token="text">{about}</Ink>
        <Ink token="dim">{` ${unit} `}</Ink>
      </Box>
      <Ink token="line">{glyphs.horizontal.repeat(columns)}</Ink>
    </>
  )
}
