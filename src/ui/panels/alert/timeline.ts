import { valueText } from '../../../alerts/wording.ts'
import { clockTime, moment } from '../../../lib/units.ts'
import type { AlertMoment, AlertRecord } from '../../../model/alert.ts'
import { clockText, etaText, spreadText } from '../../../model/forecast-words.ts'
import { parseSeriesKey } from '../../../model/series.ts'
import type { Look } from '../../paint/look.ts'
import { type Segment, segment } from '../../paint/segments.ts'
import type { Cell, Column } from '../../paint/table.ts'
import { levelSymbol, levelToken } from '../../paint/verdict.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import type { Glyphs } from '../../theme/glyphs.ts'
import type { Token } from '../../theme/tokens.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel, PanelView } from '../panel.ts'
import { type AlertData, selectAlert } from './data.ts'

const DIM = style('dim')
const TEXT = style('text')
const BOLD = style('bright', { bold: true })
/** A change that is likelier than not to have to do with it stands at the beginning. */
const LIKELY = 0.5
/** Whoever fires this soon did not wait. */
const AT_ONCE_MS = 1000

type Id = 'when' | 'mark' | 'what'
/** Times are as wide as those of another day. */
const COLUMNS: readonly Column<Id>[] = [
  { id: 'when', label: '', width: 9, priority: 2, gap: 1 },
  { id: 'mark', label: '', width: 1, priority: 1, gap: 1 },
  { id: 'what', label: '', width: 10, flex: 20, priority: 3 },
]

/** A step of how it came: what happened, and beside or below it what is to be said of that. */
interface Step {
  readonly when: string
  readonly symbol: string
  readonly tone: Token
  readonly head: readonly Segment[]
  readonly more: string
}

/** A row of the list: a step, or what is said of the one above it. */
interface Row {
  readonly step?: Step
  readonly more?: string
}

const SYMBOLS: Readonly<
  Partial<Record<AlertMoment['step'], readonly [symbol: (glyphs: Glyphs) => string, tone: Token]>>
> = {
  pending: [({ warning }) => warning, 'warn2'],
  'no data': [({ unknown }) => unknown, 'unknown'],
  'data again': [({ event }) => event, 'dim'],
  resolved: [({ well }) => well, 'ok'],
  acknowledged: [({ acknowledged }) => acknowledged, 'dim'],
  silenced: [({ loading }) => loading, 'dim'],
  joined: [({ event }) => event, 'dim'],
}

/** `14:02:16`, of another day `Sun 12:50`. */
function timeText(wallMs: number, nowMs: number): string {
  const text = moment(wallMs, nowMs)
  return text.length === 5 ? clockTime(wallMs) : text
}

function momentStep({ wallMs, step, text }: AlertMoment, { alert }: AlertRecord, nowMs: number, look: Look): Step {
  const own = SYMBOLS[step]
  const tone = own?.[1] ?? levelToken(alert.severity)
  const head = step === 'firing' || step === 'resolved' ? style(tone, { bold: true }) : BOLD
  return {
    when: timeText(wallMs, nowMs),
    symbol: own?.[0](look.glyphs) ?? levelSymbol(alert.severity, look.glyphs),
    tone,
    head: [segment(step, head)],
    // The log says `acknowledged: note` as one line; here the step has said the first word.
    more: text.startsWith(step) ? text.slice(step.length).replace(/^:? */, '') : text,
  }
}

/** What changed just before, where that is likely to have to do with it. */
function beforeSteps({ evidence, alert }: AlertRecord, nowMs: number, look: Look): readonly Step[] {
  return (evidence[0]?.changes ?? [])
    .filter(({ weight, wallMs }) => weight >= LIKELY && wallMs <= alert.sinceMs)
    .slice(0, 2)
    .toSorted((a, b) => a.wallMs - b.wallMs)
    .map(({ wallMs, subject, text }) => {
      const [what = '', ...more] = text.split(', ')
      return {
        when: timeText(wallMs, nowMs),
        symbol: look.glyphs.event,
        tone: 'dim',
        head: [segment(subject, BOLD), segment(` ${what}`, TEXT)],
        more: more.join(', '),
      }
    })
}

/** How it is now, and when it is expected to reach its limit. */
function nowSteps({ record, sight }: AlertData, look: Look): readonly Step[] {
  if (record === undefined || record.state === 'resolved') return []
  const { alert } = record
  const { name } = parseSeriesKey(alert.series)
  const isMeasured = alert.kind === 'metric' || alert.kind === 'forecast'
  const value = sight.see((metrics) => {
    const now = isMeasured ? metrics.value(alert.series) : undefined
    return now === undefined ? '' : valueText(name, now)
  })
  const { wallMs } = sight
  const clock = sight.see((_, nowMs) => clockTime(nowMs))
  const ahead = alert.ahead
  const limit = valueText(name, alert.threshold)
  const left = ahead && sight.see((_, nowMs) => etaText(Math.max(0, ahead.eta.likely - (nowMs - ahead.asOfMs) / 1000)))
  const soon = left === undefined ? '' : `${value === '' ? '' : ', '}${limit} in ${left}`
  const told = alert.noDataMs === undefined ? `${value}${soon}` : 'no data'
  // Nothing new to say of now: its last step stands.
  if (told === '') return []
  const now: Step = {
    when: clock,
    symbol: look.glyphs.now,
    tone: 'dim',
    head: [segment('now', BOLD), segment(`  ${told}`, TEXT)],
    more: '',
  }
  if (ahead === undefined || left === undefined) return [now]
  const { eta, asOfMs } = ahead
  const at = (seconds: number) => clockText(asOfMs + seconds * 1000, wallMs)
  // Within a minute clocks say the same twice.
  const isClose = eta.latest === undefined || at(eta.earliest) === at(eta.latest)
  const range = isClose
    ? spreadText(eta, look.glyphs.dash)
    : `${at(eta.earliest)} ${look.glyphs.dash} ${at(eta.latest ?? eta.likely)}`
  const crossing: Step = {
    when: at(eta.likely),
    symbol: look.glyphs.crossing.likely,
    tone: levelToken(alert.severity),
    head: [segment(limit, style(levelToken(alert.severity))), segment(range === '' ? '' : `  ${range}`, DIM)],
    more: '',
  }
  return [now, crossing]
}

/** Without a `pending` that fired at once, and without words that say what the step before has said. */
function stepsTold(timeline: readonly AlertMoment[]): readonly AlertMoment[] {
  return timeline
    .filter(({ step, wallMs }, at) => {
      const next = timeline[at + 1]
      return step !== 'pending' || next?.step !== 'firing' || next.wallMs - wallMs >= AT_ONCE_MS
    })
    .map((moment, at, told) => (at > 0 && told[at - 1]?.text === moment.text ? { ...moment, text: '' } : moment))
}

function stepsOf(data: AlertData, look: Look): readonly Step[] {
  const { record, sight } = data
  if (record === undefined) return []
  const day = sight.see((_, wallMs) => new Date(wallMs).setHours(0, 0, 0, 0))
  // What was today becomes yesterday; within a day no time is written otherwise.
  const nowMs = Math.max(day, sight.wallMs)
  return [
    ...beforeSteps(record, nowMs, look),
    ...stepsTold(record.timeline).map((step) => momentStep(step, record, nowMs, look)),
    ...nowSteps(data, look),
  ]
}

/** What is said of a step stands below it where all of them have room, else behind it. */
function rowsOf(data: AlertData, room: number, look: Look): readonly Row[] {
  const steps = stepsOf(data, look)
  const more = steps.filter((step) => step.more !== '').length
  if (steps.length + more > room) {
    return steps.map((step) => ({ step: { ...step, head: [...step.head, segment(`  ${step.more}`, DIM)] } }))
  }
  return steps.flatMap((step) => (step.more === '' ? [{ step }] : [{ step }, { more: step.more }]))
}

function cellOf(id: Id, { step, more }: Row, look: Look): Cell {
  if (step === undefined) {
    if (id === 'when') return []
    return [segment(id === 'mark' ? look.glyphs.tree.line : (more ?? ''), DIM)]
  }
  if (id === 'when') return [segment(step.when, DIM)]
  return id === 'mark' ? [segment(step.symbol, style(step.tone))] : step.head
}

function roomIn({ rows }: { readonly rows: number }, { boxed }: Look): number {
  return rows - (boxed ? 2 : 1)
}

function paintTimeline(surface: Surface, data: AlertData, look: Look, view: PanelView): void {
  paintList(
    surface,
    {
      key: alertTimeline.key,
      title: alertTimeline.title,
      columns: COLUMNS,
      bare: true,
      rows: rowsOf(data, roomIn(surface, look), look),
      cell: (id, row) => cellOf(id, row, look),
      sentence: data.record === undefined ? '' : undefined,
    },
    look,
    view,
  )
}

/** How an alert came about: what changed before, every step of its life, and what is ahead of it. */
export const alertTimeline: Panel<AlertData> = {
  id: 'alert-timeline',
  key: '2',
  title: 'How it came',
  sources: [],
  list: true,
  select: selectAlert,
  paint: paintTimeline,
  rows: (data, surface, look) =>
    listRows(rowsOf(data, roomIn(surface, look), look).length, surface, look, { bare: true }),
}
