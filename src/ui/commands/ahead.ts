import type { LimitForecast } from '../../model/forecast.ts'
import type { Frame } from '../../model/frame.ts'
import { parseSeriesKey } from '../../model/series.ts'
import { aheadRows } from '../panels/ahead-data.ts'
import { panelOfSeries } from '../panels/panel-of-series.ts'
import { listOf, type ViewState, without } from '../state.ts'
import { type CommandContext, type Commands, type Step, to } from './command.ts'
import { focus, globalCommands } from './global.ts'

function selectedLimit(state: ViewState, { forecasts }: Frame): LimitForecast | undefined {
  const rows = aheadRows(forecasts, state.full === 'ahead')
  return rows[Math.min(listOf(state, 'ahead').selected, rows.length - 1)]
}

/** Where a limit is seen: the page of its check or of its process, else the panel of its series; undefined for none. */
function seenAt(state: ViewState, { series }: LimitForecast, { checks, watched }: Frame): ViewState | undefined {
  const home = without(state, 'full')
  const { check, process } = parseSeriesKey(series).labels
  if (check !== undefined && checks.some(({ definition }) => definition.name === check))
    return { ...home, focus: 'check-latency', check: { name: check } }
  if (process !== undefined && watched?.label === process)
    return { ...home, focus: 'watch-cpu', watch: { target: watched.target, section: 'panels', unmasked: false } }
  const panel = panelOfSeries(series)
  return panel && focus(home, panel)
}

/** Goes to where the selected limit is seen; with nothing in the list it is shown in full, which says why. */
function open(state: ViewState, context: CommandContext): Step {
  const limit = selectedLimit(state, context.frame)
  if (limit === undefined) return globalCommands.open?.(state, context) ?? to(state)
  const there = seenAt(state, limit, context.frame)
  return to(there ?? { ...state, notice: `${limit.subject} is not seen here any more` })
}

export const aheadCommands: Commands = { 'ahead.open': open }
