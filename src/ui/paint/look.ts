import type { Glyphs } from '../theme/glyphs.ts'

/** How charts are drawn. */
export type ChartStyle = 'braille' | 'block' | 'line' | 'ascii'

/** All a painter is told about the terminal and the person's taste. Colours are no part of it: painters name tokens. */
export interface Look {
  readonly glyphs: Glyphs
  readonly charts: ChartStyle
  /** Colours there are; 16 and 0 draw bands as dots. */
  readonly depth: 'truecolor' | '256' | '16' | 'mono'
  /** Boxes from 100x32 up; below that only the heading rule of a panel remains. */
  readonly boxed: boolean
}

/** Whether the band of a forecast is a tint behind cells; else it is dots. */
export function hasTints({ depth, charts }: Look): boolean {
  return depth !== '16' && depth !== 'mono' && charts !== 'ascii'
}
