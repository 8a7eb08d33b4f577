import { listOf, select, without } from '../state.ts'
import { type Commands, type Run, to } from './command.ts'

function move(delta: (visible: number) => number): Run {
  return (state, { list }) => {
    const panel = state.processes.input === undefined ? state.focus : 'processes'
    // Who moves away from the followed process follows it no more.
    const free =
      panel === 'processes' && state.processes.follow !== undefined
        ? { ...state, processes: without(state.processes, 'follow') }
        : state
    return to(select(free, panel, listOf(state, panel).selected + delta(list.visible), list.total, list.visible))
  }
}

export const listCommands: Commands = {
  'move.up': move(() => -1),
  'move.down': move(() => 1),
  'page.up': move((visible) => -Math.max(1, visible - 1)),
  'page.down': move((visible) => Math.max(1, visible - 1)),
  'move.first': move(() => Number.NEGATIVE_INFINITY),
  'move.last': move(() => Number.POSITIVE_INFINITY),
}
