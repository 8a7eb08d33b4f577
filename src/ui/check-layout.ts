import type { Band, Layout } from './layout.ts'
import { band, sizedPage, split } from './page-bands.ts'
import { PANEL_IDS, type PanelId } from './panels/panel-id.ts'

/** Panels of the page by their numbers. */
export const CHECK_PANELS: readonly PanelId[] = PANEL_IDS.filter((id) => id.startsWith('check-'))

/**
 * The page of one check at a size (look: check-120x40). In boxes all eight panels; below 100x32 the ones that say most, and the others in
 * full, by their number.
 */
export function checkLayout(columns: number, rows: number, full: PanelId | undefined): Layout {
  return sizedPage(columns, rows, full, { boxed: boxedBands, open: openBands, small: smallBands })
}

/** Rows of the four bands at 120x40, and the least they shrink to; results and availability need no more than they have. */
const HOME = { latency: 13, results: 4, expected: 9, happened: 10 } as const
const LEAST = { latency: 9, results: 4, expected: 8, happened: 7 } as const
/** A taller chart or a longer list of expectations says no more. */
const MOST_LATENCY = 20
const MOST_EXPECTED = 14

function boxedBands(columns: number, space: number): readonly Band[] {
  const rows: Record<keyof typeof HOME, number> = { ...HOME }
  let spare = space - (HOME.latency + HOME.results + HOME.expected + HOME.happened)
  for (const name of ['latency', 'happened', 'expected'] as const) {
    const taken = Math.min(0, Math.max(spare, LEAST[name] - HOME[name]))
    rows[name] += taken
    spare -= taken
  }
  if (spare > 0) {
    const latency = Math.min(MOST_LATENCY - HOME.latency, Math.ceil(spare * 0.35))
    const expected = Math.min(MOST_EXPECTED - HOME.expected, Math.floor(spare * 0.25))
    rows.latency += latency
    rows.expected += expected
    rows.happened += spare - latency - expected
  }
  return [
    split(rows.latency, columns, ['check-latency', 'check-answer']),
    // 64 of 120 columns hold sixty results.
    split(rows.results, columns, ['check-results', 'check-up'], { share: 0.53 }),
    band(rows.expected, columns, ['check-expected', 'check-certificate']),
    band(rows.happened, columns, ['check-happened', 'check-headers']),
  ]
}

/** Without boxes from 80x24 up: spare rows go to the chart, the expectations and what happened, and from some on to the headers too. */
function openBands(columns: number, space: number): readonly Band[] {
  const spare = space - 20
  const latency = 7 + Math.min(5, Math.floor(spare / 3))
  const expected = 5 + Math.min(5, Math.floor(spare / 3))
  const happened = space - latency - 3 - expected
  const gap = 2
  return [
    band(latency, columns, ['check-latency', 'check-answer'], gap),
    band(3, columns, ['check-results', 'check-up'], gap),
    band(expected, columns, ['check-expected', 'check-certificate'], gap),
    happened >= 10
      ? band(happened, columns, ['check-happened', 'check-headers'], gap)
      : band(happened, columns, ['check-happened']),
  ]
}

/** In one column: latency, results, what is expected and what happened; with more rows where the time went, too. */
function smallBands(columns: number, space: number): readonly Band[] {
  const spare = space - 16
  const answer = spare >= 8 ? 8 : 0
  const rest = spare - answer
  const latency = 5 + Math.min(5, Math.floor(rest / 3))
  const expected = 4 + Math.min(4, Math.floor(rest / 3))
  return [
    band(latency, columns, ['check-latency']),
    ...(answer > 0 ? [band(answer, columns, ['check-answer'])] : []),
    band(3, columns, ['check-results']),
    band(expected, columns, ['check-expected']),
    band(space - latency - answer - 3 - expected, columns, ['check-happened']),
  ]
}
