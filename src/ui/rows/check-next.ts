import { span } from '../../lib/units.ts'
import type { CheckDefinition, CheckStatus } from '../../model/check.ts'
import type { Frame } from '../../model/frame.ts'
import { drawFitted } from '../paint/fitted.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { checkOf } from '../panels/check/data.ts'
import { downText, retriesText, shortSpan } from '../panels/check/definition.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { CheckView } from '../views.ts'
import { type CheckAhead, certificateAhead, checkAhead } from './check-ahead.ts'
import { drawBadge } from './line.ts'

const DIM = style('dim')
const TEXT = style('text')
const PENDING = style('warn2')

/** `down after 2 failures in a row, up after 1`, and less of it. */
function judgements(definition: CheckDefinition): readonly string[] {
  const down = downText(definition)
  return [`${down}, up after ${definition.successes}`, down, down.replace(' in a row', '')]
}

/** `every 15 s, within 3 s, 1 retry`. */
function pace({ intervalMs, timeoutMs, retries }: CheckDefinition): string {
  const again = retries === 0 ? '' : `, ${retriesText(retries)}`
  return `every ${shortSpan(intervalMs)}, within ${shortSpan(timeoutMs)}${again}`
}

/** `again in 3 s`; nothing where it has no turn. */
function again({ nextMs }: CheckStatus, wallMs: number): Segment[] {
  if (nextMs === undefined) return []
  const seconds = Math.ceil((nextMs - wallMs) / 1000)
  return seconds <= 0
    ? [segment('again ', DIM), segment('now', TEXT)]
    : [segment('again in ', DIM), segment(span(seconds), TEXT)]
}

function origin({ origin: from, group, depends }: CheckDefinition): string[] {
  return [
    ...(depends.length === 0 ? [] : [`depends on ${depends.join(' and ')}`]),
    ...(group === undefined ? [] : [`group ${group}`]),
    ...(from === 'discovered' ? ['found by looking at what listens here'] : []),
  ]
}

/** The rule by which it is judged, what is pending, and where it comes from; what does not fit is left out whole. */
function drawRule(surface: Surface, x: number, room: number, check: CheckStatus, look: Look): void {
  const { definition, failing, state } = check
  const pending =
    failing > 0 && state !== 'down' ? `${look.glyphs.warning} ${failing} of ${definition.failures} failed   ` : ''
  const rules = judgements(definition)
  const rule = rules.find((text) => pending.length + text.length <= room) ?? rules.at(-1) ?? ''
  const line: Segment[] = [segment(pending, PENDING), segment(rule, TEXT)]
  let used = segmentsWidth(line)
  for (const text of [pace(definition), ...origin(definition)]) {
    const part = [segment(` ${look.glyphs.middot} `, DIM), segment(text, DIM)]
    if (used + segmentsWidth(part) > room) break
    line.push(...part)
    used += segmentsWidth(part)
  }
  drawFitted(surface, x, 0, line, room, look)
}

/** What the next minutes are expected to be; the end of its certificate is never left out before the rest. */
function drawAhead(
  surface: Surface,
  x: number,
  room: number,
  { tone, text, range, timeout }: CheckAhead,
  certificate: string | undefined,
  look: Look,
): void {
  const ends = certificate === undefined ? [] : [segment(`  ${certificate}`, TEXT)]
  const parts = [ends, [segment(` (${range})`, DIM)], [segment(`  ${timeout}`, DIM)]]
  let spare = room - text.length
  const shown = parts.map((part) => {
    const columns = segmentsWidth(part)
    if (columns > spare) return []
    spare -= columns
    return part
  })
  const [last = [], ...first] = shown
  const line = [segment(text, style(tone === 'unknown' ? 'text' : tone)), ...first.flat(), ...last]
  drawFitted(surface, x, 0, line, room, look)
}

/**
 * The row below: what is expected of its latency; while nothing can be said of that, or it does not answer, the rule by which it is
 * judged. And when it is asked again.
 */
export function checkNext(surface: Surface, frame: Frame, look: Look, view: CheckView): void {
  surface.clear()
  const check = checkOf(frame, view)
  const right = surface.columns - 1
  if (check === undefined) {
    const x = drawBadge(surface, look, 'LAST', 'unknown')
    drawFitted(surface, x, 0, [segment('Esc goes back to the list', DIM)], right - x, look)
    return
  }
  const ahead = checkAhead(frame, check, look)
  const x = drawBadge(surface, look, ahead === undefined ? 'RULE' : 'NEXT', ahead?.tone ?? 'unknown')
  const start = drawRight(surface, right, 0, again(check, frame.wallMs), x) ?? right
  const room = start - 2 - x
  if (ahead === undefined) drawRule(surface, x, room, check, look)
  else drawAhead(surface, x, room, ahead, certificateAhead(frame, check), look)
}
