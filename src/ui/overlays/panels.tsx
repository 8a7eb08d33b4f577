import { choosablePanels, layoutOf, placesOf } from '../layout.ts'
import type { LayoutChoice } from '../layout-choice.ts'
import { panelOf } from '../panels/registry.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import { Choice, Dialog, Ink } from './dialog.tsx'
import { listed } from './listed.ts'

const NAME = 14

/** Arranging the home screen, which changes behind it at once: its panels in their order, with the room each has. */
export function PanelsOverlay({
  columns,
  rows,
  selected,
  layout,
  glyphs,
}: {
  readonly columns: number
  readonly rows: number
  readonly selected: number
  readonly layout: LayoutChoice
  readonly glyphs: Glyphs
}) {
  const width = Math.min(64, columns - 6)
  const panels = choosablePanels(columns, rows, layout)
  const places = placesOf(layoutOf(columns, rows, undefined, layout))
  const { first, count } = listed(panels.length, selected, rows - 4)
  return (
    <Dialog
      columns={columns}
      rows={rows}
      width={width}
      height={count}
      title={`Panels of the home screen, as in ${layout.preset}`}
      keys={[
        { key: 'Space', name: 'hide' },
        { key: glyphs.ascii ? '[ ]' : '← →', name: 'move' },
        { key: '+ -', name: 'rows' },
        { key: 'p', name: 'layout' },
        { key: 'd', name: 'default' },
        { key: 'Esc', name: 'close' },
      ]}
      glyphs={glyphs}
    >
      {panels.slice(first, first + count).map((id, index) => {
        const here = first + index === selected
        const bg = here ? 'selected' : 'overlay'
        const place = places.get(id)
        const panel = panelOf(id)
        return (
          <Choice key={id} selected={here} columns={width} glyphs={glyphs}>
            <Ink token={place ? 'ok' : 'faint'} bg={bg}>{` ${place ? glyphs.acknowledged : glyphs.zero} `}</Ink>
            <Ink token="dim" bg={bg}>{`${panel?.key ?? ' '} `}</Ink>
            <Ink token={place ? 'bright' : 'text'} bg={bg} bold={here}>
              {(panel?.title ?? id).padEnd(NAME)}
            </Ink>
            <Ink token="dim" bg={bg}>
              {place
                ? `${String(place.rows).padStart(3)} rows  ${String(place.columns).padStart(3)} columns`
                : ' hidden'}
            </Ink>
          </Choice>
        )
      })}
    </Dialog>
  )
}
