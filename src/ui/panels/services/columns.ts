import { type Column, layoutColumns, type Placed } from '../../paint/table.ts'

/** What is shown of a check in a list. */
export type CheckColumn =
  | 'mark'
  | 'name'
  | 'state'
  | 'type'
  | 'latency'
  | 'last'
  | 'p50'
  | 'p95'
  | 'hour'
  | 'day'
  | 'week'
  | 'certificate'
  | 'since'
  | 'next'
  | 'target'
  | 'group'
  | 'labels'
  | 'from'
  | 'why'

/** From here on there is room for a heading row and sentences. */
const WIDE_FROM = 100
/** Columns of most reasons as a sentence, of nearly all of them, and of the short form. */
const SENTENCE = 34
const WHOLE_SENTENCE = 43
const PHRASE = 22
/** Columns of the reason below 60, where a phrase would have none. */
const WORDS = 18
/** From here on there is room for a phrase beside name and state. */
const PHRASE_FROM = 60
/** From here on a full view gives up the type for sentences that are whole. */
const WHOLE_FROM = 112

/** Below boxes: type, availability and certificate days have no room, and the reason stands at the left of its column. */
const OPEN: readonly Column<CheckColumn>[] = [
  { id: 'mark', label: '', width: 1, priority: 100, gap: 1 },
  { id: 'name', label: '', width: 12, most: 16, priority: 101, gap: 1 },
  { id: 'latency', label: '', width: 7, align: 'right', priority: 60, gap: 1 },
  { id: 'last', label: '', width: 8, most: 14, priority: 50 },
  { id: 'why', label: '', width: 12, flex: 12, priority: 90 },
]

const BOXED: readonly Column<CheckColumn>[] = [
  { id: 'mark', label: '', width: 1, priority: 100, gap: 1 },
  { id: 'name', label: '', width: 12, most: 20, priority: 101, gap: 1 },
  { id: 'type', label: '', width: 8, priority: 10 },
  { id: 'latency', label: '', width: 7, align: 'right', priority: 60, gap: 1 },
  { id: 'last', label: '', width: 8, most: 12, priority: 50, gap: 1 },
  { id: 'day', label: '', width: 7, align: 'right', priority: 20 },
  { id: 'certificate', label: '', width: 4, align: 'right', priority: 30 },
  { id: 'why', label: '', width: 11, flex: 11, priority: 90 },
]

const WIDE: readonly Column<CheckColumn>[] = [
  { id: 'mark', label: '', width: 1, priority: 100 },
  { id: 'name', label: 'NAME', width: 12, most: 24, priority: 101 },
  { id: 'type', label: 'TYPE', width: 9, priority: 10 },
  { id: 'latency', label: 'NOW', width: 7, align: 'right', priority: 60 },
  { id: 'last', label: 'LAST 16', width: 16, priority: 50 },
  { id: 'day', label: 'UP 24 H', width: 7, align: 'right', priority: 20 },
  { id: 'certificate', label: 'CERT', width: 4, align: 'right', priority: 30 },
  { id: 'since', label: 'SINCE', width: 8, align: 'right', priority: 80 },
  { id: 'why', label: 'WHY', width: 24, flex: SENTENCE, priority: 90 },
]

/** What a full view has beside that, as far as there is room. */
const FULL = (why: number, name: number): readonly Column<CheckColumn>[] => [
  { id: 'mark', label: '', width: 1, priority: 100, gap: 1 },
  { id: 'name', label: 'NAME', width: name, most: 28, priority: 101 },
  { id: 'state', label: 'STATE', width: 20, priority: 95, gap: 1 },
  { id: 'type', label: 'TYPE', width: 9, priority: 30 },
  { id: 'latency', label: 'NOW', width: 7, align: 'right', priority: 80 },
  { id: 'p50', label: 'P50', width: 7, align: 'right', priority: 18 },
  { id: 'p95', label: 'P95', width: 7, align: 'right', priority: 22 },
  { id: 'last', label: 'LAST', width: 8, most: 24, priority: 60 },
  { id: 'hour', label: 'UP 1 H', width: 7, align: 'right', priority: 14 },
  { id: 'day', label: 'UP 24 H', width: 7, align: 'right', priority: 40 },
  { id: 'week', label: 'UP 7 D', width: 7, align: 'right', priority: 16 },
  { id: 'certificate', label: 'CERT', width: 4, align: 'right', priority: 50 },
  { id: 'next', label: 'NEXT', width: 6, align: 'right', priority: 20 },
  { id: 'target', label: 'TARGET', width: 24, most: 40, priority: 25 },
  { id: 'group', label: 'GROUP', width: 8, most: 12, priority: 8 },
  { id: 'labels', label: 'LABELS', width: 12, most: 24, priority: 12 },
  { id: 'from', label: 'FROM', width: 10, priority: 5 },
  { id: 'why', label: 'WHY', width: why, flex: Math.max(why, PHRASE), priority: 90 },
]

/** Which columns a list has, and whether their labels stand in a row above it. */
export interface CheckTable {
  readonly placed: readonly Placed<CheckColumn>[]
  readonly headed: boolean
}

/** The columns of a list that is `columns` wide. They depend on sizes alone, so nothing moves with values. */
export function checkTable(columns: number, boxed: boolean, full: boolean): CheckTable {
  const headed = full || (boxed && columns >= WIDE_FROM)
  const whole = columns >= WHOLE_FROM
  const why = whole ? WHOLE_SENTENCE : columns >= WIDE_FROM ? SENTENCE : columns >= PHRASE_FROM ? PHRASE : WORDS
  const table = full ? FULL(why, whole ? 13 : 12) : headed ? WIDE : boxed ? BOXED : OPEN
  return { placed: layoutColumns(table, columns), headed }
}
