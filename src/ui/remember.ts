import { ARRANGEMENTS, PROCESS_FIELDS, SORT_KEYS } from '../model/processes.ts'
import { HOME_LAYOUT, type LayoutChoice, PRESETS } from './layout-choice.ts'
import { PANEL_IDS, type PanelId } from './panels/panel-id.ts'
import { BELLS, SPANS_MS, type ViewState } from './state.ts'
import { isThemeChoice } from './theme/theme.ts'

/** What the screen remembers of a view from one run to the next, as JSON. */
export interface Remembered extends Readonly<Record<string, unknown>> {
  readonly v: 1
}

/** The part of a view that is remembered: taste, not the moment. A filter comes back by `/` and ↑, so that nobody misses processes unasked. */
export function remembered({
  theme,
  mouse,
  mouseChosen,
  bell,
  notify,
  spanMs,
  chart,
  layout,
  processes,
}: ViewState): Remembered {
  const { sort, reverse, arrange, kernelThreads, columns, history } = processes
  return {
    v: 1,
    theme,
    // What nobody chose follows the terminal of the day.
    ...(mouseChosen ? { mouse } : {}),
    bell,
    notify,
    spanMs,
    chart,
    layout,
    processes: { sort, reverse, arrange, kernelThreads, history, ...(columns === undefined ? {} : { columns }) },
  }
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})

function oneOf<T>(choices: readonly T[], value: unknown): T | undefined {
  return choices.find((choice) => choice === value)
}

/** The members of a list that are known, once each; undefined when it is no list. */
function several<T>(choices: readonly T[], value: unknown): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined
  return [...new Set(value.filter((one): one is T => choices.includes(one)))]
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string').slice(0, 20) : []
}

function layoutFrom(value: unknown): LayoutChoice {
  const { preset, hidden, order, rows } = fieldsOf(value)
  const sizes = Object.entries(fieldsOf(rows)).filter(
    (entry): entry is [PanelId, number] => PANEL_IDS.includes(entry[0] as PanelId) && Number.isInteger(entry[1]),
  )
  return {
    preset: oneOf(PRESETS, preset) ?? HOME_LAYOUT.preset,
    hidden: several(PANEL_IDS, hidden) ?? [],
    order: several(PANEL_IDS, order) ?? [],
    rows: Object.fromEntries(sizes),
  }
}

/** A view with what was remembered. The file may be old, newer or edited by hand: what is not understood is left as it was. */
export function recall(state: ViewState, value: unknown): ViewState {
  const { theme, mouse, bell, notify, spanMs, chart, layout, processes } = fieldsOf(value)
  const { sort, reverse, arrange, kernelThreads, columns, history } = fieldsOf(processes)
  const chosen = several(PROCESS_FIELDS, columns)
  return {
    ...state,
    theme: isThemeChoice(theme) ? theme : state.theme,
    ...(typeof mouse === 'boolean' ? { mouse, mouseChosen: true } : {}),
    bell: oneOf(BELLS, bell) ?? state.bell,
    notify: typeof notify === 'boolean' ? notify : state.notify,
    spanMs: oneOf(SPANS_MS, spanMs) ?? state.spanMs,
    chart: oneOf(['area', 'line'] as const, chart) ?? state.chart,
    layout: layout === undefined ? state.layout : layoutFrom(layout),
    processes: {
      ...state.processes,
      sort: oneOf(SORT_KEYS, sort) ?? state.processes.sort,
      reverse: typeof reverse === 'boolean' ? reverse : state.processes.reverse,
      arrange: oneOf(ARRANGEMENTS, arrange) ?? state.processes.arrange,
      kernelThreads: typeof kernelThreads === 'boolean' ? kernelThreads : state.processes.kernelThreads,
      history: texts(history),
      ...(chosen !== undefined && chosen.length > 0 ? { columns: chosen } : {}),
    },
  }
}
