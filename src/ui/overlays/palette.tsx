import { textWidth, truncate } from '../../lib/text.ts'
import { type Entry, entriesOf, matching } from '../commands/entries.ts'
import { keyText } from '../key-text.ts'
import type { KeyBinding } from '../keys/binding.ts'
import type { ViewState } from '../state.ts'
import type { TextInput } from '../text-input.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import { Dialog, Ink } from './dialog.tsx'
import { DIALOG_SIDES } from './dialog-size.ts'
import { listed } from './listed.ts'
import { QueryLine } from './query-line.tsx'

interface PaletteProps {
  readonly state: ViewState
  readonly query: TextInput
  readonly selected: number
  readonly glyphs: Glyphs
  readonly bindings: readonly KeyBinding[]
}

const MOST = 78
const LABEL = 23
/** Keys of a command that are shown. */
const MOST_KEYS = 3
const LIST_ROWS = 18
/** Search line and rule. */
const ABOVE = 2

/** Every command there is on this page, searched by typing. */
export function PaletteOverlay({ state, query, selected, glyphs, bindings }: PaletteProps) {
  const { columns, rows } = state
  const width = Math.min(MOST, columns - DIALOG_SIDES)
  const found = matching(entriesOf(state, bindings), query.text)
  const height = Math.max(1, Math.min(LIST_ROWS, rows - 4 - ABOVE))
  const { first, count } = listed(found.length, selected, height)
  return (
    <Dialog
      columns={columns}
      rows={rows}
      width={width}
      height={height + ABOVE}
      title="Commands"
      keys={[
        { key: 'type', name: 'to search' },
        { key: glyphs.ascii ? 'up down' : '↑ ↓', name: 'move' },
        { key: 'Enter', name: 'do it' },
        { key: 'Esc', name: 'close' },
      ]}
      glyphs={glyphs}
    >
      <QueryLine
        columns={width}
        sign=":"
        query={query}
        hint="what do you want to do?"
        count={found.length}
        unit={found.length === 1 ? 'command' : 'commands'}
        glyphs={glyphs}
      />
      {found.length === 0 && <Ink token="dim">{' no command here has all of these words'}</Ink>}
      {found.slice(first, first + count).map((entry, index) => (
        <Line
          key={`${entry.command} ${entry.label}`}
          entry={entry}
          width={width}
          selected={first + index === selected}
          glyphs={glyphs}
        />
      ))}
    </Dialog>
  )
}

/** Text within one text: each box of its own would cost a layout at every key. */
function Line({
  entry,
  width,
  selected,
  glyphs,
}: {
  readonly entry: Entry
  readonly width: number
  readonly selected: boolean
  readonly glyphs: Glyphs
}) {
  const bg = selected ? 'selected' : 'overlay'
  const keys = entry.keys
    .slice(0, MOST_KEYS)
    .map((key) => keyText(key, glyphs))
    .join('  ')
  const help = glyphs.ascii ? entry.help.replace(' …', '') : entry.help
  const label = truncate(entry.label, LABEL - 2, glyphs.ellipsis)
  const right = ` ${keys} `
  const text = truncate(help, width - 1 - LABEL - textWidth(right), glyphs.ellipsis)
  const air = Math.max(0, width - 1 - LABEL - textWidth(text) - textWidth(right))
  return (
    <Ink bg={bg}>
      <Ink token="accent" bg={bg}>
        {selected ? glyphs.selection : ' '}
      </Ink>
      <Ink token={selected ? 'bright' : 'text'} bg={bg} bold={selected}>
        {` ${label.padEnd(LABEL - 1)}`}
      </Ink>
      <Ink token="dim" bg={bg}>
        {text + ' '.repeat(air)}
      </Ink>
      <Ink token="accent" bg={bg}>
        {right}
      </Ink>
    </Ink>
  )
}
