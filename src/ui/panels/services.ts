import type { Frame } from '../../model/frame.ts'
import type { Listener } from '../../model/host.ts'
import { drawFitted } from '../paint/fitted.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { type Cell, type Column, drawCells, drawSelection, layoutColumns } from '../paint/table.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { type Service, servicesOf, socketText } from './listening.ts'
import type { Panel, PanelView } from './panel.ts'
import { usualService } from './ports.ts'
import { paintSockets, socketRows } from './services-full.ts'
import { silenceHeadline, silenceOf } from './silence.ts'

const DIM = style('dim')
const TEXT = style('text')
const FAINT = style('faint')

export interface ServicesData {
  readonly listeners: readonly Listener[] | undefined
  /** Why they may be old. */
  readonly silence: string | undefined
}

type ServiceColumn = 'mark' | 'name' | 'protocol' | 'ports' | 'pid'

const COLUMNS: readonly Column<ServiceColumn>[] = [
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

function serviceCell(id: ServiceColumn, service: Service, look: Look): Cell {
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

function headlines(
  { listeners, silence }: ServicesData,
  look: Look,
  total: number,
  word: string,
): (readonly Segment[])[] {
  if (listeners === undefined) return []
  if (silence !== undefined) return [silenceHeadline(silence, look.glyphs)]
  const listen = [segment(String(total), TEXT), segment(` ${word}`, DIM)]
  return total === 0 ? [] : [[...listen, segment('  not checked', DIM)], listen]
}

function paint(surface: Surface, data: ServicesData, look: Look, view: PanelView): void {
  surface.clear()
  const rows = view.full ? socketRows(data.listeners ?? []) : servicesOf(data.listeners ?? [])
  const { content } = drawFrame(surface, look, {
    key: services.key,
    title: services.title,
    focused: view.focused,
    headlines: headlines(data, look, rows.length, view.full ? (rows.length === 1 ? 'socket' : 'sockets') : 'listen'),
  })
  if (rows.length === 0) {
    const sentence = data.listeners ? 'nothing listens on this machine' : (data.silence ?? look.glyphs.loading)
    drawFitted(content, 0, 0, [segment(sentence, DIM)], content.columns, look)
    return
  }
  if (view.full) {
    paintSockets(surface, content, socketRows(data.listeners ?? []), look, view)
    return
  }
  const placed = layoutColumns(COLUMNS, content.columns)
  const shown = servicesOf(data.listeners ?? []).slice(view.offset, view.offset + content.rows)
  for (const [y, service] of shown.entries()) {
    drawCells(content, y, placed, look, (id) => serviceCell(id, service, look))
    if (view.focused && view.offset + y === view.selected) drawSelection(surface, 1 + y, look)
  }
}

/** What listens on this machine, found by looking; one row a program, in the full view one a socket. */
export const services: Panel<ServicesData> = {
  id: 'services',
  key: '5',
  title: 'Services',
  sources: ['listeners'],
  list: true,
  select: (frame: Frame) => ({
    listeners: frame.listeners,
    // Sockets are looked for when something changed, so only a failure makes the list doubtful, never its age.
    silence: silenceOf(frame, 'listeners', undefined),
  }),
  paint,
  listTop: (_, view) => (view.full ? 2 : 1),
  rows: ({ listeners }, surface, look, view) => ({
    total: view.full ? (listeners?.length ?? 0) : servicesOf(listeners ?? []).length,
    visible: Math.max(0, surface.rows - (look.boxed ? 2 : 1) - (view.full ? 1 : 0)),
  }),
}
