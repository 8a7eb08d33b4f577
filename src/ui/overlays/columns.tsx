import { truncate } from '../../lib/text.ts'
import { columnChoices } from '../commands/processes.ts'
import { PROCESS_COLUMNS } from '../panels/process-columns.ts'
import type { Overlay } from '../state.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import { Choice, Dialog, Ink } from './dialog.tsx'
import { listed } from './listed.ts'

const LABEL = 11

/** Choosing the columns of the process table and their order: those that are shown first, as they stand. */
export function ColumnsOverlay({
  columns,
  rows,
  overlay,
  glyphs,
}: {
  readonly columns: number
  readonly rows: number
  readonly overlay: Extract<Overlay, { kind: 'columns' }>
  readonly glyphs: Glyphs
}) {
  const { selected, chosen } = overlay
  const width = Math.min(70, columns - 6)
  const choices = columnChoices(chosen)
  const { first, count } = listed(choices.length, selected, rows - 4)
  return (
    <Dialog
      columns={columns}
      rows={rows}
      width={width}
      height={count}
      title="Columns of the process table"
      keys={[
        { key: 'Space', name: 'show, hide' },
        { key: glyphs.ascii ? '[ ]' : '← →', name: 'move' },
        { key: 'd', name: 'default' },
        { key: 'Enter', name: 'keep' },
        { key: 'Esc', name: 'cancel' },
      ]}
      glyphs={glyphs}
    >
      {choices.slice(first, first + count).map((field, index) => {
        const here = first + index === selected
        const shown = first + index < chosen.length
        const bg = here ? 'selected' : 'overlay'
        return (
          <Choice key={field} selected={here} columns={width} glyphs={glyphs}>
            <Ink token={shown ? 'ok' : 'faint'} bg={bg}>{` ${shown ? glyphs.acknowledged : glyphs.zero} `}</Ink>
            <Ink token={shown ? 'bright' : 'text'} bg={bg} bold={here}>
              {PROCESS_COLUMNS[field].label.padEnd(LABEL)}
            </Ink>
            <Ink token="dim" bg={bg}>
              {truncate(PROCESS_COLUMNS[field].help, width - LABEL - 5, glyphs.ellipsis)}
            </Ink>
          </Choice>
        )
      })}
    </Dialog>
  )
}
