import { count, percent } from '../../lib/units.ts'
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

/** `12 %`, by default with a decimal below 10. */
export function share(ratio: number, packed = TEXT, decimals: 'auto' | 0 | 1 | 2 = 'auto'): Segment[] {
  return [segment(percent(ratio, decimals).figure, packed), segment(' %', DIM)]
}

/** `58 °C`; the sign is left out where the terminal has none. */
export function celsius(value: number, { glyphs }: Look, packed = TEXT): Segment[] {
  return [segment(value.toFixed(0), packed), segment(` ${glyphs.degree}C`, DIM)]
}

/** `1 204 of 65 536` */
export function countOf(part: number, whole: number): Segment[] {
  return [segment(count(part), TEXT), segment(` of ${count(whole)}`, DIM)]
}

/** `2 cores`, of a quota in hundredths of a core. */
export function coresWord(cores: number): string {
  return `${Number(cores.toFixed(2))} ${cores === 1 ? 'core' : 'cores'}`
}
