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

/**
 * The row below: the rule by which it is judged, what is pending, and when it is asked again. Nothing here is forecast, so it is no NEXT.
 */
export function checkNext(surface: Surface, frame: Frame, look: Look, view: CheckView): void {
  surface.clear()
  const check = checkOf(frame, view)
  const x = drawBadge(surface, look, check === undefined ? 'LAST' : 'RULE', 'unknown')
  const right = surface.columns - 1
  if (check === undefined) {
    drawFitted(surface, x, 0, [segment('Esc goes back to the list', DIM)], right - x, look)
    return
  }
  const { definition, failing, state } = check
  const start = drawRight(surface, right, 0, again(check, frame.wallMs), x) ?? right
  const pending =
    failing > 0 && state !== 'down' ? `${look.glyphs.warning} ${failing} of ${definition.failures} failed   ` : ''
  const room = start - 2 - x
  const rules = judgements(definition)
  const rule = rules.find((text) => pending.length + text.length <= room) ?? rules.at(-1) ?? ''
  const line: Segment[] = [segment(pending, PENDING), segment(rule, TEXT)]
  let used = segmentsWidth(line)
  // What does not fit is left out whole.
  for (const text of [pace(definition), ...origin(definition)]) {
    const part = [segment(` ${look.glyphs.middot} `, DIM), segment(text, DIM)]
    if (used + segmentsWidth(part) > room) break
    line.push(...part)
    used += segmentsWidth(part)
  }
  drawFitted(surface, x, 0, line, room, look)
}
