import { choicesOf } from './commands/choices.ts'
import { keyText } from './key-text.ts'
import type { KeyBinding } from './keys/binding.ts'
import { pageOf, type ViewState } from './state.ts'
import { type Glyphs, UNICODE } from './theme/glyphs.ts'
import type { Token } from './theme/tokens.ts'

/** A line of the help: what keys do, or what a sign means. */
export interface HelpItem {
  /** What Enter does; absent for signs. */
  readonly command?: string
  /** Keys by their names, those of one command together. */
  readonly keys: readonly (readonly string[])[]
  readonly sign?: (glyphs: Glyphs) => string
  readonly tone: Token
  readonly help: string
}

export interface HelpSection {
  readonly title: string
  readonly items: readonly HelpItem[]
}

/** Commands that are read together: `↑ ↓  j k  row`. */
const TOGETHER: readonly (readonly [help: string, ...commands: string[]])[] = [
  ['row', 'move.up', 'move.down'],
  ['page', 'page.up', 'page.down'],
  ['first, last', 'move.first', 'move.last'],
  ['next, previous panel', 'focus.next', 'focus.previous'],
  ['less, more time in charts', 'zoom.in', 'zoom.out'],
  ['columns left, right', 'shift.left', 'shift.right'],
  ['by cpu, memory, time, writes', 'sort.cpu', 'sort.memory', 'sort.time', 'sort.writes'],
  ['tag it, untag all', 'tag', 'tag.none'],
  ['fold it, fold all', 'fold', 'fold.all'],
  ["its threads, the kernel's", 'threads', 'threads.kernel'],
  ['copy its command line, row', 'copy', 'copy.row'],
  ['environment, files, threads', 'watch.environment', 'watch.files', 'watch.threads'],
  ['next, previous check', 'check.next', 'check.previous'],
  ['next, previous alert', 'alert.next', 'alert.previous'],
  ['acknowledge, silence it', 'alert.acknowledge', 'alert.silence'],
  ['unfold, fold incident', 'log.unfold', 'log.fold'],
  ['instance before, after', 'watch.previous', 'watch.next'],
]

const GROUPS: readonly KeyBinding['group'][] = [
  'Move',
  'View',
  'Watching',
  'Checking',
  'Processes',
  'Services',
  'Alerts',
  'Program',
]

const SIGNS: readonly (readonly [sign: string | ((glyphs: Glyphs) => string), help: string, tone: Token])[] = [
  [(glyphs) => glyphs.critical, 'critical: act', 'crit'],
  [(glyphs) => glyphs.warning, 'warning: look', 'warn'],
  [(glyphs) => glyphs.well, 'well', 'ok'],
  [(glyphs) => glyphs.unknown, 'not known', 'unknown'],
  [(glyphs) => glyphs.event, 'something happened', 'dim'],
  [
    ({ gauge }) => gauge.used.repeat(4) + gauge.soon.repeat(2) + gauge.rest + gauge.limit,
    'used, in a day, limit',
    'disk',
  ],
  [(glyphs) => `${glyphs.now} now`, 'left of it is the past', 'dim'],
  ['stalled', 'time a task had to wait', 'text'],
  ['CPU %', 'panel: all cores, process: one core', 'text'],
  [(glyphs) => glyphs.zero, 'zero; empty: not known', 'faint'],
]

/** Rows of one command in one context are one item. */
function joined(rows: readonly KeyBinding[]): KeyBinding[] {
  const first = new Map<string, KeyBinding>()
  for (const row of rows) {
    const place = `${row.context} ${row.command}`
    const before = first.get(place)
    first.set(place, before === undefined ? row : { ...before, keys: [...before.keys, ...row.keys] })
  }
  return [...first.values()]
}

/** Items of rows, one each, or with those that are read together in one. */
function itemsOf(rows: readonly KeyBinding[], together: boolean): HelpItem[] {
  const items: HelpItem[] = []
  const said = new Set<KeyBinding>()
  for (const row of rows) {
    if (said.has(row)) continue
    const [help, ...commands] = (together && TOGETHER.find((line) => line.includes(row.command))) || []
    const found = rows.filter(({ command, context }) => commands.includes(command) && context === row.context)
    const parts = found.length > 1 ? found : [row]
    for (const part of parts) said.add(part)
    items.push({
      command: row.command,
      keys: parts.map(({ keys }) => keys),
      tone: 'accent',
      help: parts.length > 1 && help !== undefined ? help : row.help,
    })
  }
  return items
}

/** Panels are searched for by their names; unasked, one line about their numbers is enough. */
function panels(state: ViewState, bindings: readonly KeyBinding[]): HelpItem[] {
  const numbers = bindings.find(({ command }) => command === 'focus.number')?.keys ?? []
  return choicesOf(state).flatMap(({ command, panel }) => {
    if (panel === undefined) return []
    const number = numbers[Number(panel.key) - 1]
    return [{ command, keys: number === undefined ? [] : [[number]], tone: 'accent' as const, help: panel.title }]
  })
}

/** How the keys of an item are written: first keys together, then second ones (`↑ ↓  j k`), as far as there is room. */
export function keysText(item: HelpItem, glyphs: Glyphs, columns: number): string {
  if (item.sign !== undefined) return item.sign(glyphs)
  const [only] = item.keys
  const range = glyphs.ascii ? ' - ' : ' … '
  if (item.keys.length === 1 && only !== undefined && only.length > 4)
    return `${keyText(only[0] as string, glyphs)}${range}${keyText(only.at(-1) as string, glyphs)}`
  const most = item.keys.length === 1 ? (only?.length ?? 0) : Math.min(...item.keys.map((keys) => keys.length))
  let text = ''
  for (let index = 0; index < most; index++) {
    const next = item.keys
      .flatMap((keys) => keys.slice(index, index + 1))
      .map((key) => keyText(key, glyphs))
      .join(' ')
    if (text !== '' && text.length + 2 + next.length > columns) break
    text += text === '' ? next : `  ${next}`
  }
  return text
}

function has(item: HelpItem, title: string, words: readonly string[]): boolean {
  const names = item.keys.flat()
  const text = [title, item.help, item.command ?? '', item.sign?.(UNICODE) ?? '', ...names]
    .concat(names.map((name) => keyText(name, UNICODE)))
    .join(' ')
    .toLowerCase()
  return words.every((word) => names.includes(word) || (word.length > 1 && text.includes(word.toLowerCase())))
}

/**
 * The help: every key that means something with this source, from the one table, under the headings of the table; then the signs.
 * Keys of overlays stand in the overlays' own borders. A query leaves what has all of its words; one letter is a key.
 */
export function helpSections(state: ViewState, bindings: readonly KeyBinding[], query: string): readonly HelpSection[] {
  const words = query.split(' ').filter((word) => word !== '')
  const shown = joined(bindings.filter(({ keys, group }) => keys.length > 0 && group !== 'Overlay'))
  const groups = [...new Set(shown.map(({ group }) => group))].sort((a, b) => placeOf(a) - placeOf(b))
  const sections: HelpSection[] = groups.map((group) => {
    const rows = shown.filter((row) => row.group === group)
    // What the same keys do elsewhere too is told there.
    const own = rows.filter(
      (row) =>
        !shown.some((other) => isToldBy(other, row, state)) &&
        (words.length > 0 || !shown.some((other) => isAlike(other, row))),
    )
    return { title: group, items: itemsOf(own.filter(isFirstOf), words.length === 0) }
  })
  const signs: HelpSection = {
    title: 'How to read it',
    items: SIGNS.map(([sign, help, tone]) => ({
      keys: [],
      sign: typeof sign === 'string' ? () => sign : sign,
      tone,
      help,
    })),
  }
  if (words.length === 0) return [...sections, signs]
  return [{ title: 'Panels', items: panels(state, bindings) }, ...sections, signs]
    .map(({ title, items }) => ({ title, items: items.filter((item) => has(item, title, words)) }))
    .filter(({ items }) => items.length > 0)
}

/**
 * Whether another group tells of a row: on pages the same keys for the same command; anywhere but on the page of a check or of an alert,
 * and in a panel, the same key for the same purpose.
 */
function isToldBy(other: KeyBinding, row: KeyBinding, state: ViewState): boolean {
  if (other.group === row.group) return false
  if (row.group === 'Watching') return other.command === row.command && other.keys.join(' ') === row.keys.join(' ')
  const same = other.keys[0] === row.keys[0] && other.help === row.help
  if (row.group === 'Checking') return pageOf(state) !== 'check' && same
  if (row.group === 'Alerts') return pageOf(state) !== 'alert' && same
  return row.context === 'ahead' && same
}

/** What is done alike in several lists: it is told once, unless it is asked for. */
const ALIKE: readonly (readonly string[])[] = [
  ['open', 'services.open', 'log.open', 'alert.open'],
  ['filter', 'services.filter', 'log.filter'],
  ['services.copy', 'log.copy', 'alert.copy'],
  ['check.next', 'alert.next'],
  ['check.previous', 'alert.previous'],
]

/** Whether a row is told by the first of those that are alike, by the same key. */
function isAlike(other: KeyBinding, row: KeyBinding): boolean {
  const alike = ALIKE.find(([first]) => first === other.command)
  return alike?.includes(row.command, 1) === true && other.keys[0] === row.keys[0]
}

/** Whether no row before it says the same: what works on several pages is told once. */
function isFirstOf({ command, keys, help }: KeyBinding, index: number, rows: readonly KeyBinding[]): boolean {
  const told = rows.findIndex((row) => row.command === command && row.help === help && row.keys[0] === keys[0])
  return told === index
}

/** What is done most stands first, what is about the program as a whole last. */
function placeOf(group: KeyBinding['group']): number {
  return GROUPS.indexOf(group)
}

/** The lines of the help in their order: what the selection goes through. */
export function helpItems(state: ViewState, bindings: readonly KeyBinding[], query: string): readonly HelpItem[] {
  return helpSections(state, bindings, query).flatMap(({ items }) => items)
}
