import { bytes, count, cpuTime, moment, percent, rate } from '../../lib/units.ts'
import type { ProcessField, ProcessRow } from '../../model/processes.ts'
import type { Look } from '../paint/look.ts'
import { quantity, type Segment, segment } from '../paint/segments.ts'
import { sparkline } from '../paint/sparkline.ts'
import { type Cell, zeroCell } from '../paint/table.ts'
import { style } from '../screen/style.ts'
import { historyValues } from './process-history.ts'
import { treeSegments } from './process-tree.ts'

const DIM = style('dim')
const TEXT = style('text')
const FAINT = style('faint')
const NAME = style('bright', { bold: true })
const NEW = style('ok', { bold: true })
const CPU = style('cpu')
const CPU_HIGH = style('cpu', { bold: true })
const MEMORY_MOST = style('mem', { bold: true })
const WRITE_MOST = style('disk', { bold: true })
const WAITS = style('disk')
/** What stays true of those that have ended: who they were. What they used is over. */
const OF_THE_ENDED: ReadonlySet<ProcessField> = new Set<ProcessField>([
  ...(['pid', 'ppid', 'user', 'time', 'time_user', 'time_system', 'started'] as const),
  ...(['unit', 'container', 'cgroup', 'name', 'command'] as const),
])
const ZOMBIE = style('warn', { bold: true })
/** From half a core on a process stands out. */
const HIGH = 0.5
/** From this share of its time on, waiting stands out. */
const WAITS_MUCH = 0.1
const TIME_WIDTH = 9

/** What the cells of all rows share. */
export interface ProcessCellContext {
  /** Pid of the process with the most memory of all. */
  readonly largestPid: number | undefined
  /** The row that writes most of those shown. */
  readonly writer?: ProcessRow | undefined
  readonly nowMs: number
}

/** Share of one core in percent with one decimal, `·` where that is nothing, empty where it is not known yet. */
function cpuCell(ratio: number | undefined, look: Look, plain = false): Cell {
  if (ratio === undefined || Number.isNaN(ratio)) return []
  const value = ratio * 100
  if (value < 0.05) return zeroCell(look)
  return [segment(value.toFixed(value < 999.95 ? 1 : 0), !plain && ratio >= HIGH ? CPU_HIGH : TEXT)]
}

function waitCell(ratio: number | undefined, look: Look): Cell {
  if (ratio === undefined) return []
  if (ratio < 0.0005) return zeroCell(look)
  return quantity(percent(ratio), ratio >= WAITS_MUCH ? WAITS : TEXT)
}

/** `6:12:40`; whole days where that is too long. */
function timeCell(seconds: number | undefined, look: Look): Cell {
  if (seconds === undefined || Number.isNaN(seconds)) return []
  if (seconds < 1) return zeroCell(look)
  const text = cpuTime(seconds)
  return [segment(text.length <= TIME_WIDTH ? text : `${Math.floor(seconds / 86_400)} d`, TEXT)]
}

function bytesCell(value: number | undefined, look: Look, packed = TEXT): Cell {
  if (value === undefined) return []
  return value === 0 ? zeroCell(look) : quantity(bytes(value), packed)
}

function rateCell(value: number | undefined, look: Look, packed = TEXT): Cell {
  if (value === undefined) return []
  return value < 50 ? zeroCell(look) : quantity(rate(value, true), packed)
}

function countCell(value: number | undefined, look: Look): Cell {
  if (value === undefined || Number.isNaN(value)) return []
  return value < 0.5 ? zeroCell(look) : [segment(count(value), TEXT)]
}

function textCell(text: string | undefined, packed = TEXT): Cell {
  return text === undefined ? [] : [segment(text, packed)]
}

function stateStyle(state: string) {
  if (state === 'R') return CPU
  if (state === 'Z') return ZOMBIE
  return state === 'D' ? WAITS : DIM
}

/**
 * The command as people look for it: the program's name bright, without its folder, its arguments dim. Kernel threads, which stand
 * in brackets, and what has ended are all dim.
 */
export function commandSegments({
  kind,
  command,
  name,
  kernel,
  mark,
  state,
  count: members,
}: ProcessRow): readonly Segment[] {
  if (kind === 'group' && members === 0) return [segment(`${name}  ended`, FAINT)]
  if (kind === 'group')
    return [segment(name, NAME), segment(` ${members ?? 0} ${members === 1 ? 'process' : 'processes'}`, DIM)]
  const line = command.trim() === '' ? name : command
  if (mark === 'ended') return [segment(`${line}  ended`, FAINT)]
  if (kernel) return [segment(line, DIM)]
  if (state === 'Z') return [segment(name, DIM), segment('  ended, its parent has not noticed', DIM)]
  if (kind === 'thread') return [segment(name, TEXT)]
  const end = line.indexOf(' ')
  const program = end < 0 ? line : line.slice(0, end)
  const base = program.slice(program.lastIndexOf('/') + 1)
  const rest = end < 0 ? '' : line.slice(end)
  return [segment(base === '' ? program : base, mark === 'new' ? NEW : NAME), segment(rest, DIM)]
}

/** One cell of the process table. Of those that have ended only who they were is left, all of it faint. */
export function processCell(id: ProcessField, row: ProcessRow, look: Look, context: ProcessCellContext): Cell {
  if (row.mark !== 'ended' && row.count !== 0) return livingCell(id, row, look, context)
  // A group has no more to tell of itself than its name.
  if (!OF_THE_ENDED.has(id) || (row.kind === 'group' && id !== 'command')) return []
  const cell = livingCell(id, row, look, context)
  return id === 'command' || typeof cell === 'function' ? cell : cell.map(({ text }) => segment(text, FAINT))
}

function livingCell(id: ProcessField, row: ProcessRow, look: Look, context: ProcessCellContext): Cell {
  switch (id) {
    case 'pid':
      return row.kind === 'group' ? [] : [segment(String(row.pid), DIM)]
    case 'ppid':
      return row.ppid === 0 ? zeroCell(look) : [segment(String(row.ppid), DIM)]
    case 'user':
      return textCell(row.user, row.user === 'root' ? DIM : TEXT)
    case 'priority':
      return row.priority === undefined ? [] : [segment(String(row.priority), TEXT)]
    case 'nice':
      if (Number.isNaN(row.nice)) return []
      return row.nice === 0 ? zeroCell(look) : [segment(String(row.nice), TEXT)]
    case 'io_class':
      return textCell(row.ioClass)
    case 'state':
      return [segment(row.state.slice(0, 1), stateStyle(row.state))]
    case 'threads':
      return countCell(row.threads, look)
    case 'cpu':
      return cpuCell(row.cpuRatio, look)
    case 'history': {
      const high = (row.cpuRatio ?? 0) >= HIGH
      return (surface, x, y, width) =>
        sparkline(surface, x, y, historyValues(row.history, width), 1, high ? 'cpu' : 'cpu2', look)
    }
    case 'cpu_user':
      return cpuCell(row.cpuUserRatio, look, true)
    case 'cpu_system':
      return cpuCell(row.cpuSystemRatio, look, true)
    case 'wait_cpu':
      return waitCell(row.waitCpuRatio, look)
    case 'wait_io':
      return waitCell(row.waitIoRatio, look)
    case 'memory':
      return bytesCell(
        row.memoryBytes,
        look,
        row.kind === 'process' && row.pid === context.largestPid ? MEMORY_MOST : TEXT,
      )
    case 'shared':
      return bytesCell(row.sharedBytes, look)
    case 'proportional':
      return bytesCell(row.proportionalBytes, look)
    case 'swap':
      return bytesCell(row.swapBytes, look)
    case 'faults':
      return countCell(row.faultsPerSecond, look)
    case 'major_faults':
      return countCell(row.majorFaultsPerSecond, look)
    case 'read':
      return rateCell(row.readBytesPerSecond, look)
    case 'write':
      return rateCell(row.writeBytesPerSecond, look, row === context.writer ? WRITE_MOST : TEXT)
    case 'files':
      return countCell(row.files, look)
    case 'time':
      return timeCell(row.cpuSeconds, look)
    case 'time_user':
      return timeCell(row.userSeconds, look)
    case 'time_system':
      return timeCell(row.systemSeconds, look)
    case 'started':
      return [segment(moment(row.startedMs, context.nowMs), DIM)]
    case 'unit':
      return textCell(row.unit)
    case 'container':
      return textCell(row.container)
    case 'cgroup':
      return textCell(row.cgroup, DIM)
    case 'name':
      return textCell(row.name)
    case 'command':
      return [...treeSegments(row, look), ...commandSegments(row)]
  }
}
