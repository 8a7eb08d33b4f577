import { latency, span } from '../../lib/units.ts'
import type { CheckStatus } from '../../model/check.ts'
import { detailText } from '../../model/check-words.ts'
import type { Frame } from '../../model/frame.ts'
import { drawFitted } from '../paint/fitted.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { checkOf } from '../panels/check/data.ts'
import { grownSpan, grownText, phaseSpans } from '../panels/check/phases.ts'
import { conditionOf, longWhy, sinceOf } from '../panels/services/words.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { CheckView } from '../views.ts'
import { drawBadge } from './line.ts'

const DIM = style('dim')
const TEXT = style('text')
const NAME = style('bright', { bold: true })
/** Share of the row that the target may take. */
const RIGHT_SHARE = 0.42

/** `SLOW`, `DOWN`, `WARN`, `WELL`; nobody knows: the sign of that. */
function badgeWord(check: CheckStatus, { glyphs }: Look): string {
  if (check.state === 'down') return 'DOWN'
  if (check.state === 'degraded') return check.reason === 'slow' ? 'SLOW' : 'WARN'
  if (check.flapping || check.failing > 0) return 'WARN'
  return check.state === 'up' ? 'WELL' : glyphs.unknown
}

/** `certificate 9 d`, `down 12 min`: how it is, and since when. How long a certificate has been near its end says nothing; how near it is does. */
function condition(check: CheckStatus, wallMs: number): string {
  const { word } = conditionOf(check)
  if (!check.asked) return word
  const left = check.state === 'degraded' && check.reason === 'certificate' ? detailText(check) : ''
  return `${word} ${left || span((wallMs - sinceOf(check)) / 1000)}`
}

/** Why it is as it is; of what is well how long its last answer took. */
function reason(check: CheckStatus): string {
  if (check.state === 'degraded' && check.reason === 'slow') return detailText(check)
  if (check.state === 'degraded' && check.reason === 'certificate') {
    const least = check.last?.outcome.expectations?.find(({ name, met }) => name === 'certificate' && !met)
    if (least !== undefined) return `expected ${least.wanted}`
  }
  const why = check.reason === 'dependency' ? (check.error ?? '') : check.asked ? longWhy(check) : ''
  if (why !== '') return why
  const seconds = check.last?.outcome.latencyS
  if (seconds === undefined) return check.last?.outcome.facts?.[0]?.value ?? ''
  const { figure, unit } = latency(seconds)
  return `answered in ${figure} ${unit}`
}

/** The row NOW on the page of one check: how it is and since when, why, and which part of its answer took longer than usual. */
export function checkNow(surface: Surface, frame: Frame, look: Look, view: CheckView): void {
  surface.clear()
  const check = checkOf(frame, view)
  const right = surface.columns - 1
  if (check === undefined) {
    const x = drawBadge(surface, look, 'GONE', 'unknown')
    const gone = [segment(view.name, NAME), segment(' is not checked any more', TEXT)]
    drawFitted(surface, x, 0, gone, right - x, look)
    return
  }
  const { tone } = conditionOf(check)
  const x = drawBadge(surface, look, badgeWord(check, look), check.asked ? tone : 'unknown')
  const why = reason(check)
  const main: Segment[] = [
    segment(check.definition.name, NAME),
    segment(` ${condition(check, frame.wallMs)}`, check.asked ? style(tone) : DIM),
    segment(why === '' ? '' : ` ${why}`, TEXT),
  ]
  const target = [segment(check.definition.target, DIM)]
  const room = right - x
  const targetWidth = segmentsWidth(target)
  // A long reason says more than where it was asked; that goes first, as a whole.
  const shows = targetWidth <= surface.columns * RIGHT_SHARE && segmentsWidth(main) + 2 + targetWidth <= room
  if (shows) drawRight(surface, right, 0, target, x)
  const left = room - (shows ? targetWidth + 2 : 0)
  const used = drawFitted(surface, x, 0, main, left, look)
  const grown = check.reason === 'slow' ? grownSpan(phaseSpans(check)) : undefined
  const more = grown === undefined ? [] : [segment(` ${grownText(grown)}`, DIM)]
  if (used + segmentsWidth(more) <= left) drawFitted(surface, x + used, 0, more, left - used, look)
}
