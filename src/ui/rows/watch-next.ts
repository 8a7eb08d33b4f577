import { bytes, count, moment, percent, span } from '../../lib/units.ts'
import { type Crossing, isSoon, nextCrossings } from '../../model/crossings.ts'
import { etaText } from '../../model/forecast-words.ts'
import type { Frame } from '../../model/frame.ts'
import { parseSeriesKey } from '../../model/series.ts'
import { isDenied, type ProcessDetail, type Watched } from '../../model/watch.ts'
import { eventSegments } from '../paint/event.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { levelToken } from '../paint/verdict.ts'
import { detailOf, processValue, read, type WatchData, watchedOf } from '../panels/watch/data.ts'
import { GROWS_FROM, memoryLimit } from '../panels/watch/memory.ts'
import { isKilled, restartsText } from '../panels/watch/restarts.ts'
import { limitTone, uses } from '../panels/watch/use.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Token } from '../theme/tokens.ts'
import type { WatchView } from '../views.ts'
import { crossingItem, whole } from './crossing.ts'
import { badgeColumns, drawBadge, drawItems, type Item } from './line.ts'

const DIM = style('dim')
const TEXT = style('text')
const SUBJECT = style('bright', { bold: true })
const HOUR_MS = 3_600_000
/** Growth that would take longer to its limit than this is not urgent. */
const SOON_HOURS = 24
const THROTTLED_FROM = 0.05
/** More do not fit on any screen. */
const MOST_EVENTS = 4
const MOST_NAMES = 3

/** Something worth saying of the process. */
interface Remark extends Item {
  readonly tone: Token
}

function remark(tone: 'crit' | 'warn', subject: string, text: string, look: Look, extra = ''): Remark {
  const symbol = tone === 'crit' ? look.glyphs.critical : look.glyphs.warning
  return {
    tone,
    main: [segment(`${symbol} `, style(tone)), segment(subject, SUBJECT), segment(` ${text}`, style(tone))],
    ...(extra === '' ? {} : { extra: [segment(`  ${extra}`, DIM)] }),
  }
}

function aside(parts: readonly Segment[], extra = ''): Remark {
  return { tone: 'unknown', main: parts, ...(extra === '' ? {} : { extra: [segment(`  ${extra}`, DIM)] }) }
}

function killed(watched: Watched, wallMs: number, look: Look): Remark[] {
  const times = watched.runs.filter(isKilled)
  const last = times[0]?.endedMs
  if (last === undefined) return []
  const text = `out of memory ${times.length === 1 ? 'once' : `${times.length} times`}, last ${moment(last, wallMs)}`
  return [remark(wallMs - last < HOUR_MS ? 'crit' : 'warn', 'killed', text, look)]
}

function grows(data: WatchData, look: Look): Remark[] {
  const perHour = processValue(data, 'memory_growth_bytes_per_hour')
  if (perHour === undefined || perHour < GROWS_FROM) return []
  const { figure, unit } = bytes(perHour)
  const text = `grows ${figure} ${unit}/h`
  const limit = memoryLimit(data)
  const used = processValue(data, 'memory_bytes')
  const left = limit === undefined || used === undefined ? undefined : limit.bytes - used
  const room = left === undefined || left <= 0 ? undefined : bytes(left)
  const extra =
    room === undefined ? '' : `${room.figure} ${room.unit} left ${limit?.own ? 'to its limit' : 'on this machine'}`
  if (left !== undefined && left < SOON_HOURS * perHour) return [remark('warn', 'memory', text, look, extra)]
  return [aside([segment('memory ', TEXT), segment(text, TEXT)], extra)]
}

/** What of it will reach its limit, soonest first. */
function ownCrossings(frame: Frame, { label }: Watched): readonly Crossing[] {
  return nextCrossings(frame.forecasts).filter(
    ({ family, series }) => family === 'process' && parseSeriesKey(series).labels.process === label,
  )
}

const isOfMemory = ({ series }: Crossing) => series.startsWith('process_memory')

/** `▲ memory 2 GiB limit in 5 h (4 h – 7 h)  grows 123 MiB/h`: whose it is, is known here. */
function ahead(crossing: Crossing, look: Look): Remark {
  const { severity, limit, time, perHour = 0 } = crossing
  const [subject, words] = isOfMemory(crossing) ? ['memory', limit] : ['files', `${limit.replace(/ files$/, '')} limit`]
  const { figure, unit } = isOfMemory(crossing) ? bytes(perHour) : { figure: count(perHour), unit: '' }
  const cause = perHour > 0 && figure !== '0' ? `grows ${figure}${unit === '' ? '' : ` ${unit}`}/h` : undefined
  const item = crossingItem(crossing, look, { subject, words: `${words} in ${etaText(time.eta.likely)}`, cause })
  return { ...item, tone: severity === undefined ? 'unknown' : levelToken(severity) }
}

function nearLimits(data: WatchData, look: Look): Remark[] {
  return uses(data, look).flatMap(({ name, used, limit, figure, rest }) => {
    const tone = limit === undefined ? undefined : limitTone(used / limit)
    // Who may use two cores and does is not in trouble; that it is held back says `throttled`.
    return name === 'cpu quota' || (tone !== 'crit' && tone !== 'warn')
      ? []
      : [remark(tone, name, `${figure} ${rest}`, look)]
  })
}

function throttled(detail: ProcessDetail | undefined, look: Look): Remark[] {
  const ratio = detail?.cgroup?.throttledRatio
  if (ratio === undefined || ratio < THROTTLED_FROM) return []
  return [remark('warn', 'cpu', `held back by its quota ${percent(ratio).figure} % of the time`, look)]
}

function restarted(watched: Watched, wallMs: number, look: Look): Remark[] {
  const text = restartsText(watched, wallMs)
  if (text === undefined) return []
  const last = watched.runs.find(({ endedMs }) => endedMs !== undefined)?.endedMs
  const when = last === undefined ? '' : `last ${moment(last, wallMs)}`
  const words = watched.restarts === 1 ? 'restarted once' : `restarted ${text.count} times`
  return [aside([segment(`${look.glyphs.event} `, DIM), segment(`${words}${text.rest}`, TEXT)], when)]
}

function deleted(detail: ProcessDetail | undefined): Remark[] {
  const files = read(detail?.files)?.deleted ?? 0
  if (files === 0) return []
  return [aside([segment(`${count(files)} deleted ${files === 1 ? 'file' : 'files'} still open`, TEXT)])]
}

/** `a, b and c`; of many the first ones and how many more. */
function listed(words: readonly string[]): string {
  if (words.length > MOST_NAMES)
    return listed([...words.slice(0, MOST_NAMES - 1), `${words.length - MOST_NAMES + 1} more`])
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** `files and environment belong to root: run as root to see them`. */
function denied(detail: ProcessDetail | undefined): Remark[] {
  if (detail === undefined) return []
  const { files, sockets, memory, limits, folder, program, environment } = detail
  const parts = { files, environment, memory, sockets, folder, program, limits }
  const reasons = new Map<string, string[]>()
  for (const [name, part] of Object.entries(parts))
    if (isDenied(part)) reasons.set(part.denied, [...(reasons.get(part.denied) ?? []), name])
  return [...reasons].map(([reason, names]) => {
    const several = names.length > 1 || names[0]?.endsWith('s')
    const says = several ? reason.replace(/^belongs/, 'belong') : reason
    const more = reason.startsWith('belongs') ? `: run as root to see ${several ? 'them' : 'it'}` : ''
    return aside([segment(`${listed(names)} ${says}${more}`, DIM)])
  })
}

/** What is worth saying of a process that runs, worst first; nothing of how its memory grows where that is told by what it leads to. */
function remarks(data: WatchData, watched: Watched, look: Look, told: boolean): readonly Remark[] {
  const detail = detailOf(data)
  const wrong = [
    ...nearLimits(data, look),
    ...(told ? [] : grows(data, look)),
    ...killed(watched, data.wallMs, look),
    ...throttled(detail, look),
  ]
  const order = (tone: Token) => (tone === 'crit' ? 0 : tone === 'warn' ? 1 : 2)
  const said = wrong.some(({ tone, main }) => tone !== 'unknown' && main.some(({ text }) => text === 'killed'))
  return [
    ...wrong.filter(({ tone }) => tone !== 'unknown').toSorted((a, b) => order(a.tone) - order(b.tone)),
    ...(said ? [] : restarted(watched, data.wallMs, look)),
    ...denied(detail),
    ...wrong.filter(({ tone }) => tone === 'unknown'),
    ...deleted(detail),
  ]
}

/** Its last run, and what is waited for. */
function afterEnd(watched: Watched, look: Look): Item[] {
  const last = watched.runs.find(({ endedMs }) => endedMs !== undefined)
  const wait: Item = {
    main: [
      segment(
        watched.target.kind === 'process' || watched.target.kind === 'pid'
          ? 'this process does not come back'
          : 'waiting for it to come back',
        DIM,
      ),
    ],
  }
  if (last?.endedMs === undefined) return [wait]
  const why: Segment[] = isKilled(last)
    ? [segment(`${look.glyphs.critical} `, style('crit')), segment(last.cause ?? '', style('crit'))]
    : [segment(`${look.glyphs.event} `, DIM), segment(last.cause ?? 'ended', TEXT)]
  return [{ main: [...why, segment(` after ${span((last.endedMs - last.startedMs) / 1000)}`, TEXT)] }, wait]
}

/** What the row says. */
interface Line {
  readonly word: string
  readonly tone: Token
  readonly items: readonly Item[]
}

/** The worst of what is said; `unknown` where nothing is wrong. */
function worstTone(items: readonly Remark[]): Token {
  return (['crit', 'warn'] as const).find((tone) => items.some((item) => item.tone === tone)) ?? 'unknown'
}

function lineOf(frame: Frame, watched: Watched, room: number, look: Look): Line {
  const last = (items: readonly Item[]): Line => ({ word: 'LAST', tone: 'unknown', items })
  if (watched.state === 'gone') return last(afterEnd(watched, look))
  if (watched.state === 'waiting') return last([{ main: [segment('it will stand here as soon as it starts', DIM)] }])
  const data = { watched, metrics: frame.metrics, forecasts: frame.forecasts, tick: frame.tick, wallMs: frame.wallMs }
  const coming = ownCrossings(frame, watched)
  const [first, ...others] = coming.map((crossing) => ahead(crossing, look))
  const said = remarks(data, watched, look, coming.some(isOfMemory))
  const worst = said[0]?.tone
  // What is critical is so now; else what is soon comes before what has been.
  if (first !== undefined && worst !== 'crit' && coming.some(isSoon))
    return {
      word: 'NEXT',
      tone: worstTone([first, ...others, ...said]),
      items: [whole(first, room), ...others, ...said],
    }
  const items = [...said, ...(first === undefined ? [] : [first, ...others])]
  if (worst === 'crit' || worst === 'warn') return { word: 'NOW', tone: worst, items }
  const events = frame.events
    .filter(({ subject }) => subject === watched.label)
    .slice(0, MOST_EVENTS)
    .map((event) => ({ main: [segment(`${moment(event.wallMs, frame.wallMs)} `, DIM), ...eventSegments(event, look)] }))
  return last([...items, ...events])
}

/** The row below: what of the process will reach its limit, what is wrong with it, else what changed last. */
export function watchNext(
  surface: Surface,
  frame: Frame,
  look: Look,
  { target, sinceMs }: Pick<WatchView, 'target'> & { readonly sinceMs: number },
): void {
  surface.clear()
  const watched = watchedOf(frame, target)
  const line = watched && lineOf(frame, watched, surface.columns - 1 - badgeColumns(look), look)
  const x = drawBadge(surface, look, line?.word ?? 'LAST', line?.tone ?? 'unknown')
  const none: Item = { main: [segment(`nothing has changed since ${moment(sinceMs, frame.wallMs)}`, DIM)] }
  const items = line === undefined || line.items.length === 0 ? [none] : line.items
  drawItems(surface, x, surface.columns - 1, items, look, true)
}
