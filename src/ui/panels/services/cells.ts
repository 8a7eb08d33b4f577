import { textWidth } from '../../../lib/text.ts'
import { latency as latencyText, span } from '../../../lib/units.ts'
import type { CheckStatus, PastResult } from '../../../model/check.ts'
import { drawFitted } from '../../paint/fitted.ts'
import type { Look } from '../../paint/look.ts'
import { resultChart } from '../../paint/result-chart.ts'
import { quantity, type Segment, segment } from '../../paint/segments.ts'
import type { Cell } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import { availabilitySegments, isLongKnown } from '../availability.ts'
import type { CheckColumn } from './columns.ts'
import { conditionOf, sinceOf, type WhyLook, whyTexts } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
const TROUBLED = style('bright', { bold: true })
const DAY_S = 86_400
/** From here on hours say nothing more. */
const WHOLE_DAYS_FROM = 10
const FROM = { configured: 'configured', discovered: 'found', given: 'given' } as const

/** `12 min`, `4 d 14 h`, `41 d`: never wider than eight columns. */
function sinceText(seconds: number): string {
  return seconds >= WHOLE_DAYS_FROM * DAY_S ? `${Math.floor(seconds / DAY_S)} d` : span(seconds)
}

/** Latency of the last result in seconds; undefined where none was measured, and while it is down: that says nothing of now. */
function latencyOf({ state, last, results }: CheckStatus): number | undefined {
  if (last === undefined || last.outcome.noLatency === true || state === 'down' || state === 'unknown') return undefined
  const newest = last.outcome.latencyS ?? results.at(-1)?.latencyS
  return newest === undefined || Number.isNaN(newest) ? undefined : newest
}

function timeCell(seconds: number | undefined, packed = TEXT): Segment[] {
  return seconds === undefined ? [] : quantity(latencyText(seconds), packed)
}

/** What of a check looks different when nothing but time went by. */
export interface CheckTimes {
  /** How long it is in its state. */
  readonly since?: string
  /** Whole days left of the server's own certificate, 0 when it has ended. */
  readonly days?: number
  /** How long to its next turn. */
  readonly next?: string
}

/** The times that these columns show at a moment. */
export function checkTimes(check: CheckStatus, wallMs: number, columns: ReadonlySet<CheckColumn>): CheckTimes {
  const { asked, last, nextMs } = check
  const own = columns.has('certificate') ? last?.outcome.certificate?.certificates[0] : undefined
  const seconds = nextMs === undefined ? 0 : Math.ceil((nextMs - wallMs) / 1000)
  return {
    ...(asked &&
      (columns.has('since') || columns.has('state')) && { since: sinceText((wallMs - sinceOf(check)) / 1000) }),
    ...(own !== undefined && { days: Math.max(0, Math.floor((own.untilMs - wallMs) / 1000 / DAY_S)) }),
    ...(columns.has('next') && nextMs !== undefined && { next: seconds <= 0 ? 'now' : span(seconds) }),
  }
}

function certificateCell(check: CheckStatus, days: number | undefined): Segment[] {
  if (days === undefined) return []
  const near = check.last?.outcome.expectations?.some(({ name, met }) => name === 'certificate' && !met) === true
  const tone = check.state === 'down' ? 'crit' : 'warn'
  const bad = near || check.reason === 'certificate'
  return [segment(String(days), bad ? style(tone, { bold: true }) : TEXT), segment(' d', DIM)]
}

function chartCell(check: CheckStatus, look: Look): Cell {
  const isSlow = check.state === 'degraded' && check.reason === 'slow'
  const slow = ({ state }: PastResult) => isSlow && state === 'degraded'
  // A latency that stays as it is stands at half height: a full row of blocks would look like trouble.
  const least = 2 * (check.latency?.p50 ?? 0)
  return (surface, x, y, width) => resultChart(surface, x, y, width, check.results, { least, slow }, look)
}

/** The reason in the severity's colour; of what is well a dim word about it. The longest text that fits is taken, the shortest is cut. */
function whyCell(check: CheckStatus, list: ListLook, look: Look): Cell {
  const { tone, trouble } = conditionOf(check)
  const texts = whyTexts(check, list)
  return (surface, x, y, width) => {
    const fitting = texts.find((text) => textWidth(text) <= width) ?? texts[0] ?? ''
    const free = list.whyRight ? Math.max(0, width - textWidth(fitting)) : 0
    drawFitted(surface, x + free, y, [segment(fitting, trouble ? style(tone) : DIM)], width - free, look)
  }
}

/** What of a list decides what its cells say, and where. */
export interface ListLook extends WhyLook {
  /** The reason stands at the right end of its column. */
  readonly whyRight: boolean
}

/** What stands in a column of a check. */
export function checkCell(id: CheckColumn, check: CheckStatus, times: CheckTimes, list: ListLook, look: Look): Cell {
  const { definition, availability, latency } = check
  const condition = conditionOf(check)
  const tone = style(condition.tone)
  switch (id) {
    case 'mark':
      return [segment(look.glyphs[condition.symbol], tone)]
    case 'name':
      return [segment(definition.name, condition.trouble ? TROUBLED : TEXT)]
    case 'state':
      return stateCell(check, times.since)
    case 'type':
      return [segment(definition.type, DIM)]
    case 'latency':
      return timeCell(latencyOf(check), check.reason === 'slow' ? style('warn', { bold: true }) : TEXT)
    case 'last':
      return chartCell(check, look)
    case 'p50':
      return timeCell(latency?.p50)
    case 'p95':
      return timeCell(latency?.p95)
    case 'hour':
    case 'day':
    case 'week':
      return isLongKnown(check) ? availabilitySegments(availability[id]) : []
    case 'certificate':
      return certificateCell(check, times.days)
    case 'since':
      return [segment(times.since ?? '', condition.trouble ? TEXT : DIM)]
    case 'next':
      return [segment(times.next ?? '', DIM)]
    case 'target':
      return [segment(definition.target, DIM)]
    case 'group':
      return [segment(definition.group ?? '', DIM)]
    case 'labels':
      return [
        segment(
          Object.entries(definition.labels)
            .map(([name, value]) => `${name}=${value}`)
            .join(' '),
          DIM,
        ),
      ]
    case 'from':
      return [segment(FROM[definition.origin], DIM)]
    case 'why':
      return whyCell(check, list, look)
  }
}

/** `down 12 min`, `well 41 d`; one that was never asked says so. */
function stateCell(check: CheckStatus, since: string | undefined): Segment[] {
  const { word, tone, trouble } = conditionOf(check)
  const packed = trouble ? style(tone) : DIM
  return [segment(word, packed), segment(since === undefined ? '' : ` ${since}`, packed)]
}
