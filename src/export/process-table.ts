import { bytes, cpuTime, percent, type Quantity, rate } from '../lib/units.ts'
import type { ProcessAnswer, ProcessRow } from '../model/processes.ts'
import { type Column, textTable } from './text-table.ts'

type Cell = (row: ProcessRow) => string

const shown = (value: number | undefined, quantity: (value: number) => Quantity): string => {
  if (value === undefined) return ''
  const { figure, unit } = quantity(value)
  return `${figure} ${unit}`
}
const number = (value: number | undefined): string => (value === undefined ? '' : String(Math.round(value)))
const column = (heading: string, cell: Cell, align: 'left' | 'right' = 'right'): readonly [Column, Cell] => [
  { heading, align },
  cell,
]

/** Columns that nothing was read for have no value and are left out by `textTable`. */
const COLUMNS: readonly (readonly [Column, Cell])[] = [
  column('PID', (row) => String(row.pid)),
  column('USER', (row) => row.user ?? '', 'left'),
  column('CPU %', (row) => (row.cpuRatio === undefined ? '' : (row.cpuRatio * 100).toFixed(1))),
  column('MEM', (row) => shown(row.memoryBytes, bytes)),
  column('SHARED', (row) => shown(row.sharedBytes, bytes)),
  column('PSS', (row) => shown(row.proportionalBytes, bytes)),
  column('SWAP', (row) => shown(row.swapBytes, bytes)),
  column('READ', (row) => shown(row.readBytesPerSecond, rate)),
  column('WRITE', (row) => shown(row.writeBytesPerSecond, rate)),
  column('WAITS', (row) => shown(row.waitCpuRatio, percent)),
  column('WAITS IO', (row) => shown(row.waitIoRatio, percent)),
  column('FILES', (row) => number(row.files)),
  column('TIME', (row) => (Number.isNaN(row.cpuSeconds) ? '' : cpuTime(row.cpuSeconds))),
  column('S', (row) => row.state, 'left'),
  column('UNIT', (row) => row.unit ?? '', 'left'),
  column('CONTAINER', (row) => row.container ?? '', 'left'),
  column('COMMAND', (row) => row.command, 'left'),
]

/** The first rows of an answer as a plain table, at most `columns` wide. */
export function processTable({ rows }: ProcessAnswer, top: number, columns: number): string[] {
  const first = rows.slice(0, top)
  if (first.length === 0) return []
  return textTable(
    COLUMNS.map(([head]) => head),
    first.map((row) => COLUMNS.map(([, cell]) => cell(row))),
    columns,
  )
}
