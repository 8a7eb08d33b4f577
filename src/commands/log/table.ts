import { safeText, textWidth, truncate } from '../../lib/text.ts'
import { clockTime, dayOfMonth } from '../../lib/units.ts'
import type { LogEvent } from '../../model/event.ts'
import type { LogRow } from './rows.ts'

export interface LogTableOptions {
  readonly columns: number
  /** What is longer than these columns is cut: on a terminal, not for a program that reads the lines. */
  readonly cut: boolean
  /** Times have their day as well. */
  readonly days: boolean
  readonly ascii: boolean
  readonly colour: boolean
}

const SYMBOLS: Readonly<Record<LogEvent['level'], readonly [string, string]>> = {
  critical: ['✖', 'X'],
  warning: ['▲', '!'],
  ok: ['●', '*'],
  unknown: ['◌', '?'],
  event: ['▸', '-'],
}
/** SGR parameters: the sixteen colours, which every terminal has as its owner likes them. */
const SGR: Readonly<Record<LogEvent['level'], string>> = {
  critical: '31',
  warning: '33',
  ok: '32',
  unknown: '35',
  event: '90',
}
const SUBJECT_SGR = '1'
const QUIET_SGR = '90'
const GAP = 2
/** `17 Nov`. */
const DAY = 6
/** Of a line, and of what is left behind the subject. Lines come one by one: no column can be as wide as its widest cell. */
const SUBJECT_SHARE = 0.2
const TEXT_SHARE = 0.55
const LEAST_SUBJECT = 10
const MOST_SUBJECT = 28

/** A row as a line of its own, without its newline: when, how bad, what, what happened to it, why, and where there is room by which rule. */
export function tableLine({ wallMs, level, subject, text, cause, rule }: LogRow, options: LogTableOptions): string {
  const { columns, cut, days, ascii, colour } = options
  const mark = ascii ? '...' : '…'
  const time = days ? `${dayOfMonth(wallMs).padStart(DAY)} ${clockTime(wallMs)}` : clockTime(wallMs)
  const subjectWidth = Math.max(LEAST_SUBJECT, Math.min(MOST_SUBJECT, Math.round(columns * SUBJECT_SHARE)))
  const room = Math.max(mark.length, columns - time.length - GAP - 2 - subjectWidth - GAP)
  const side = cut ? fitted : sideBySide
  const said = side(shown(text, ascii), shown(cause, ascii), room, mark)
  const painted = (part: string, sgr: string) => (colour && part !== '' ? `\x1b[${sgr}m${part}\x1b[0m` : part)
  const whole = shown(subject, ascii)
  const name = cut ? truncate(whole, subjectWidth, mark) : whole
  const pad = said.text === '' && said.cause === '' ? 0 : Math.max(0, subjectWidth - textWidth(name)) + GAP
  const by = rule === undefined ? '' : `[${shown(rule, ascii)}]`
  const wide = time.length + GAP + 2 + textWidth(name) + pad + textWidth(said.text) + textWidth(said.cause)
  const fits = by !== '' && (!cut || wide + GAP + textWidth(by) <= columns)
  return [
    painted(time, QUIET_SGR),
    ' '.repeat(GAP),
    painted(SYMBOLS[level][ascii ? 1 : 0], SGR[level]),
    ' ',
    painted(name, SUBJECT_SGR),
    ' '.repeat(pad),
    said.text,
    painted(said.cause, QUIET_SGR),
    ...(fits ? [' '.repeat(GAP), painted(by, QUIET_SGR)] : []),
  ].join('')
}

/** The log is a file that anybody may have edited, and must not drive the terminal. */
function shown(text: string, ascii: boolean): string {
  const safe = safeText(text)
  return ascii ? safe.replace(/[^\x20-\x7e]/g, '?') : safe
}

/**
 * A text and its cause side by side in so many columns. The cause stands in its column, unless one of the two needs more than its own and the
 * other can spare it.
 */
function fitted(text: string, cause: string, room: number, mark: string): { text: string; cause: string } {
  if (cause === '') return { text: truncate(text, room, mark), cause }
  const column = Math.round(room * TEXT_SHARE)
  const free = room - GAP - textWidth(cause)
  const short = truncate(text, Math.max(column, free), mark)
  const width = Math.max(textWidth(short), Math.min(column, free))
  const left = room - GAP - width
  return left <= mark.length
    ? { text: short, cause: '' }
    : { text: short + ' '.repeat(width - textWidth(short) + GAP), cause: truncate(cause, left, mark) }
}

/** The same, and whole. */
function sideBySide(text: string, cause: string, room: number): { text: string; cause: string } {
  if (cause === '') return { text, cause }
  const width = Math.max(textWidth(text), Math.min(Math.round(room * TEXT_SHARE), room - GAP - textWidth(cause)))
  return { text: text + ' '.repeat(width - textWidth(text) + GAP), cause }
}
