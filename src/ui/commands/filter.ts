import { completeKey } from '../../model/process-filter/complete.ts'
import { listOf, type ViewState, without, withProcesses } from '../state.ts'
import { insert, typed } from '../text-input.ts'
import { type Commands, type Run, type Step, to, toTop } from './command.ts'
import { withInput } from './text.ts'

/** Filters that are remembered. */
const MOST_KEPT = 20

function doneTyping(state: ViewState): ViewState {
  return { ...state, processes: without(state.processes, 'input') }
}

function openFilter(state: ViewState): Step {
  const input = { kind: 'filter', line: typed(state.processes.filter) } as const
  return to(withProcesses({ ...state, focus: 'processes' }, { input }))
}

/** A filter that is kept is remembered, newest first and once. */
function keepFilter(state: ViewState): Step {
  const { filter, history } = state.processes
  const text = filter.trim()
  const kept = text === '' ? history : [text, ...history.filter((one) => one !== text)].slice(0, MOST_KEPT)
  return to(withProcesses(doneTyping(state), { history: kept }))
}

/** Goes through the filters of before; beyond the newest the line is empty. */
function recall(step: number): Run {
  return (state) => {
    const { input, history } = state.processes
    if (input?.kind !== 'filter' || history.length === 0) return to(state)
    const at = Math.max(-1, Math.min(history.length - 1, (input.historyAt ?? -1) + step))
    const changed = withInput(state, typed(history[at] ?? ''))
    const line = changed.processes.input?.line ?? typed('')
    return to(withProcesses(changed, { input: { kind: 'filter', line, historyAt: at } }))
  }
}

function complete(state: ViewState): Step {
  const { input } = state.processes
  if (input === undefined) return to(state)
  const [best] = completeKey(input.line.text, input.line.text.length)
  return to(best === undefined ? state : withInput(state, insert(typed(input.line.text), best.insert)))
}

function findStep(step: 1 | -1): Run {
  return (state) => {
    const text = state.processes.input?.line.text ?? state.processes.found ?? ''
    if (text.trim() === '') return to(state)
    const from = listOf(state, 'processes').selected + step
    return to(withProcesses(state, { found: text, finding: { text, from, step } }))
  }
}

export const filterCommands: Commands = {
  filter: openFilter,
  'filter.keep': keepFilter,
  'filter.clear': (state) => to(withProcesses(toTop(doneTyping(state)), { filter: '' })),
  'filter.complete': complete,
  'filter.older': recall(1),
  'filter.newer': recall(-1),
  find: (state) =>
    to(
      withProcesses(
        { ...state, focus: 'processes' },
        { input: { kind: 'find', line: typed(state.processes.found ?? '') } },
      ),
    ),
  'find.next': findStep(1),
  'find.previous': findStep(-1),
  'find.done': (state) => to(doneTyping(state)),
}
