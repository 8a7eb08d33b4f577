import type { Band, Layout } from './layout.ts'
import { band, sizedPage, split } from './page-bands.ts'
import { PANEL_IDS, type PanelId } from './panels/panel-id.ts'

/** Panels of the page by their numbers. */
export const ALERT_PANELS: readonly PanelId[] = PANEL_IDS.filter((id) => id.startsWith('alert-'))

/**
 * The page of one alert at a size (look: alert-120x40). In boxes all six panels; below 100x32 the ones that say most, and the others in
 * full, by their number.
 */
export function alertLayout(columns: number, rows: number, full: PanelId | undefined): Layout {
  return sizedPage(columns, rows, full, { boxed: boxedBands, open: openBands, small: smallBands })
}

/** Rows of the three bands at 120x40, and the least they shrink to. */
const HOME = { moment: 15, who: 10, before: 11 } as const
const LEAST = { moment: 11, who: 8, before: 9 } as const
/** A taller chart says no more. */
const MOST_MOMENT = 22

function boxedBands(columns: number, space: number): readonly Band[] {
  const rows: Record<keyof typeof HOME, number> = { ...HOME }
  let spare = space - (HOME.moment + HOME.who + HOME.before)
  for (const name of ['moment', 'before', 'who'] as const) {
    const taken = Math.min(0, Math.max(spare, LEAST[name] - HOME[name]))
    rows[name] += taken
    spare -= taken
  }
  if (spare > 0) {
    const moment = Math.min(MOST_MOMENT - HOME.moment, Math.ceil(spare * 0.45))
    const who = Math.floor((spare - moment) / 2)
    rows.moment += moment
    rows.who += who
    rows.before += spare - moment - who
  }
  return [
    split(rows.moment, columns, ['alert-moment', 'alert-timeline']),
    split(rows.who, columns, ['alert-suspects', 'alert-changes']),
    split(rows.before, columns, ['alert-before', 'alert-keys']),
  ]
}

/** Without boxes from 80x24 up: spare rows go to the chart and the timeline first. */
function openBands(columns: number, space: number): readonly Band[] {
  const spare = space - 20
  const moment = 9 + Math.min(6, Math.ceil(spare / 2))
  const who = 6 + Math.floor((spare - (moment - 9)) / 2)
  const gap = 2
  return [
    band(moment, columns, ['alert-moment', 'alert-timeline'], gap),
    band(who, columns, ['alert-suspects', 'alert-changes'], gap),
    band(space - moment - who, columns, ['alert-before', 'alert-keys'], gap),
  ]
}

/** In one column: the chart, how it came and who did it. */
function smallBands(columns: number, space: number): readonly Band[] {
  const spare = space - 16
  const moment = 6 + Math.min(5, Math.floor(spare / 3))
  const timeline = 5 + Math.floor((spare - (moment - 6)) / 2)
  return [
    band(moment, columns, ['alert-moment']),
    band(timeline, columns, ['alert-timeline']),
    band(space - moment - timeline, columns, ['alert-suspects']),
  ]
}
