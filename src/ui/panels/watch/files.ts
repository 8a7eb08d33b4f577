import { bytes, count, rate } from '../../../lib/units.ts'
import type { FilesDetail, OpenFile } from '../../../model/watch.ts'
import type { Look } from '../../paint/look.ts'
import { quantity, type Segment, segment } from '../../paint/segments.ts'
import { type Cell, type Column, zeroCell } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel, PanelView } from '../panel.ts'
import { absence, detailOf, partSentence, read, selectWatch, type WatchData } from './data.ts'

const DIM = style('dim')
const TEXT = style('text')
const WARN = style('warn')
const WRITES = style('disk', { bold: true })
/** Bytes a second from which on a file is written much. */
const WRITES_MUCH = 100_000
const KINDS = [
  ['socket', 'sockets'],
  ['pipe', 'pipes'],
  ['folder', 'folders'],
  ['device', 'devices'],
  ['event', 'events'],
  ['other', 'others'],
] as const

type Id = 'fd' | 'mode' | 'kind' | 'size' | 'write' | 'path'
const COLUMNS: readonly Column<Id>[] = [
  { id: 'fd', label: 'FD', width: 4, priority: 5, align: 'right' },
  { id: 'mode', label: 'MODE', width: 5, priority: 4 },
  { id: 'kind', label: 'KIND', width: 6, priority: 1 },
  { id: 'size', label: 'SIZE', width: 8, priority: 3, align: 'right' },
  { id: 'write', label: 'WRITE/S', width: 8, priority: 2, align: 'right' },
  { id: 'path', label: 'PATH', width: 30, flex: 36, priority: 6 },
]

/** Kilobytes too: files are often small. */
function sizeCell(size: number | undefined, look: Look): Cell {
  if (size === undefined || size === 0) return zeroCell(look)
  if (size < 1024) return [segment(String(size), TEXT), segment(' B', DIM)]
  if (size < 0.95 * 1024 ** 2) return [segment((size / 1024).toFixed(0), TEXT), segment(' KiB', DIM)]
  return quantity(bytes(size))
}

function cellOf(id: Id, file: OpenFile, look: Look): Cell {
  switch (id) {
    case 'fd':
      return [segment(String(file.fd), DIM)]
    case 'mode':
      return [segment(file.mode, file.mode === 'read' ? DIM : TEXT)]
    case 'kind':
      return [segment(file.kind, DIM)]
    case 'size':
      return sizeCell(file.sizeBytes, look)
    case 'write': {
      const written = file.writeBytesPerSecond ?? 0
      return written < 50 ? zeroCell(look) : quantity(rate(written, true), written >= WRITES_MUCH ? WRITES : TEXT)
    }
    case 'path':
      return file.deleted ? [segment(`${file.path}  deleted`, WARN)] : [segment(file.path, TEXT)]
  }
}

/** `1 204 open  790 files  784 deleted`; in full every kind. */
function headlines(files: FilesDetail): (readonly Segment[])[] {
  const part = (total: number, word: string, tone = TEXT) => [
    segment(`  ${count(total)}`, tone),
    segment(` ${word}`, DIM),
  ]
  const base = [segment(count(files.open), TEXT), segment(' open', DIM), ...part(files.kinds.file ?? 0, 'files')]
  const deleted = files.deleted > 0 ? part(files.deleted, 'deleted', WARN) : []
  const others = KINDS.flatMap(([kind, words]) => {
    const total = files.kinds[kind] ?? 0
    return total === 0 ? [] : part(total, total === 1 ? kind : words)
  })
  return [[...base, ...others, ...deleted], [...base, ...deleted], base]
}

function rowsOf(data: WatchData): readonly OpenFile[] {
  return read(detailOf(data)?.files)?.list ?? []
}

/** What it has open: files first, the ones that were deleted meanwhile, and how fast it writes them. */
export const watchFiles: Panel<WatchData> = {
  id: 'watch-files',
  key: '8',
  title: 'Open files',
  sources: [],
  list: true,
  select: selectWatch,
  paint(surface, data, look, view: PanelView) {
    const part = detailOf(data)?.files
    const files = read(part)
    const sentence = absence(data, look.glyphs) ?? partSentence(part, look.glyphs)
    paintList(
      surface,
      {
        key: watchFiles.key,
        title: watchFiles.title,
        headlines: sentence === undefined && files !== undefined ? headlines(files) : [],
        columns: COLUMNS,
        rows: rowsOf(data),
        cell: (id, file) => cellOf(id, file, look),
        sentence: sentence ?? (files?.list.length === 0 ? 'it has nothing open' : undefined),
      },
      look,
      view,
    )
  },
  rows: (data, surface, look) => listRows(rowsOf(data).length, surface, look),
}
