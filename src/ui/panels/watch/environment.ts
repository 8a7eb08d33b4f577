import { count } from '../../../lib/units.ts'
import type { EnvironmentVariable } from '../../../model/watch.ts'
import type { Look } from '../../paint/look.ts'
import { segment } from '../../paint/segments.ts'
import type { Cell, Column } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel } from '../panel.ts'
import { absence, detailOf, partSentence, read, selectWatch, type WatchData } from './data.ts'

const DIM = style('dim')
const TEXT = style('text')
const SECRET = style('warn')

type Id = 'name' | 'value'
const COLUMNS: readonly Column<Id>[] = [
  { id: 'name', label: 'NAME', width: 12, most: 32, priority: 2 },
  { id: 'value', label: 'VALUE', width: 16, flex: 30, priority: 1 },
]

/** The same for every secret, so that its length is none. */
function masked({ glyphs }: Look): string {
  return glyphs.ascii ? '****' : '••••'
}

function rowsOf(data: WatchData): readonly EnvironmentVariable[] {
  return read(detailOf(data)?.environment) ?? []
}

/** The environment it was started with. Values whose names sound like secrets are masked until somebody asks for them. */
export const watchEnvironment: Panel<WatchData> = {
  id: 'watch-environment',
  key: '',
  title: 'Environment',
  sources: [],
  list: true,
  select: selectWatch,
  paint(surface, data, look, view) {
    const rows = rowsOf(data)
    const unmasked = view.watch?.unmasked === true
    const secrets = rows.filter(({ secret }) => secret).length
    const cellOf = (id: Id, { name, value, secret }: EnvironmentVariable): Cell => {
      if (id === 'name') return [segment(name, DIM)]
      if (!secret) return [segment(value, TEXT)]
      return unmasked ? [segment(value, SECRET)] : [segment(masked(look), DIM)]
    }
    const part = detailOf(data)?.environment
    paintList(
      surface,
      {
        key: watchEnvironment.key,
        title: watchEnvironment.title,
        note: [segment('as it was started with', DIM)],
        headlines:
          rows.length === 0
            ? []
            : [
                [
                  segment(count(rows.length), TEXT),
                  segment(' variables', DIM),
                  ...(secrets === 0
                    ? []
                    : [segment(`  ${secrets}`, TEXT), segment(unmasked ? ' secret, shown' : ' secret, masked', DIM)]),
                ],
              ],
        columns: COLUMNS,
        rows,
        cell: cellOf,
        sentence:
          absence(data, look.glyphs) ??
          partSentence(part, look.glyphs) ??
          (rows.length === 0 ? 'its environment is empty' : undefined),
      },
      look,
      view,
    )
  },
  rows: (data, surface, look) => listRows(rowsOf(data).length, surface, look),
}
