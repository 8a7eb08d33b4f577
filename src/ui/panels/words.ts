import { percent } from '../../lib/units.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Hue, Token } from '../theme/tokens.ts'

const DIM = style('dim')
const TEXT = style('text')

/** `user 33`: a dim word and its figure, padded so that the width never changes; empty when it is not known. */
export function pair(word: string, figure: string | undefined, width: number): Segment[] {
  if (figure === undefined) return []
  return [segment(`${word} `, DIM), segment(figure.padStart(width), TEXT)]
}

/** The token of a severity; the resource's own hue where there is none. */
export function severityToken(severity: string, hue: Hue): Token {
  return severity === 'critical' ? 'crit' : severity === 'warning' ? 'warn' : hue
}

/** A share as a headline, `42 %`, in its hue or in the severity of its alert; a place holder while it is not known. */
export function headFigure(
  ratio: number | undefined,
  hue: Hue,
  severity: string,
  { glyphs }: Look,
  stale = false,
): Segment[] {
  if (ratio === undefined) return [segment(glyphs.loading.padStart(3), DIM)]
  return [
    segment(
      percent(ratio, 0).figure.padStart(3),
      style(stale ? 'unknown' : severityToken(severity, hue), { bold: true }),
    ),
    segment(' %', DIM),
  ]
}
