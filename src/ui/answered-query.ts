import type { ProcessAnswer } from '../model/processes.ts'
import { listOf, select, type ViewState, without } from './state.ts'

function goTo(state: ViewState, index: number, { matched }: ProcessAnswer, visible: number): ViewState {
  return index === listOf(state, 'processes').selected ? state : select(state, 'processes', index, matched, visible)
}

/** The state after an answer to its question: the selection goes where the answer says a sought or a followed process stands. `visible` rows of the list can be seen. */
export function afterAnswer(state: ViewState, answer: ProcessAnswer, visible: number): ViewState {
  const { finding, follow } = state.processes
  let next = state
  // While not everything was read somebody nearer may turn up.
  if (finding !== undefined && !answer.pending) {
    next = { ...state, processes: without(state.processes, 'finding') }
    if (answer.foundIndex === undefined) next = { ...next, notice: `nothing here has "${finding.text}"` }
    else next = goTo(next, answer.foundIndex, answer, visible)
  }
  if (follow === undefined) return next
  if (answer.followIndex !== undefined) return goTo(next, answer.followIndex, answer, visible)
  if (answer.followRow !== undefined) return next
  const notice = 'the process that was followed has ended'
  return { ...next, processes: without(next.processes, 'follow'), notice }
}
