import { usualService } from '../../../lib/ports.ts'
import type { Listener } from '../../../model/host.ts'
import { drawFitted } from '../../paint/fitted.ts'
import type { Look } from '../../paint/look.ts'
import { segment } from '../../paint/segments.ts'
import { type Cell, type Column, drawCells, drawSelection, layoutColumns } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import { type Service, socketText } from '../listening.ts'
import type { PanelView } from '../panel.ts'

const DIM = style('dim')
const TEXT = style('text')
const FAINT = style('faint')

type ProgramColumn = 'mark' | 'name' | 'protocol' | 'ports' | 'pid'

const COLUMNS: readonly Column<ProgramColumn>[] = [
  { id: 'mark', label: '', width: 1, priority: 90, gap: 1 },
  { id: 'name', label: 'NAME', width: 13, most: 22, priority: 100 },
  { id: 'protocol', label: 'TYPE', width: 3, priority: 20 },
  { id: 'ports', label: 'PORT', width: 14, flex: 18, priority: 80 },
  { id: 'pid', label: 'PID', width: 7, align: 'right', priority: 10 },
]

/** The program, or the port and what usually stands there when the holder may not be known. */
function nameCell({ process, sockets }: Service): Cell {
  if (process !== undefined) return [segment(process, TEXT)]
  const port = sockets[0]?.port ?? 0
  const usual = usualService(port)
  return [segment(`port ${port}`, TEXT), ...(usual === undefined ? [] : [segment(` ${usual}`, DIM)])]
}

/** As many sockets as fit whole; the rest is counted. An address that is too long is left out, its port never. */
function portsCell({ sockets }: Service, look: Look): Cell {
  return (surface, x, y, width) => {
    let used = 0
    for (const [index, socket] of sockets.entries()) {
      const text = index === 0 ? firstText(socket, width, look) : ` ${socketText(socket)}`
      const left = sockets.length - index - 1
      const more = left > 0 ? ` +${left}`.length : 0
      if (index > 0 && used + text.length + more > width) {
        const rest = ` +${left + 1}`
        if (used + rest.length <= width) surface.text(x + used, y, rest, DIM)
        return
      }
      used += surface.text(x + used, y, text, TEXT, width - used)
    }
  }
}

function firstText(socket: Listener, width: number, { glyphs }: Look): string {
  const text = socketText(socket)
  return text.length <= width ? text : `${glyphs.ellipsis}:${socket.port}`
}

function pidCell({ pid, holders }: Service): Cell {
  if (pid === undefined) return []
  return [segment(holders > 1 ? `${holders} pids` : String(pid), DIM)]
}

function programCell(id: ProgramColumn, service: Service, look: Look): Cell {
  switch (id) {
    case 'mark':
      // Nobody checks it: it is there, which is no verdict.
      return [segment(look.glyphs.zero, FAINT)]
    case 'name':
      return nameCell(service)
    case 'protocol':
      return [segment(service.protocol, DIM)]
    case 'ports':
      return portsCell(service, look)
    case 'pid':
      return pidCell(service)
  }
}

/** What listens here while nothing is checked: one row a program; below it, where there is room, `hint`. */
export function paintPrograms(
  surface: Surface,
  content: Surface,
  programs: readonly Service[],
  hint: string,
  look: Look,
  view: PanelView,
): void {
  const placed = layoutColumns(COLUMNS, content.columns)
  const shown = programs.slice(view.offset, view.offset + content.rows)
  for (const [y, service] of shown.entries()) {
    drawCells(content, y, placed, look, (id) => programCell(id, service, look))
    if (view.focused && view.offset + y === view.selected) drawSelection(surface, 1 + y, look)
  }
  if (shown.length < content.rows) drawFitted(content, 0, shown.length, [segment(hint, DIM)], content.columns, look)
}
