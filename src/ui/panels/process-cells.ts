import { bytes, count, cpuTime, moment } from '../../lib/units.ts'
import type { ProcessRow } from '../../model/processes.ts'
import type { Look } from '../paint/look.ts'
import { quantity, type Segment, segment } from '../paint/segments.ts'
import { sparkline } from '../paint/sparkline.ts'
import { type Cell, zeroCell } from '../paint/table.ts'
import { style } from '../screen/style.ts'
import type { ProcessColumn } from './process-columns.ts'
import { historyValues } from './process-history.ts'

const DIM = style('dim')
const TEXT = style('text')
const NAME = style('bright', { bold: true })
const CPU = style('cpu')
const CPU_HIGH = style('cpu', { bold: true })
const MEMORY_MOST = style('mem', { bold: true })
const WAITS = style('disk')
/** From half a core on a process stands out. */
const HIGH = 0.5
const TIME_WIDTH = 9

/** What the cells of all rows share. */
export interface ProcessCellContext {
  /** Pid of the process with the most memory of all. */
  readonly largestPid: number | undefined
  readonly nowMs: number
}

/** Share of one core in percent with one decimal, `·` where that is nothing, empty where it is not known yet. */
function cpuCell(ratio: number | undefined, look: Look): Cell {
  if (ratio === undefined || Number.isNaN(ratio)) return []
  const value = ratio * 100
  if (value < 0.05) return zeroCell(look)
  return [segment(value.toFixed(value < 999.95 ? 1 : 0), ratio >= HIGH ? CPU_HIGH : TEXT)]
}

/** `6:12:40`; whole days where that is too long. */
function timeCell(seconds: number, look: Look): Cell {
  if (seconds < 1) return zeroCell(look)
  const text = cpuTime(seconds)
  return [segment(text.length <= TIME_WIDTH ? text : `${Math.floor(seconds / 86_400)} d`, TEXT)]
}

function stateStyle(state: string) {
  if (state === 'R') return CPU
  return state === 'D' ? WAITS : DIM
}

/**
 * The command as people look for it: the program's name bright, without its folder, its arguments dim. Kernel threads, which stand
 * in brackets, are all dim.
 */
export function commandSegments({ command, name, kernel }: ProcessRow): readonly Segment[] {
  const line = command.trim() === '' ? name : command
  if (kernel) return [segment(line, DIM)]
  const end = line.indexOf(' ')
  const program = end < 0 ? line : line.slice(0, end)
  const base = program.slice(program.lastIndexOf('/') + 1)
  const rest = end < 0 ? '' : line.slice(end)
  return [segment(base === '' ? program : base, NAME), segment(rest, DIM)]
}

/** One cell of the process table. */
export function processCell(id: ProcessColumn, row: ProcessRow, look: Look, context: ProcessCellContext): Cell {
  switch (id) {
    case 'pid':
      return [segment(String(row.pid), DIM)]
    case 'ppid':
      return row.ppid === 0 ? zeroCell(look) : [segment(String(row.ppid), DIM)]
    case 'user':
      return row.user === undefined ? [] : [segment(row.user, row.user === 'root' ? DIM : TEXT)]
    case 'cpu':
      return cpuCell(row.cpuRatio, look)
    case 'history': {
      const high = (row.cpuRatio ?? 0) >= HIGH
      return (surface, x, y, width) =>
        sparkline(surface, x, y, historyValues(row.history, width), 1, high ? 'cpu' : 'cpu2', look)
    }
    case 'memory':
      if (row.memoryBytes === 0) return zeroCell(look)
      return quantity(bytes(row.memoryBytes), row.pid === context.largestPid ? MEMORY_MOST : TEXT)
    case 'time':
      return timeCell(row.cpuSeconds, look)
    case 'threads':
      return [segment(count(row.threads), TEXT)]
    case 'nice':
      return row.nice === 0 ? zeroCell(look) : [segment(String(row.nice), TEXT)]
    case 'state':
      return [segment(row.state.slice(0, 1), stateStyle(row.state))]
    case 'started':
      return [segment(moment(row.startedMs, context.nowMs), DIM)]
    case 'command':
      return commandSegments(row)
  }
}
