import { Box } from 'ink'
import { formatRanges } from '../../lib/ranges.ts'
import { textWidth, truncate } from '../../lib/text.ts'
import { coresThere } from '../commands/action-orders.ts'
import { tokenColor } from '../screen/base.ts'
import type { ActionBody, BodyProps } from './action-body.ts'
import { LABEL } from './action-body.ts'
import { coreGrid } from './core-grid.ts'
import { Ink } from './dialog.tsx'
import { listed } from './listed.ts'

/** The line that says what is chosen, and a blank one. */
const BESIDE_GRID = 2

/** Choosing the cores a process may use: a grid in which each is switched on and off. */
export const affinityBody: ActionBody = {
  title: 'Set cores',
  preposition: 'of',
  participle: 'set',
  harm: false,
  keys: ({ ascii }) => [
    { key: ascii ? 'arrows' : '↑ ↓ ← →', name: 'move' },
    { key: 'a', name: 'all' },
    { key: 'Space', name: 'toggle' },
  ],
  width: (overlay, columns) => {
    const { cell, across } = coreGrid(coresThere(overlay) ?? [], columns)
    return cell * across
  },
  rows: (overlay, columns) => ({
    least: 2,
    most: Math.max(1, coreGrid(coresThere(overlay) ?? [], columns).rows) + BESIDE_GRID,
  }),
  position: ({ overlay, rows, columns }) => {
    const there = coresThere(overlay) ?? []
    return coreGrid(there, columns).rows > rows - 1 ? `${overlay.selected + 1} of ${there.length}` : undefined
  },
  Body: Cores,
}

function Cores({ overlay, width, rows, columns, glyphs }: BodyProps) {
  const there = coresThere(overlay)
  const { cores, selected } = overlay
  if (there === undefined || cores === undefined) return <Ink token="dim">{glyphs.loading}</Ink>
  const { cell, across, rows: all } = coreGrid(there, columns)
  const spaced = rows >= all + BESIDE_GRID
  const { first, count } = listed(all, Math.floor(selected / across), rows - (spaced ? 2 : 1))
  const chosen = new Set(cores)
  const of = `  ${cores.length} of ${there.length}`
  return (
    <>
      {rows > 1 && (
        <Box height={1}>
          <Ink token="dim">{'new'.padEnd(LABEL)}</Ink>
          <Ink token="bright" bold>
            {truncate(listOf(cores, there), width - LABEL - textWidth(of), glyphs.ellipsis)}
          </Ink>
          <Ink token="dim">{of}</Ink>
        </Box>
      )}
      {spaced && <Ink> </Ink>}
      {Array.from({ length: count }, (_, row) => {
        const from = (first + row) * across
        return (
          <Box key={from} height={1}>
            {there.slice(from, from + across).map((core, column) => (
              <Core
                key={core}
                core={core}
                chosen={chosen.has(core)}
                here={from + column === selected}
                cell={cell}
                glyphs={glyphs}
              />
            ))}
          </Box>
        )
      })}
    </>
  )
}

function listOf(cores: readonly number[], there: readonly number[]): string {
  if (cores.length === there.length) return 'all'
  return cores.length === 0 ? 'none yet' : formatRanges(cores)
}

interface CoreProps extends Pick<BodyProps, 'glyphs'> {
  readonly core: number
  readonly chosen: boolean
  readonly here: boolean
  readonly cell: number
}

function Core({ core, chosen, here, cell, glyphs }: CoreProps) {
  const bg = here ? 'selected' : 'overlay'
  return (
    <Box width={cell} height={1} backgroundColor={tokenColor(bg)}>
      <Ink token="accent" bg={bg}>
        {here ? glyphs.selection : ' '}
      </Ink>
      <Ink token={chosen ? 'ok' : 'faint'} bg={bg}>
        {chosen ? glyphs.acknowledged : glyphs.zero}
      </Ink>
      <Ink token={chosen ? 'bright' : 'dim'} bg={bg} bold={chosen}>
        {` ${String(core).padStart(cell - 4)} `}
      </Ink>
    </Box>
  )
}
