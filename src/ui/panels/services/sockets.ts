import { usualService } from '../../../lib/ports.ts'
import type { Listener } from '../../../model/host.ts'
import type { Look } from '../../paint/look.ts'
import { segment } from '../../paint/segments.ts'
import { type Cell, type Column, drawCells, drawLabels, drawSelection, layoutColumns } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import { byReach, isOpenToAll } from '../listening.ts'
import type { PanelView } from '../panel.ts'
import type { CoveredBy } from './covered.ts'

const DIM = style('dim')
const TEXT = style('text')

type SocketColumn = 'protocol' | 'address' | 'port' | 'usual' | 'pid' | 'process' | 'check'

const COLUMNS: readonly Column<SocketColumn>[] = [
  { id: 'protocol', label: 'TYPE', width: 4, priority: 30 },
  { id: 'address', label: 'ADDRESS', width: 16, most: 39, priority: 50 },
  { id: 'port', label: 'PORT', width: 5, align: 'right', priority: 100 },
  { id: 'usual', label: 'USUALLY', width: 13, priority: 10 },
  { id: 'pid', label: 'PID', width: 7, align: 'right', priority: 40 },
  { id: 'process', label: 'PROCESS', width: 15, flex: 15, priority: 90 },
  { id: 'check', label: 'CHECKED AS', width: 12, most: 24, priority: 60 },
]

/** Every socket in the order of the list of programs. */
export function socketRows(listeners: readonly Listener[]): readonly Listener[] {
  return [...listeners].sort(byReach)
}

function socketCell(id: SocketColumn, socket: Listener, coveredBy: CoveredBy): Cell {
  switch (id) {
    case 'protocol':
      return [segment(socket.protocol, DIM)]
    case 'address':
      return isOpenToAll(socket)
        ? [segment('all', TEXT), segment(socket.address.includes(':') ? ' IPv6' : ' IPv4', DIM)]
        : [segment(socket.address, TEXT)]
    case 'port':
      return [segment(String(socket.port), TEXT)]
    case 'usual':
      return [segment(usualService(socket.port) ?? '', DIM)]
    case 'pid':
      return socket.pid === undefined ? [] : [segment(String(socket.pid), DIM)]
    case 'process':
      return socket.process === undefined ? [] : [segment(socket.process, TEXT)]
    case 'check': {
      const check = coveredBy(socket)
      return check === undefined ? [segment('not checked', DIM)] : [segment(check.definition.name, TEXT)]
    }
  }
}

/** The full view of the sockets: one row a socket under a heading row, with the check that asks it. */
export function paintSockets(
  surface: Surface,
  content: Surface,
  sockets: readonly Listener[],
  coveredBy: CoveredBy,
  look: Look,
  view: PanelView,
): void {
  const placed = layoutColumns(COLUMNS, content.columns)
  drawLabels(content, 0, placed, look)
  for (const [index, socket] of sockets.slice(view.offset, view.offset + Math.max(0, content.rows - 1)).entries()) {
    drawCells(content, 1 + index, placed, look, (id) => socketCell(id, socket, coveredBy))
    if (view.focused && view.offset + index === view.selected) drawSelection(surface, 2 + index, look)
  }
}
