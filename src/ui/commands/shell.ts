import { helpItems } from '../help-items.ts'
import { type Overlay, type ViewState, without } from '../state.ts'
import { typed } from '../text-input.ts'
import { type CommandContext, type Commands, type Run, type Step, to } from './command.ts'
import { type Entry, entriesOf, matching, usable } from './entries.ts'
import { focus } from './global.ts'
import { SETTINGS, withMouse } from './settings.ts'

/** Lines that PgUp and PgDn move. */
const PAGE = 10

type Listing = Extract<Overlay, { kind: 'help' | 'palette' }>

function listing({ overlay }: ViewState): Listing | undefined {
  return overlay?.kind === 'help' || overlay?.kind === 'palette' ? overlay : undefined
}

/** The entries the palette lists now. */
function paletteEntries(state: ViewState, { query }: Listing, { keys, can }: CommandContext): readonly Entry[] {
  return matching(entriesOf(state, usable(keys, can)), query.text)
}

function countOf(state: ViewState, overlay: Listing, context: CommandContext): number {
  return overlay.kind === 'palette'
    ? paletteEntries(state, overlay, context).length
    : helpItems(state, usable(context.keys, context.can), overlay.query.text).length
}

/** Moves the selection; single steps go round the end. */
function move(step: number): Run {
  return (state, context) => {
    const overlay = listing(state)
    if (overlay === undefined) return to(state)
    const count = countOf(state, overlay, context)
    if (count === 0) return to(state)
    const target = overlay.selected + step
    const round = Math.abs(step) === 1
    const selected = round
      ? overlay.selected < 0 && step < 0
        ? count - 1
        : (target + count) % count
      : Math.max(0, Math.min(count - 1, target))
    return to({ ...state, overlay: { ...overlay, selected } })
  }
}

/** Leaves the overlay and goes on with a command, where it means something on the page below. */
function goOn(state: ViewState, command: string, context: CommandContext): Step {
  const page = without(state, 'overlay')
  const entry = entriesOf(state, usable(context.keys, context.can)).find((one) => one.command === command)
  if (entry === undefined) return to({ ...page, notice: 'that means nothing on this page' })
  const { ofPanel } = entry
  const ready = ofPanel !== undefined && page.focus !== ofPanel ? focus(page, ofPanel) : page
  return { state: ready, next: command }
}

function run(state: ViewState, context: CommandContext): Step {
  const overlay = listing(state)
  if (overlay === undefined) return to(state)
  if (overlay.kind === 'palette') {
    const entry = paletteEntries(state, overlay, context)[overlay.selected]
    return entry === undefined ? to(state) : goOn(state, entry.command, context)
  }
  const item = helpItems(state, usable(context.keys, context.can), overlay.query.text)[overlay.selected]
  if (item?.command !== undefined) return goOn(state, item.command, context)
  return to(item === undefined && overlay.query.text !== '' ? state : without(state, 'overlay'))
}

/** Another choice of the selected setting; the list of choices goes round. */
function change(step: number): Run {
  return (state) => {
    const { overlay } = state
    if (overlay?.kind !== 'settings') return to(state)
    const setting = SETTINGS[overlay.selected]
    if (setting?.choose === undefined) return to(state)
    const count = setting.choices(state).length
    return setting.choose(state, (setting.chosen(state) + step + count) % count)
  }
}

function openSetting(state: ViewState, context: CommandContext): Step {
  const dialog = state.overlay?.kind === 'settings' ? SETTINGS[state.overlay.selected]?.dialog : undefined
  return dialog === undefined ? change(1)(state, context) : { state: without(state, 'overlay'), next: dialog }
}

function toggleMouse(state: ViewState): Step {
  const on = !state.mouse
  const step = withMouse(state, on)
  return {
    ...step,
    state: { ...step.state, notice: on ? 'mouse on: Shift selects text' : 'mouse off: the terminal selects text' },
  }
}

/** What lies around the panels: help, palette, settings, and what the terminal's own keys do. */
export const shellCommands: Commands = {
  help: (state) => to({ ...state, overlay: { kind: 'help', query: typed(''), selected: -1 } }),
  palette: (state) => to({ ...state, overlay: { kind: 'palette', query: typed(''), selected: 0 } }),
  settings: (state) => to({ ...state, overlay: { kind: 'settings', selected: 0 } }),
  mouse: toggleMouse,
  'entry.up': move(-1),
  'entry.down': move(1),
  'entry.page.up': move(-PAGE),
  'entry.page.down': move(PAGE),
  'entry.run': run,
  'settings.less': change(-1),
  'settings.more': change(1),
  'settings.open': openSetting,
  'quit.now': (state) => ({ state, effect: { kind: 'quit' } }),
  suspend: (state) => ({ state, effect: { kind: 'suspend' } }),
}
