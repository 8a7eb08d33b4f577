import { SIGNALS } from '../../model/signals.ts'
import type { Scheduling } from '../../model/source.ts'
import { coreGrid } from '../overlays/core-grid.ts'
import { type ActionOverlay, isAction } from '../state.ts'
import { coresThere, IO_CLASSES, IO_LEVELS, levelOf, NICE_FIRST, NICE_LAST } from './action-orders.ts'
import { type CommandContext, type Commands, type Run, to } from './command.ts'

/** Rows that PgUp and PgDn go. */
const PAGE = 8
const NICE_PAGE = 5

/** Changes the dialog of one kind. */
function change(
  kind: ActionOverlay['kind'],
  make: (overlay: ActionOverlay, context: CommandContext, columns: number) => Partial<ActionOverlay>,
): Run {
  return (state, context) => {
    const { overlay, columns } = state
    if (!isAction(overlay) || overlay.kind !== kind) return to(state)
    return to({ ...state, overlay: { ...overlay, ...make(overlay, context, columns) } })
  }
}

function within(value: number, first: number, last: number): number {
  return Math.max(first, Math.min(last, value))
}

/** The signal whose name (a letter) or number (a digit) begins with what was typed: the first in the list; the same again: the next one. */
function jump(overlay: ActionOverlay, character: string): Partial<ActionOverlay> {
  const typed = character.toUpperCase()
  const from = overlay.typed === typed ? overlay.selected + 1 : 0
  for (let step = 0; step < SIGNALS.length; step++) {
    const selected = (from + step) % SIGNALS.length
    const signal = SIGNALS[selected]
    if (signal?.name.slice(3).startsWith(typed) || String(signal?.number).startsWith(typed)) return { selected, typed }
  }
  return {}
}

/** To the next or previous choice of a list; round its end. */
const cycle = (kind: ActionOverlay['kind'], count: number, step: number) =>
  change(kind, ({ selected }) => ({ selected: (selected + step + count) % count }))

const signal = (step: (selected: number) => number) =>
  change('signal', ({ selected }) => ({ selected: within(step(selected), 0, SIGNALS.length - 1) }))

const nice = (step: (value: number) => number) =>
  change('nice', ({ value }) => ({ value: within(step(value ?? 0), NICE_FIRST, NICE_LAST) }))

const level = (step: (value: number, key: string) => number) =>
  change('io_class', (overlay, { key }) => ({ value: within(step(levelOf(overlay), key.name), 0, IO_LEVELS - 1) }))

/** Moves in the grid of cores: not beyond its edges, and down to the last core where the row below is shorter. */
function move(step: (index: number, across: number, count: number) => number): Run {
  return change('affinity', (overlay, _, columns) => {
    const there = coresThere(overlay)
    if (there === undefined || there.length === 0) return {}
    const { across } = coreGrid(there, columns)
    return { selected: within(step(overlay.selected, across, there.length), 0, there.length - 1) }
  })
}

function down(index: number, across: number, count: number): number {
  const lastRow = Math.floor((count - 1) / across)
  return Math.floor(index / across) === lastRow ? index : index + across
}

const choose = (make: (there: readonly number[], overlay: ActionOverlay) => readonly number[]) =>
  change('affinity', (overlay) => {
    const there = coresThere(overlay)
    return there === undefined ? {} : { cores: make(there, overlay) }
  })

function toggled(there: readonly number[], { cores = [], selected }: ActionOverlay): readonly number[] {
  const core = there[selected]
  return there.filter((one) => (one === core ? !cores.includes(one) : cores.includes(one)))
}

/** The value all of them have; undefined where they differ or one is not known. */
export function common<T>(current: readonly Scheduling[], of: (one: Scheduling) => T | undefined): T | undefined {
  const values = current.map(of)
  const [first] = values
  return values.every((value) => JSON.stringify(value) === JSON.stringify(first)) ? first : undefined
}

/** A dialog begins with what its targets have now, unless somebody has already chosen something else. */
export function adopted(overlay: ActionOverlay): ActionOverlay {
  const { kind, current = [], cores, selected, value } = overlay
  if (kind === 'affinity' && cores === undefined) {
    const may = new Set(current.flatMap(({ affinity = [] }) => affinity))
    return { ...overlay, cores: (coresThere(overlay) ?? []).filter((core) => may.has(core)) }
  }
  if (kind !== 'io_class' || selected !== 0 || value !== undefined) return overlay
  const [name, number] = (common(current, ({ ioClass }) => ioClass) ?? 'none').split(' ')
  const at = IO_CLASSES.findIndex(({ id }) => id === name)
  return { ...overlay, selected: Math.max(0, at), ...(number === undefined ? {} : { value: Number(number) }) }
}

/** What changes the choice in the dialogs of actions. */
export const changeCommands: Commands = {
  'signal.up': cycle('signal', SIGNALS.length, -1),
  'signal.down': cycle('signal', SIGNALS.length, 1),
  'signal.jump': change('signal', (overlay, { key }) => jump(overlay, key.name)),
  'signal.page.up': signal((selected) => selected - PAGE),
  'signal.page.down': signal((selected) => selected + PAGE),
  'signal.first': signal(() => 0),
  'signal.last': signal(() => SIGNALS.length - 1),
  'nice.less': nice((value) => value - 1),
  'nice.more': nice((value) => value + 1),
  'nice.page.less': nice((value) => value - NICE_PAGE),
  'nice.page.more': nice((value) => value + NICE_PAGE),
  'nice.first': nice(() => NICE_FIRST),
  'nice.last': nice(() => NICE_LAST),
  'io_class.up': cycle('io_class', IO_CLASSES.length, -1),
  'io_class.down': cycle('io_class', IO_CLASSES.length, 1),
  'io_class.less': level((value) => value - 1),
  'io_class.more': level((value) => value + 1),
  'io_class.level': level((_, key) => Number(key)),
  'affinity.left': move((index) => index - 1),
  'affinity.right': move((index) => index + 1),
  'affinity.up': move((index, across) => (index < across ? index : index - across)),
  'affinity.down': move(down),
  'affinity.page.up': move((index, across) => index - across * PAGE),
  'affinity.page.down': move((index, across) => index + across * PAGE),
  'affinity.first': move(() => 0),
  'affinity.last': move((_, __, count) => count - 1),
  'affinity.toggle': choose(toggled),
  'affinity.all': choose((there) => there),
  'affinity.none': choose(() => []),
}
