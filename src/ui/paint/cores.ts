import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Look } from './look.ts'
import { drawRight, segment } from './segments.ts'

const BAR = style('cpu')
const DIM = style('dim')
const TEXT = style('text')

/** Up to here a core has a number under it. */
const NUMBERED = 8
/** Up to here every core has a column. */
export const ALL_CORES = 32
/** Of more cores so many are shown: the busiest. */
const BUSIEST = 16

const isSpaced = (count: number, boxed: boolean) => boxed && count <= NUMBERED

/** Columns the strip takes for so many cores: a bar each with a gap up to 8, a column each up to 32, the busiest 16 above. */
export function coreStripColumns(count: number, boxed: boolean): number {
  if (count > ALL_CORES) return BUSIEST
  return isSpaced(count, boxed) ? Math.max(0, 2 * count - 1) : count
}

/** How many heights a bar can have on a strip of so many rows. */
export function coreStripSteps(rows: number, boxed: boolean, { glyphs: { ramp } }: Look): number {
  return barRows(rows, boxed) * ramp.length
}

function barRows(rows: number, boxed: boolean): number {
  return Math.max(1, rows - (boxed && rows > 1 ? 1 : 0))
}

/**
 * A bar a core (0..1, NaN for not known). In a box a row below them has the numbers, or the first and the last; of more than 32 cores
 * the busiest are shown, and that row has the range of the rest.
 */
export function coreStrip(
  surface: Surface,
  cores: readonly number[],
  boxed: boolean,
  { glyphs: { ramp } }: Look,
): void {
  const labelled = boxed && surface.rows > 1
  const rows = barRows(surface.rows, boxed)
  const pitch = isSpaced(cores.length, boxed) ? 2 : 1
  const bars = cores.length > ALL_CORES ? BUSIEST : cores.length
  const shown = bars < cores.length ? busiestFirst(cores) : cores
  for (let core = 0; core < bars; core++) {
    const share = shown[core] ?? Number.NaN
    if (Number.isNaN(share)) continue
    const steps = Math.max(1, Math.round(Math.min(1, Math.max(0, share)) * rows * ramp.length))
    for (let row = 0; row * ramp.length < steps; row++) {
      const level = Math.min(ramp.length, steps - row * ramp.length)
      surface.put(core * pitch, rows - 1 - row, ramp[level - 1] as string, BAR)
    }
  }
  if (!labelled) return
  if (bars < shown.length) drawRest(surface, shown.slice(bars))
  else drawNumbers(surface, bars, pitch)
}

/** Those not known come last. */
function busiestFirst(cores: readonly number[]): readonly number[] {
  const order = (share: number) => (Number.isNaN(share) ? -1 : share)
  return [...cores].sort((a, b) => order(b) - order(a))
}

function drawNumbers(surface: Surface, bars: number, pitch: number): void {
  const y = surface.rows - 1
  if (pitch === 2) for (let core = 0; core < bars; core++) surface.text(core * pitch, y, String(core), DIM)
  else if (bars > 1) {
    surface.text(0, y, '0', DIM)
    drawRight(surface, surface.columns, y, [segment(String(bars - 1), DIM)])
  }
}

function drawRest(surface: Surface, rest: readonly number[]): void {
  const known = rest.filter((share) => !Number.isNaN(share))
  if (known.length === 0) return
  const y = surface.rows - 1
  const range = `${Math.round(Math.min(...known) * 100)}-${Math.round(Math.max(...known) * 100)}`
  surface.text(0, y, 'rest', DIM)
  drawRight(surface, surface.columns, y, [segment(range, TEXT), segment(' %', DIM)])
}
