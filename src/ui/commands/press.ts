import { bindingOf } from '../keys/table.ts'
import { type ViewState, without } from '../state.ts'
import { actionCommands } from './actions.ts'
import { aheadCommands } from './ahead.ts'
import { alertCommands } from './alert.ts'
import { alertDialogCommands } from './alert-dialogs.ts'
import { checkCommands } from './check.ts'
import { choiceCommands } from './choices.ts'
import { type CommandContext, type Commands, type Step, to } from './command.ts'
import { contextsOf } from './contexts.ts'
import { filterCommands } from './filter.ts'
import { globalCommands } from './global.ts'
import { listCommands } from './list.ts'
import { logCommands } from './log.ts'
import { overlayCommands } from './overlays.ts'
import { panelCommands } from './panels.ts'
import { processCommands } from './processes.ts'
import { serviceCommands } from './services.ts'
import { shellCommands } from './shell.ts'
import { textCommands, type } from './text.ts'
import { troubleCommands } from './trouble.ts'
import { watchCommands } from './watch.ts'

/** Every command there is. A new one is a line in the file of its area and one in the table of keys. */
export const COMMANDS: Commands = {
  ...globalCommands,
  ...listCommands,
  ...troubleCommands,
  ...processCommands,
  ...serviceCommands,
  ...logCommands,
  ...aheadCommands,
  ...panelCommands,
  ...filterCommands,
  ...actionCommands,
  ...watchCommands,
  ...checkCommands,
  ...alertCommands,
  ...alertDialogCommands,
  ...overlayCommands,
  ...textCommands,
  ...shellCommands,
  ...choiceCommands,
}

/** Runs a command by its name, as a key or the palette asks for it. */
export function runCommand(command: string, state: ViewState, context: CommandContext): Step {
  const run = COMMANDS[command]
  const step = run === undefined ? to(state) : run(state, context)
  return step.next === undefined ? step : runCommand(step.next, step.state, context)
}

/** What a key does: a pure step from one view state to the next. A key that means nothing here changes nothing. */
export function press(state: ViewState, context: CommandContext): Step {
  const { key, keys, can } = context
  const binding = bindingOf(keys, key.name, contextsOf(state), can)
  const fresh: ViewState = state.notice === undefined ? state : without(state, 'notice')
  if (binding) return runCommand(binding.command, fresh, context)
  const text = key.name === 'Space' ? ' ' : key.text
  return to((text !== undefined && type(fresh, text)) || fresh)
}
