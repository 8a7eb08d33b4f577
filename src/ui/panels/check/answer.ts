import { clockTime, latency } from '../../../lib/units.ts'
import type { CheckOutcome, CheckStatus, Fact } from '../../../model/check.ts'
import { drawFitted } from '../../paint/fitted.ts'
import { drawFrame } from '../../paint/frame.ts'
import type { Look } from '../../paint/look.ts'
import { drawRight, type Segment, segment } from '../../paint/segments.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import type { Token } from '../../theme/tokens.ts'
import type { Panel, PanelView } from '../panel.ts'
import { type CheckData, checkAbsence, selectCheck } from './data.ts'
import { latencyLimit } from './latency.ts'
import { type NamedLine, unabridged } from './lines.ts'
import { grownSpan, PHASE_NAMES, type PhaseSpan, phaseSpans, slowSpan } from './phases.ts'
import { stateToken } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
const BOLD = style('bright', { bold: true })
const TRACK = style('track')
const HUE: Token = 'cpu'
const NAME = 12
/** Columns of `786 ms` and of `161`, with the gap before each. */
const NOW = 8
const USUAL = 7
const LEAST_BAR = 6

interface Places {
  /** Columns of the bars; 0 for none. */
  readonly bar: number
  readonly now: number
  readonly usual: number
}

function placesOf(columns: number): Places {
  const bar = columns - NAME - NOW - USUAL
  return { bar: bar >= LEAST_BAR ? bar : 0, now: columns - USUAL, usual: columns }
}

/** A stretch of the common time axis as a bar: at least one cell, wherever it lies. */
function drawBar(
  surface: Surface,
  y: number,
  width: number,
  { fromS, tookS }: PhaseSpan,
  totalS: number,
  tone: Token,
  { glyphs: { gauge } }: Look,
): void {
  const cell = (seconds: number) => (totalS > 0 ? Math.round((seconds / totalS) * width) : 0)
  const first = Math.min(width - 1, cell(fromS))
  const end = Math.max(first + 1, Math.min(width, cell(fromS + tookS)))
  for (let x = 0; x < width; x++) {
    const inside = x >= first && x < end
    surface.put(NAME + x, y, inside ? gauge.used : gauge.rest, inside ? style(tone) : TRACK)
  }
}

function figures(surface: Surface, y: number, places: Places, now: number, usual: number | undefined, packed: number) {
  const { figure, unit } = latency(now)
  drawRight(surface, places.now, y, [segment(figure, packed), segment(` ${unit}`, DIM)], NAME)
  if (usual === undefined) return
  // In the unit of what it is now, so that the two can be compared; the unit stands there.
  const own = latency(usual)
  const same = own.unit === unit ? own.figure : unit === 's' ? usual.toFixed(2) : (usual * 1000).toFixed(0)
  drawRight(surface, places.usual, y, [segment(same, DIM)], NAME)
}

function drawPhases(surface: Surface, status: CheckStatus, outcome: CheckOutcome, look: Look, headed: boolean): number {
  const spans = phaseSpans(status)
  if (spans.length === 0) return 0
  const places = placesOf(surface.columns)
  let y = 0
  if (headed) {
    surface.text(0, y, 'PHASE', DIM)
    drawRight(surface, places.now, y, [segment('now', DIM)], NAME)
    drawRight(surface, places.usual, y, [segment('usual', DIM)], NAME)
    y++
  }
  const totalS = spans.reduce((sum, { tookS }) => sum + tookS, 0)
  // Only what is in trouble has a severity's colour: what grew in an answer that is in time is merely bright.
  const trouble: Token | undefined = status.reason === 'slow' ? 'warn' : undefined
  const grown = trouble === undefined ? grownSpan(spans) : slowSpan(spans)
  for (const span of spans) {
    if (y >= surface.rows) return y
    const marked = span === grown
    surface.text(0, y, PHASE_NAMES[span.phase], marked ? style('bright') : TEXT)
    if (places.bar > 0) drawBar(surface, y, places.bar, span, totalS, (marked && trouble) || HUE, look)
    const packed = marked ? (trouble === undefined ? BOLD : style(trouble, { bold: true })) : TEXT
    figures(surface, y, places, span.tookS, span.usualS, packed)
    y++
  }
  if (y >= surface.rows) return y
  const whole = outcome.latencyS ?? totalS
  const limit = latencyLimit(status)
  surface.text(0, y, 'total', BOLD)
  const past = limit !== undefined && whole > limit
  figures(surface, y, places, whole, status.latency?.p50, style(past ? 'warn' : 'bright', { bold: true }))
  return y + 1
}

/** Text of the answer: what it was and where it came from; without phases how long it took, too. */
function answerLines({ last, latency: usual }: CheckStatus, phases: boolean): readonly NamedLine[] {
  if (last === undefined) return []
  const { outcome, tries, durationMs } = last
  const words = (seconds: number) => {
    const { figure, unit } = latency(seconds)
    return `${figure} ${unit}`
  }
  const took = words(outcome.latencyS ?? durationMs / 1000)
  const usually = outcome.latencyS === undefined || usual === undefined ? '' : `, usually ${words(usual.p50)}`
  const lines: Fact[] = [...(outcome.facts ?? [])]
  if (!phases) lines.push({ name: 'took', value: `${took}${usually}` })
  if (tries > 1) lines.push({ name: 'tries', value: String(tries) })
  const { error } = outcome
  const told = error === undefined || lines.some(({ value }) => value === error)
  const wrong = told ? [] : [{ name: 'reason', value: error, valueStyle: style(stateToken(outcome.state)) }]
  // Trouble that its phases do not show stands first.
  return phases ? [...lines] : [...wrong, ...lines]
}

function headline({ last }: CheckStatus): Segment[] {
  if (last === undefined) return []
  return [segment(clockTime(last.wallMs), TEXT), ...(last.asked ? [segment(' asked for', DIM)] : [])]
}

function paintAnswer(surface: Surface, data: CheckData, look: Look, view: PanelView): void {
  surface.clear()
  const { status } = data
  const outcome = status?.last?.outcome
  const phases = outcome?.phases !== undefined && Object.keys(outcome.phases).length > 0
  const { content } = drawFrame(surface, look, {
    key: checkAnswer.key,
    title: checkAnswer.title,
    focused: view.focused,
    headlines: status === undefined ? [] : [headline(status)],
  })
  const sentence = checkAbsence(data, look.glyphs)
  if (sentence !== undefined || status === undefined || outcome === undefined) {
    drawFitted(content, 0, 0, [segment(sentence ?? '', DIM)], content.columns, look)
    return
  }
  const used = drawPhases(content, status, outcome, look, look.boxed || view.full)
  const all = answerLines(status, phases)
  const whole = unabridged(all, content.columns)
  // Cut only where there is no room for the rest.
  const lines = view.full || used + whole.length <= content.rows ? whole : all
  // An empty row between, unless it costs a line.
  const gap = used > 0 && used + 1 + lines.length <= content.rows ? 1 : 0
  for (const [index, { name, value, valueStyle }] of lines.slice(0, Math.max(0, content.rows - used - gap)).entries()) {
    const y = used + gap + index
    content.text(0, y, name, DIM, NAME - 3)
    drawFitted(content, NAME - 2, y, [segment(value, valueStyle ?? TEXT)], content.columns - NAME + 2, look)
  }
}

/** What came back last: where the time went, against what is usual, and what was said. */
export const checkAnswer: Panel<CheckData> = {
  id: 'check-answer',
  key: '2',
  title: 'Last answer',
  sources: [],
  select: selectCheck,
  paint: paintAnswer,
}
