import { Box } from 'ink'
import { textWidth, truncate } from '../../lib/text.ts'
import { wrapped } from '../../lib/wrapped.ts'
import { type HelpItem, type HelpSection, helpSections, keysText } from '../help-items.ts'
import type { KeyBinding } from '../keys/binding.ts'
import type { ViewState } from '../state.ts'
import type { TextInput } from '../text-input.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import { Dialog, Ink } from './dialog.tsx'
import { DIALOG_SIDES } from './dialog-size.ts'
import { listed } from './listed.ts'
import { QueryLine } from './query-line.tsx'

interface HelpProps {
  readonly state: ViewState
  readonly query: TextInput
  /** Index of the selected line; -1 for none. */
  readonly selected: number
  readonly glyphs: Glyphs
  readonly bindings: readonly KeyBinding[]
  readonly version: string
}

/** A row of a column: a heading, the first or a further row of an item, or nothing. */
interface Row {
  readonly heading?: string
  readonly item?: HelpItem
  readonly index?: number
  readonly left?: string
  readonly right?: string
}

const LEFT = 12
const MOST_COLUMN = 37
const LEAST_COLUMN = 34
/** One column may be as wide as its longest line. */
const ONLY_COLUMN = 56
/** Search line and rule. */
const ABOVE = 2
const BLANK: Row = {}

/** Every key as the person has it bound, and how to read the screen; typing searches, Enter does what is selected. */
export function HelpOverlay({ state, query, selected, glyphs, bindings, version }: HelpProps) {
  const { columns, rows } = state
  const count = Math.max(1, Math.min(3, Math.floor((columns - DIALOG_SIDES) / LEAST_COLUMN)))
  const room = Math.floor((columns - DIALOG_SIDES) / count)
  const width = Math.min(count === 1 ? ONLY_COLUMN : MOST_COLUMN, room)
  const place = (sections: readonly HelpSection[]) =>
    sideBySide(
      sections.map((section) => rowsOf(section, width, glyphs)),
      count,
    )
  const all = place(numbered(helpSections(state, bindings, '')))
  const found = numbered(helpSections(state, bindings, query.text))
  const lines = query.text === '' ? all : place(found)
  // As tall as without a query, so that nothing jumps while somebody types.
  const height = Math.max(1, Math.min(all.length + 1, rows - 2 - ABOVE))
  const at = lines.findIndex((line) => line.some(({ index }) => index === selected))
  const first = listed(lines.length, Math.max(0, at), height).first
  const keys = found.reduce((sum, { items }) => sum + items.filter(({ sign }) => sign === undefined).length, 0)
  const arrows = glyphs.ascii ? 'up down' : '↑ ↓'
  return (
    <Dialog
      columns={columns}
      rows={rows}
      width={count * width}
      height={height + ABOVE}
      title="Help"
      note="keys as you have them bound"
      keys={[
        { key: 'type', name: 'to search' },
        { key: arrows, name: 'move' },
        { key: 'Enter', name: 'do it' },
        { key: 'Esc', name: 'close' },
      ]}
      glyphs={glyphs}
    >
      <QueryLine
        columns={count * width}
        sign="/"
        query={query}
        hint="search keys, panels and words"
        count={keys}
        unit={keys === 1 ? 'key' : 'keys'}
        glyphs={glyphs}
      />
      {lines.length === 0 && <Ink token="dim">{' nothing here has all of these words'}</Ink>}
      {lines.slice(first, first + height).map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <Ink key={row}>
          {line.map((cell, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same
            <Cell key={column} row={cell} width={width} selected={cell.index === selected} glyphs={glyphs} />
          ))}
        </Ink>
      ))}
      <Box flexGrow={1} />
      {lines.length < height && (
        <Box height={1} justifyContent="flex-end">
          <Ink token="dim">{`healthtop ${version} `}</Ink>
        </Box>
      )}
    </Dialog>
  )
}

/** Text within the text of a line: each box of its own would cost a layout at every key. */
function Cell({
  row,
  width,
  selected,
  glyphs,
}: {
  readonly row: Row
  readonly width: number
  readonly selected: boolean
  readonly glyphs: Glyphs
}) {
  const bg = selected ? 'selected' : 'overlay'
  const { heading, item, left = '', right = '' } = row
  if (heading !== undefined)
    return (
      <Ink token="bright" bold>
        {padded(` ${heading}`, width)}
      </Ink>
    )
  if (item === undefined) return <Ink>{' '.repeat(width)}</Ink>
  return (
    <>
      <Ink token={selected ? 'accent' : item.tone} bg={bg}>
        {selected ? glyphs.selection : ' '}
      </Ink>
      <Ink token={item.tone} bg={bg}>
        {padded(left, LEFT)}
      </Ink>
      <Ink token={selected ? 'bright' : 'text'} bg={bg}>
        {padded(right, width - LEFT - 2)}
      </Ink>
      <Ink> </Ink>
    </>
  )
}

function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)))
}

/** Sections with the places of their items in the whole. */
function numbered(sections: readonly HelpSection[]): readonly (HelpSection & { readonly from: number })[] {
  let from = 0
  return sections.map((section) => {
    const placed = { ...section, from }
    from += section.items.length
    return placed
  })
}

function rowsOf(
  { title, items, from = 0 }: HelpSection & { readonly from?: number },
  width: number,
  glyphs: Glyphs,
): Row[] {
  const rows = items.flatMap((item, place) => {
    const help = glyphs.ascii ? item.help.replace(' …', '') : item.help
    return wrapped(help, width - LEFT - 2).map((right, line): Row => {
      const left = line > 0 ? '' : truncate(keysText(item, glyphs, LEFT - 1), LEFT - 1, glyphs.ellipsis)
      return { item, index: from + place, left, right }
    })
  })
  return [{ heading: title }, ...rows]
}

/** Blocks in up to `count` columns, in their order, so that the tallest is as low as it can be; columns read from top to bottom. */
function sideBySide(blocks: readonly (readonly Row[])[], count: number): (readonly Row[])[] {
  const heights = blocks.map((block) => block.length)
  const tallest = [...cuts(heights, count)].reduce<{ height: number; ends: number[] }>(
    (best, ends) => {
      const height = Math.max(...columnHeights(heights, ends))
      return height < best.height ? { height, ends } : best
    },
    { height: Number.POSITIVE_INFINITY, ends: [] },
  )
  if (blocks.length === 0) return []
  const stacks = tallest.ends.map((end, column) =>
    blocks
      .slice(tallest.ends[column - 1] ?? 0, end)
      .flatMap((block, index) => (index === 0 ? block : [BLANK, ...block])),
  )
  return Array.from({ length: tallest.height }, (_, row) => stacks.map((stack) => stack[row] ?? BLANK))
}

/** Every way to cut a sequence into `count` runs, as the ends of the runs; those that fill the first runs come first. */
function* cuts(heights: readonly number[], count: number, from = 0): Generator<number[]> {
  if (count === 1) {
    yield [heights.length]
    return
  }
  for (let end = heights.length; end >= from; end--)
    for (const rest of cuts(heights, count - 1, end)) yield [end, ...rest]
}

function columnHeights(heights: readonly number[], ends: readonly number[]): number[] {
  return ends.map((end, column) => {
    const part = heights.slice(ends[column - 1] ?? 0, end)
    return part.reduce((sum, height) => sum + height, Math.max(0, part.length - 1))
  })
}
