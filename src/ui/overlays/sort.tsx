import { SORT_KEYS } from '../../model/processes.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import { Choice, Dialog, Ink } from './dialog.tsx'

const HELP: Readonly<Record<(typeof SORT_KEYS)[number], string>> = {
  cpu: 'time of one core since the last scan',
  memory: 'resident memory',
  time: 'cpu time since it started',
  pid: 'process id',
  user: 'whose it is',
  name: 'program',
  state: 'running, waiting, stopped …',
  threads: 'number of threads',
  nice: 'how willing to wait',
  started: 'youngest last',
}

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
  const width = Math.min(48, columns - 6)
  return (
    <Dialog
      columns={columns}
      rows={rows}
      width={width}
      height={SORT_KEYS.length}
      title="Sort processes by"
      keys={[
        { key: glyphs.ascii ? 'up down' : '↑ ↓', name: 'column' },
        { key: 'Enter', name: 'sort, again: reverse' },
        { key: 'Esc', name: 'cancel' },
      ]}
      glyphs={glyphs}
    >
      {SORT_KEYS.map((key, index) => (
        <Choice key={key} selected={index === selected} columns={width} glyphs={glyphs}>
          <Ink
            token={index === selected ? 'bright' : 'text'}
            bg={index === selected ? 'selected' : 'overlay'}
            bold={index === selected}
          >
            {` ${key.padEnd(9)}`}
          </Ink>
          <Ink token="dim" bg={index === selected ? 'selected' : 'overlay'}>
            {glyphs.ascii ? HELP[key].replace(' …', ' ...') : HELP[key]}
          </Ink>
        </Choice>
      ))}
    </Dialog>
  )
}
