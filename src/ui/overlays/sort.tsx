import { truncate } from '../../lib/text.ts'
import { SORT_KEYS } from '../../model/processes.ts'
import { PROCESS_COLUMNS } from '../panels/process-columns.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import { Choice, Dialog, Ink } from './dialog.tsx'
import { listed } from './listed.ts'

const NAME = 14

/** Choosing what the processes are sorted by. */
export function SortOverlay({
  columns,
  rows,
  selected,
  glyphs,
}: {
  readonly columns: number
  readonly rows: number
  readonly selected: number
  readonly glyphs: Glyphs
}) {
  const width = Math.min(66, columns - 6)
  const { first, count } = listed(SORT_KEYS.length, selected, rows - 4)
  return (
    <Dialog
      columns={columns}
      rows={rows}
      width={width}
      height={count}
      title="Sort processes by"
      keys={[
        { key: glyphs.ascii ? 'up down' : '↑ ↓', name: 'column' },
        { key: 'Enter', name: 'sort, again: reverse' },
        { key: 'Esc', name: 'cancel' },
      ]}
      glyphs={glyphs}
    >
      {SORT_KEYS.slice(first, first + count).map((key, index) => {
        const here = first + index === selected
        const bg = here ? 'selected' : 'overlay'
        return (
          <Choice key={key} selected={here} columns={width} glyphs={glyphs}>
            <Ink token={here ? 'bright' : 'text'} bg={bg} bold={here}>
              {` ${key.replace('_', ' ').padEnd(NAME)}`}
            </Ink>
            <Ink token="dim" bg={bg}>
              {truncate(PROCESS_COLUMNS[key].help, width - NAME - 3, glyphs.ellipsis)}
            </Ink>
          </Choice>
        )
      })}
    </Dialog>
  )
}
