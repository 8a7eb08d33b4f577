import type { Command as SourceCommand } from '../../model/source.ts'
import { keyText } from '../key-text.ts'
import type { Context, KeyBinding } from '../keys/binding.ts'
import { pageOf, type ViewState, without } from '../state.ts'
import { UNICODE } from '../theme/glyphs.ts'
import { choicesOf } from './choices.ts'
import { contextsOf } from './contexts.ts'

/** Panels of the home screen with commands of their own: these are also the contexts of their keys. */
const ROWS_PANELS = ['processes', 'services', 'log'] as const
type RowsPanel = (typeof ROWS_PANELS)[number]

function rowsPanel(context: Context): RowsPanel | undefined {
  return ROWS_PANELS.find((panel) => panel === context)
}

/** A line of the palette: something that can be done right now. */
export interface Entry {
  readonly command: string
  readonly label: string
  readonly help: string
  /** Keys that do it, by their names in the table. */
  readonly keys: readonly string[]
  /** It is done to the rows of a panel, which gets the focus first. */
  readonly ofPanel?: RowsPanel
}

/** The table without what the source cannot do. */
export function usable(keys: readonly KeyBinding[], can: ReadonlySet<SourceCommand['kind']>): readonly KeyBinding[] {
  return keys.filter(({ needs }) => needs === undefined || can.has(needs))
}

/** Moving in a list is a matter of keys: it stands last. */
const LATER: readonly Context[] = ['list', 'always', 'terminal']

/** Panels have their names in the palette, which is itself what it is opened from. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'focus.number',
  'watch.number',
  'check.number',
  'alert.number',
  'palette',
])

/** Everything that means something on the page, whatever lies over it: the commands of its keys, then the choices that have a name. */
export function entriesOf(state: ViewState, bindings: readonly KeyBinding[]): readonly Entry[] {
  const page = {
    ...without(state, 'overlay'),
    processes: without(state.processes, 'input'),
    services: without(state.services, 'input'),
    log: without(state.log, 'input'),
  }
  const here = new Set<Context>([...contextsOf(page), 'terminal'])
  const where = pageOf(page)
  if (where === 'home') for (const panel of ROWS_PANELS) here.add(panel)
  const rank = ({ context }: KeyBinding) => (rowsPanel(context) !== undefined ? 0 : LATER.includes(context) ? 2 : 1)
  const choices = choicesOf(page)
  const named = new Set(choices.map(({ command }) => command))
  const listed = bindings.filter(({ context, command }) => here.has(context) && !LEFT_OUT.has(command))
  // What can be done anywhere on the page needs no panel to be done to.
  const anywhere = new Set(
    listed.filter(({ context }) => rowsPanel(context) === undefined).map(({ command }) => command),
  )
  const rows = listed.filter(({ context, command }) => rowsPanel(context) === undefined || !anywhere.has(command))
  const fromTable = [0, 1, 2].map((part) =>
    rows
      .filter((row) => rank(row) === part && !named.has(row.command))
      .map((row): Entry => {
        const { command, name, help, keys, context } = row
        const ofPanel = rowsPanel(context)
        const entry = { command, label: name, help: help === name ? '' : help, keys }
        return ofPanel === undefined ? entry : { ...entry, ofPanel }
      }),
  )
  const numbering = where === 'home' ? 'focus.number' : `${where}.number`
  const numbers = bindings.find(({ command }) => command === numbering)?.keys ?? []
  const fromChoices = choices.map(({ command, label, help, panel }): Entry => {
    const number = panel === undefined ? undefined : numbers[Number(panel.key) - 1]
    const keys = rows.find((row) => row.command === command)?.keys ?? (number === undefined ? [] : [number])
    return { command, label, help, keys }
  })
  return [...(fromTable[0] ?? []), ...(fromTable[1] ?? []), ...fromChoices, ...(fromTable[2] ?? [])]
}

/** How far a word is from an entry, 0 nearest; undefined when it is not there. `loose`: its letters in their order are enough. */
function distance(exact: string, { label, help, command, keys }: Entry, loose: boolean): number | undefined {
  const word = exact.toLowerCase()
  if (keys.includes(exact) || keys.some((key) => keyText(key, UNICODE).toLowerCase() === word)) return 0
  const name = label.toLowerCase()
  if (name.startsWith(word)) return 1
  if (name.includes(` ${word}`)) return 2
  if (name.includes(word)) return 3
  const text = ` ${help.toLowerCase()}`
  if (text.includes(` ${word}`)) return 4
  if (text.includes(word)) return 5
  if (command.includes(word)) return 6
  return loose && isWithin(word, name) ? 7 : undefined
}

/** Whether the letters of `word` stand in `text` in this order. */
function isWithin(word: string, text: string): boolean {
  let at = 0
  for (const letter of word) {
    at = text.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}

/** The entries that every word of a query is found in, the best first; where there is none, those with its letters in their order. Without a query all of them. */
export function matching(entries: readonly Entry[], query: string): readonly Entry[] {
  const words = query.split(' ').filter((word) => word !== '')
  if (words.length === 0) return entries
  const found = ranked(entries, words, false)
  return found.length > 0 ? found : ranked(entries, words, true)
}

function ranked(entries: readonly Entry[], words: readonly string[], loose: boolean): readonly Entry[] {
  return entries
    .flatMap((entry) => {
      const far = words.flatMap((word) => distance(word, entry, loose) ?? [])
      return far.length < words.length ? [] : [{ entry, sum: far.reduce((sum, value) => sum + value, 0) }]
    })
    .sort((a, b) => a.sum - b.sum)
    .map(({ entry }) => entry)
}
