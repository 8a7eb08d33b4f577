import type { Frame } from '../../model/frame.ts'
import { type LogRow, listedLog, recordsById } from '../panels/log/entries.ts'
import { listOf, type ViewState, withLog, without } from '../state.ts'
import { typed } from '../text-input.ts'
import { openAlert } from './alert-target.ts'
import { type CommandContext, type Commands, logToTop, type Run, type Step, to } from './command.ts'
import { globalCommands } from './global.ts'
import { backTo } from './leave.ts'

const NOTHING = 'nothing has happened yet'

/** The entry the selection stands on. */
function selectedEntry(state: ViewState, frame: Frame): LogRow | undefined {
  return listedLog(frame, state.log).rows[listOf(state, 'log').selected]
}

/** The page of its alert, or of the check that turned; an entry without either is shown with the others in full. */
function open(state: ViewState, context: CommandContext): Step {
  const { frame } = context
  const event = selectedEntry(state, frame)?.event
  if (event?.alert !== undefined && recordsById(frame.records).has(event.alert)) {
    return to(openAlert(state, event.alert))
  }
  if (event?.kind === 'check' && frame.checks.some(({ definition }) => definition.name === event.subject)) {
    const check = { name: event.subject, back: backTo(state) }
    return to({ ...without(state, 'full'), focus: 'check-latency', check })
  }
  if (event?.alert !== undefined) return to({ ...state, notice: 'no more is kept of this alert than this line' })
  return globalCommands.open?.(state, context) ?? to(state)
}

/** Lists the alerts of an incident below its first, or folds them into it again; from one of them the way is to its first. */
function unfold(wanted: boolean): Run {
  return (state, { frame }) => {
    const row = selectedEntry(state, frame)
    const { opened } = state.log
    const id = row?.incident?.id ?? (row?.member === undefined ? undefined : row.record?.alert.incident)
    if (id === undefined || opened.includes(id) === wanted) return to(state)
    const head = listedLog(frame, state.log).rows.find(({ incident }) => incident?.id === id)
    const others = opened.filter((one) => one !== id)
    return to(
      withLog(state, {
        opened: wanted ? [...others, id] : others,
        ...(head !== undefined && { selected: head.key }),
      }),
    )
  }
}

function openFilter(state: ViewState, { frame }: CommandContext): Step {
  if (frame.events.length === 0) return to({ ...state, notice: NOTHING })
  return to(withLog({ ...state, focus: 'log' }, { input: typed(state.log.filter) }))
}

function copy(state: ViewState, { frame }: CommandContext): Step {
  const event = selectedEntry(state, frame)?.event
  if (event === undefined) return to({ ...state, notice: NOTHING })
  const { wallMs, subject, text, cause } = event
  const line = [new Date(wallMs).toISOString(), subject, text, ...(cause === undefined ? [] : [`(${cause})`])].join(' ')
  return { state, effect: { kind: 'copy', text: line, done: 'entry copied' } }
}

export const logCommands: Commands = {
  'log.open': open,
  'log.filter': openFilter,
  'log.filter.keep': (state) => to({ ...state, log: without(state.log, 'input') }),
  'log.filter.clear': (state) => to(logToTop({ ...state, log: { ...without(state.log, 'input'), filter: '' } })),
  'log.unfold': unfold(true),
  'log.fold': unfold(false),
  'log.copy': copy,
}
