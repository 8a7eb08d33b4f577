import { count } from '../../../lib/units.ts'
import type { SocketGroup } from '../../../model/watch.ts'
import type { Look } from '../../paint/look.ts'
import { type Segment, segment } from '../../paint/segments.ts'
import { type Cell, type Column, zeroCell } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel } from '../panel.ts'
import { absence, detailOf, partSentence, read, selectWatch, type WatchData } from './data.ts'

const DIM = style('dim')
const TEXT = style('text')
/** Bytes that wait: much is not taken, or not taken off. */
const WAITS = style('warn')
const WAITS_FROM = 65_536

type Id = 'protocol' | 'state' | 'local' | 'peer' | 'count' | 'unread' | 'unsent'
const COLUMNS: readonly Column<Id>[] = [
  { id: 'state', label: 'STATE', width: 8, priority: 6 },
  { id: 'protocol', label: 'KIND', width: 4, priority: 1 },
  { id: 'local', label: 'LOCAL', width: 15, most: 24, priority: 5 },
  { id: 'peer', label: 'PEER', width: 22, flex: 24, priority: 7 },
  { id: 'count', label: 'COUNT', width: 5, priority: 8, align: 'right' },
  { id: 'unread', label: 'UNREAD', width: 7, priority: 3, align: 'right' },
  { id: 'unsent', label: 'UNSENT', width: 7, priority: 4, align: 'right' },
]

function queueCell(waiting: number, look: Look): Cell {
  return waiting === 0 ? zeroCell(look) : [segment(count(waiting), waiting >= WAITS_FROM ? WAITS : TEXT)]
}

function cellOf(id: Id, group: SocketGroup, look: Look): Cell {
  switch (id) {
    case 'protocol':
      return [segment(group.protocol, DIM)]
    case 'state':
      return [segment(group.state, group.state === 'open' || group.state === 'listen' ? TEXT : DIM)]
    case 'local':
      return group.local === '' ? zeroCell(look) : [segment(group.local, TEXT)]
    case 'peer':
      if (group.peer === '' && group.peerProcess === undefined) return zeroCell(look)
      return [
        segment(group.peer, TEXT),
        segment(group.peerProcess === undefined ? '' : `${group.peer === '' ? '' : ' '}${group.peerProcess}`, DIM),
      ]
    case 'count':
      return [segment(count(group.count), TEXT)]
    case 'unread':
      return queueCell(group.receiveQueue, look)
    case 'unsent':
      return queueCell(group.sendQueue, look)
  }
}

/** `412 tcp  2 listen  0 udp`. */
function headline(groups: readonly SocketGroup[]): Segment[] {
  const sum = (wanted: (group: SocketGroup) => boolean) =>
    groups.filter(wanted).reduce((total, group) => total + group.count, 0)
  const parts: readonly (readonly [string, number])[] = [
    ['tcp', sum(({ protocol }) => protocol === 'tcp')],
    ['listen', sum(({ state }) => state === 'listen')],
    ['udp', sum(({ protocol }) => protocol === 'udp')],
    ['unix', sum(({ protocol }) => protocol === 'unix')],
  ]
  return parts
    .filter(([word, total]) => total > 0 || word === 'tcp' || word === 'listen')
    .flatMap(([word, total], index) => [
      segment(`${index > 0 ? '  ' : ''}${count(total)}`, TEXT),
      segment(` ${word}`, DIM),
    ])
}

function rowsOf(data: WatchData): readonly SocketGroup[] {
  return read(detailOf(data)?.sockets) ?? []
}

/** Its sockets, those of the same state, port and peer in one row, and who is at the other end. */
export const watchSockets: Panel<WatchData> = {
  id: 'watch-sockets',
  key: '6',
  title: 'Sockets',
  sources: [],
  list: true,
  select: selectWatch,
  paint(surface, data, look, view) {
    const rows = rowsOf(data)
    const sentence = absence(data, look.glyphs) ?? partSentence(detailOf(data)?.sockets, look.glyphs)
    paintList(
      surface,
      {
        key: watchSockets.key,
        title: watchSockets.title,
        headlines: sentence === undefined ? [headline(rows)] : [],
        columns: COLUMNS,
        rows,
        cell: (id, group) => cellOf(id, group, look),
        sentence: sentence ?? (rows.length === 0 ? 'it has no sockets' : undefined),
      },
      look,
      view,
    )
  },
  rows: (data, surface, look) => listRows(rowsOf(data).length, surface, look),
}
