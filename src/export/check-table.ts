import { safeText, textWidth, truncate } from '../lib/text.ts'
import { latency } from '../lib/units.ts'
import type { CheckState, CheckStatus } from '../model/check.ts'
import { longReason } from '../model/check-words.ts'
import { countsText, lastLatency, shownWord, worstFirst } from './check-summary.ts'
import { textTable } from './text-table.ts'

export interface CheckTableOptions {
  /** Terminal columns; longer lines are cut. */
  readonly columns: number
  /** Unix milliseconds: what a certificate's end is told against. */
  readonly wallMs: number
  /** Symbols of ASCII only. */
  readonly ascii?: boolean
}

const DAY_MS = 86_400_000
/** Longer names and targets are cut even where there is room. */
const LONGEST = 120
/** A longer reason may be cut to this; with less room it stands on a line of its own. */
const LEAST_REASON = 60
const LEAST_TARGET = 16
const INDENT = '    '

const SYMBOLS: Readonly<Record<CheckState, readonly [string, string]>> = {
  up: ['●', '*'],
  degraded: ['▲', '!'],
  down: ['✖', 'X'],
  unknown: ['◌', '?'],
}

/** What `check` prints for people and pipes: no colours, no escape codes. Ends with a newline. */
export function checkReport(checks: readonly CheckStatus[], options: CheckTableOptions): string {
  const lines = [...checkTable(checks, options), '', countsText(checks) || 'nothing to check']
  return `${(checks.length === 0 ? lines.slice(-1) : lines).map((line) => truncate(line, options.columns)).join('\n')}\n`
}

/** Checks as aligned lines under their headings, trouble first. Reasons that have no room beside their row stand below it. */
export function checkTable(
  checks: readonly CheckStatus[],
  { columns, wallMs, ascii = false }: CheckTableOptions,
): string[] {
  if (checks.length === 0) return []
  const sorted = worstFirst(checks)
  const reasons = sorted.map((status) => safeText(longReason(status), 1000))
  const rows = sorted.map((status) => rowOf(status, wallMs, ascii))
  const right = 'right' as const
  const heads = [
    { heading: 'STATE' },
    { heading: 'NAME' },
    { heading: 'TYPE' },
    { heading: 'LATENCY', align: right },
    { heading: 'CERT', align: right },
    { heading: 'TARGET' },
  ]
  // Measured with the whole target, and without it for what is left to a shorter one.
  const whole = widthOf(textTable(heads, rows, Number.POSITIVE_INFINITY))
  const widest = Math.max(0, ...rows.map((row) => textWidth(row[5] as string)))
  const wanted = Math.min(LEAST_REASON, Math.max(0, ...reasons.map(textWidth)))
  const over = whole + (wanted === 0 ? 0 : wanted + 2) - columns
  const target = over > 0 ? Math.max(LEAST_TARGET, widest - over) : widest
  const cut = rows.map((row) => [...row.slice(0, 5), truncate(row[5] as string, target)])
  const room = columns - widthOf(textTable(heads, cut, Number.POSITIVE_INFINITY)) - 2
  if (room >= wanted) {
    return textTable(
      [...heads, { heading: 'REASON' }],
      cut.map((row, index) => [...row, reasons[index] as string]),
      columns,
    )
  }
  const lines = textTable(heads, over > 0 ? rows : cut, columns)
  return lines.flatMap((line, index) => {
    const reason = reasons[index - 1]
    return reason === undefined || reason === '' ? [line] : [line, truncate(`${INDENT}${reason}`, columns)]
  })
}

function rowOf(status: CheckStatus, wallMs: number, ascii: boolean): string[] {
  const { definition, state, flapping, last } = status
  const name = safeText(definition.name, LONGEST)
  const target = safeText(definition.target, LONGEST)
  const took = lastLatency(status)
  const leaf = last?.outcome.certificate?.certificates[0]
  return [
    `${SYMBOLS[flapping && state === 'up' ? 'degraded' : state][ascii ? 1 : 0]} ${shownWord(status)}`,
    name,
    definition.type,
    took === undefined ? '' : `${latency(took).figure} ${latency(took).unit}`,
    leaf === undefined ? '' : `${Math.floor((leaf.untilMs - wallMs) / DAY_MS)} d`,
    // A check that was given as a target is named after it.
    target === name ? '' : target,
  ]
}

function widthOf(lines: readonly string[]): number {
  return Math.max(0, ...lines.map(textWidth))
}
