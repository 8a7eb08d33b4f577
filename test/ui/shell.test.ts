import { expect, test } from 'vitest'
import type { Frame } from '../../src/model/frame.ts'
import { ALERT_COMMANDS } from '../../src/model/source.ts'
import type { CommandContext, Step } from '../../src/ui/commands/command.ts'
import { entriesOf, matching } from '../../src/ui/commands/entries.ts'
import { COMMANDS, press } from '../../src/ui/commands/press.ts'
import { SETTINGS } from '../../src/ui/commands/settings.ts'
import { helpItems, helpSections } from '../../src/ui/help-items.ts'
import type { KeyBinding } from '../../src/ui/keys/binding.ts'
import { rebind } from '../../src/ui/keys/rebind.ts'
import { KEYS } from '../../src/ui/keys/table.ts'
import { isOfPage } from '../../src/ui/panels/panel-id.ts'
import { PANELS } from '../../src/ui/panels/registry.ts'
import { INITIAL, type ViewState } from '../../src/ui/state.ts'
import { answerOf, quiet, ROWS } from './lists.ts'

const HOME: ViewState = { ...INITIAL, columns: 120, rows: 40 }
const FULL: ViewState = { ...HOME, full: 'cpu', focus: 'cpu' }
const AHEAD: ViewState = { ...HOME, full: 'ahead', focus: 'ahead' }
const WATCH: ViewState = {
  ...HOME,
  focus: 'watch-cpu',
  watch: { target: { kind: 'name', name: 'nginx' }, section: 'environment', unmasked: false },
}
const CHECK: ViewState = { ...HOME, focus: 'check-latency', check: { name: 'api' } }
const ALERT: ViewState = { ...HOME, focus: 'alert-moment', alert: { id: 'x', back: { focus: 'log' } } }
const FRAME: Frame = quiet({ processes: answerOf(ROWS) })
const CAN = new Set(['signal', 'nice', 'io_class', 'affinity', 'check_now', ...ALERT_COMMANDS] as const)

function step(state: ViewState, name: string, keys: readonly KeyBinding[] = KEYS, frame: Frame = FRAME): Step {
  const context: CommandContext = {
    frame,
    list: { total: ROWS.length, visible: 10 },
    can: CAN,
    keys,
    key: { name, ...([...name].length === 1 ? { text: name } : {}) },
  }
  return press(state, context)
}

/** The state after some keys; `:` and `word Enter` in one: `after(HOME, ':', ...'theme dark', 'Enter')`. */
function after(state: ViewState, ...names: string[]): ViewState {
  return names.reduce((before, name) => step(before, name === ' ' ? 'Space' : name).state, state)
}

test('every command of the table that is of no overlay and of no line that is typed can be reached from the palette', () => {
  const typing = ['text', 'filter', 'find', 'services-filter', 'log-filter']
  const reachable = new Set(
    [HOME, FULL, AHEAD, WATCH, CHECK, ALERT].flatMap((state) => entriesOf(state, KEYS)).map(({ command }) => command),
  )
  const missing = KEYS.filter(({ group, context }) => group !== 'Overlay' && !typing.includes(context))
    .map(({ command }) => command)
    // Panels are there by their names, and the palette is where one is.
    .filter((command) => !reachable.has(command) && !command.endsWith('.number') && command !== 'palette')
  expect(missing).toEqual([])
})

test('whatever the palette lists can be run', () => {
  for (const state of [HOME, FULL, WATCH, CHECK, ALERT])
    for (const { command } of entriesOf(state, KEYS)) expect(COMMANDS[command], command).toBeTypeOf('function')
})

test('no line stands twice, and each says what it does', () => {
  for (const state of [HOME, FULL, WATCH, CHECK, ALERT]) {
    const lines = entriesOf(state, KEYS).map(({ label, help }) => `${label} ${help}`)
    expect(new Set(lines).size).toBe(lines.length)
    expect(lines.filter((line) => line.trim() === '')).toEqual([])
  }
})

test('every panel of the home screen is there by its name, and has its number', () => {
  const entries = entriesOf(HOME, KEYS)
  for (const { id, title, key } of PANELS.filter((panel) => !isOfPage(panel.id)))
    expect(entries.find(({ command }) => command === `panel.${id}`)).toMatchObject({
      label: `panel: ${title}`,
      keys: [key],
    })
})

test('what is sought stands first', () => {
  const first = (query: string) => matching(entriesOf(HOME, KEYS), query)[0]?.command
  expect(
    ['mem', 'theme dark', 'dark', 'tree', 'sort swap', 'kill', 'sig', 'F9', 'ctrl-l', 'charts'].map(first),
  ).toEqual([
    'panel.memory',
    'theme.dark',
    'theme.dark',
    'tree',
    'sort.by.swap',
    undefined,
    'signal',
    'signal',
    'redraw',
    'preset.charts',
  ])
  // Letters that were left out.
  expect(first('thmdrk')).toBe('theme.dark')
  expect(matching(entriesOf(HOME, KEYS), 'no such thing')).toEqual([])
})

test('the palette types letters, moves and runs what is selected', () => {
  expect(after(HOME, ':', 'q').overlay).toMatchObject({ kind: 'palette', query: { text: 'q' } })
  expect(after(HOME, ':', ...'sort swap', 'Enter')).toMatchObject({ processes: { sort: 'swap' } })
  expect(after(HOME, ':', ...'sort swap', 'Enter').overlay).toBeUndefined()
  expect(after(HOME, ':', ...'panel: mem', 'Enter').focus).toBe('memory')
  expect(after(HOME, ':', ...'columns', 'Enter').overlay?.kind).toBe('columns')
  const second = after(HOME, ':', ...'theme', 'Down', 'Down', 'Enter')
  expect(second.theme).toBe('light')
  expect(after(HOME, ':', ...'theme', 'Up', 'Enter').theme).toBe('mono')
  expect(after(HOME, ':', 'Esc')).toEqual(HOME)
  expect(after(HOME, ':', ...'zzz', 'Enter').overlay?.kind).toBe('palette')
})

test('what is done to processes from elsewhere goes to the process table first', () => {
  const state = after({ ...HOME, focus: 'disks' }, ':', ...'filter', 'Enter')
  expect(state.focus).toBe('processes')
  expect(state.processes.input?.kind).toBe('filter')
})

test('a command that needs a process says that none is selected', () => {
  const empty = quiet({ processes: answerOf([], { matched: 0 }) })
  const open = [':', ...'signal'].reduce((state, name) => step(state, name).state, HOME)
  expect(step(open, 'Enter', KEYS, empty).state.notice).toBe('no process is selected')
})

test('commands of the terminal can be run by name', () => {
  const open = after(HOME, ':', ...'quit at once')
  expect(step(open, 'Enter').effect).toEqual({ kind: 'quit' })
  expect(step(after(HOME, ':', ...'suspend'), 'Enter').effect).toEqual({ kind: 'suspend' })
})

test('a theme is taken by an effect, and the mouse too', () => {
  expect(step(after(HOME, ':', ...'theme mono'), 'Enter').effect).toEqual({ kind: 'theme', theme: 'mono' })
  const { state, effect } = step(HOME, 'C-t')
  expect(effect).toEqual({ kind: 'mouse', on: true })
  expect(state).toMatchObject({ mouse: true, mouseChosen: true, notice: 'mouse on: Shift selects text' })
})

test('the help lists every key outside of overlays as it is bound', () => {
  const rebound = rebind(KEYS, { tree: ['F12'], pause: ['none'] })
  if ('errors' in rebound) throw new Error('a rebinding that is right')
  const items = helpItems(HOME, rebound.keys, '')
  const keys = items.flatMap((item) => item.keys.flat())
  expect(keys).toContain('F12')
  expect(items.find(({ help }) => help.startsWith('tree'))?.keys).toEqual([['F12']])
  expect(items.some(({ command }) => command === 'pause')).toBe(false)
  const listed = new Set(keys)
  for (const { keys: own, group, command } of rebound.keys)
    if (group !== 'Overlay') for (const key of own) expect(listed, `${command} ${key}`).toContain(key)
})

test('typing in the help leaves what has all of the words: keys, texts, panels and signs', () => {
  const found = (query: string) => helpSections(HOME, KEYS, query).map(({ title, items }) => `${title} ${items.length}`)
  expect(found('memory')).toEqual(['Panels 1', 'Processes 1'])
  expect(found('F9')).toEqual(['Processes 1'])
  expect(found('warning')).toEqual(['How to read it 1'])
  expect(found('ctrl-l')).toEqual(['Program 1'])
  // A letter is a key.
  expect(helpItems(HOME, KEYS, 'K').map(({ command }) => command)).toEqual(['signal'])
  expect(found('no such word')).toEqual([])
})

test('Enter in the help does what is selected, or says that it means nothing here', () => {
  expect(after(HOME, '?', 'Enter').overlay).toBeUndefined()
  expect(after(HOME, '?', ...'memory', 'Enter').focus).toBe('memory')
  expect(after(HOME, '?', ...'sort by cpu', 'Enter').processes).toMatchObject({ sort: 'cpu', reverse: true })
  // Letters are letters once something is typed; before that q leaves, as everywhere.
  expect(after(HOME, '?', 'a', 'q').overlay).toMatchObject({ kind: 'help', query: { text: 'aq' } })
  expect(after(HOME, '?', 'q').overlay).toBeUndefined()
  expect(after(HOME, '?', ...'secrets', 'Enter').notice).toBe('that means nothing on this page')
  expect(after(HOME, '?', ...'zzz', 'Enter').overlay?.kind).toBe('help')
})

test('the arrows go through all of the help, round both ends', () => {
  const count = helpItems(HOME, KEYS, '').length
  const at = (state: ViewState) => (state.overlay?.kind === 'help' ? state.overlay.selected : undefined)
  expect(at(after(HOME, '?'))).toBe(-1)
  expect(at(after(HOME, '?', 'Down'))).toBe(0)
  expect(at(after(HOME, '?', 'Up'))).toBe(count - 1)
  expect(at(after(HOME, '?', 'Up', 'Down'))).toBe(0)
  expect(at(after(HOME, '?', 'PgDn', 'PgDn', 'PgUp'))).toBe(9)
})

test('each setting goes through its choices and comes round, and takes them at once', () => {
  for (const [index, setting] of SETTINGS.entries()) {
    const open: ViewState = { ...HOME, overlay: { kind: 'settings', selected: index } }
    if (setting.dialog !== undefined) {
      expect(after(open, 'Enter').overlay?.kind, setting.name).toBe(setting.dialog)
      expect(after(open, 'Right'), setting.name).toEqual(open)
      continue
    }
    const first = setting.chosen(open)
    const seen = new Set<number>()
    let state = open
    for (const _ of setting.choices(open)) {
      seen.add(setting.chosen(state))
      expect(setting.help(state), setting.name).not.toBe('')
      state = after(state, 'Right')
    }
    expect(seen.size, setting.name).toBe(setting.choices(open).length)
    expect(setting.chosen(state), setting.name).toBe(first)
    expect(setting.chosen(after(state, 'Left', 'Right')), setting.name).toBe(first)
  }
})

test('numbers stay with the panels whatever keys they are bound to', () => {
  const rebound = rebind(KEYS, { 'focus.number': ['F11', 'F12'] })
  if ('errors' in rebound) throw new Error('a rebinding that is right')
  expect(step(HOME, 'F12', rebound.keys).state.focus).toBe('memory')
  expect(step(HOME, '2', rebound.keys).state.focus).toBe('processes')
  expect(entriesOf(HOME, rebound.keys).find(({ command }) => command === 'panel.memory')?.keys).toEqual(['F12'])
})
