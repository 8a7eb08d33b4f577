import { expect, test } from 'vitest'
import { screenLayout } from '../../src/ui/app-layout.ts'
import { KEYS } from '../../src/ui/keys/table.ts'
import { placesOf } from '../../src/ui/layout.ts'
import { type MouseContext, point } from '../../src/ui/mouse.ts'
import { footerCommandAt } from '../../src/ui/rows/footer.ts'
import type { MouseEvent } from '../../src/ui/screen/key.ts'
import { INITIAL, type ViewState } from '../../src/ui/state.ts'
import { typed } from '../../src/ui/text-input.ts'
import { SERVICES } from '../fixtures/checks.ts'
import { frameOf } from '../fixtures/frame.ts'
import { answerOf, ROWS, UNICODE_LOOK } from './lists.ts'

const STATE: ViewState = { ...INITIAL, columns: 120, rows: 40 }
const FRAME = frameOf({ processes: answerOf(ROWS) })
const FOOTER = [
  { key: '?', name: 'help', command: 'help' },
  { key: 'q', name: 'quit', command: 'quit' },
]

const context = (state: ViewState): MouseContext => ({
  frame: FRAME,
  list: { total: 30, visible: 9 },
  can: new Set(['signal'] as const),
  keys: KEYS,
  key: { name: 'Mouse' },
  place: (name) => placesOf(screenLayout(state)).get(name),
  rowsOf: () => ({ total: 30, visible: 9 }),
  look: UNICODE_LOOK,
  footer: FOOTER,
})
const event = (x: number, y: number, action: MouseEvent['action'] = 'press'): MouseEvent => ({
  action,
  ...(action === 'press' ? { button: 'left' as const } : {}),
  x,
  y,
  shift: false,
  alt: false,
  control: false,
})
const at = (state: ViewState, x: number, y: number, action?: MouseEvent['action']) =>
  point(state, event(x, y, action), context(state))

/** Where the process table begins. */
const TOP = placesOf(screenLayout(STATE)).get('processes')?.y ?? 0

test('a click focuses the panel below it, and in a list selects the row', () => {
  expect(at(STATE, 5, 5).state.focus).toBe('cpu')
  const { state } = at({ ...STATE, focus: 'cpu' }, 30, TOP + 4)
  expect(state.focus).toBe('processes')
  expect(state.lists.processes).toMatchObject({ selected: 2 })
})

test('a click on a heading sorts by it, a second one the other way round', () => {
  const line = 'PID  USER       CPU %  LAST MIN       MEM'
  const memory = 4 + 4 + line.indexOf('MEM')
  const once = at(STATE, memory, TOP + 1).state
  expect(once.processes).toMatchObject({ sort: 'memory', reverse: false })
  expect(at(once, memory, TOP + 1).state.processes).toMatchObject({ sort: 'memory', reverse: true })
})

test('a click on the selected row opens it', () => {
  const selected = at(STATE, 30, TOP + 2)
  expect(selected.state.watch?.target).toMatchObject({ kind: 'process', id: { pid: ROWS[0]?.pid } })
})

test('a click on the selected service opens its page, below a heading row where there is one', () => {
  const frame = frameOf({ checks: SERVICES })
  for (const [columns, rows, top] of [
    [120, 40, 1],
    [200, 60, 2],
  ] as const) {
    const state: ViewState = { ...STATE, columns, rows }
    const place = placesOf(screenLayout(state)).get('services') ?? { x: 0, y: 0 }
    const click = (from: ViewState, row: number) =>
      point(from, event(place.x + 5, place.y + top + row), { ...context(from), frame }).state
    const selected = click(state, 1)
    expect(selected).toMatchObject({ focus: 'services', lists: { services: { selected: 1 } } })
    expect(click(selected, 1)).toMatchObject({ focus: 'check-latency', check: { name: 'api' } })
  }
})

test('the wheel moves in the list below it, wherever the focus is', () => {
  const down = at({ ...STATE, focus: 'cpu' }, 30, TOP + 4, 'wheel-down').state
  expect(down).toMatchObject({ focus: 'cpu', lists: { processes: { selected: 3 } } })
  expect(at(down, 30, TOP + 4, 'wheel-up').state.lists.processes).toMatchObject({ selected: 0 })
  expect(at(STATE, 5, 5, 'wheel-down').state).toBe(STATE)
})

test('keys of the footer can be clicked', () => {
  const x = Array.from({ length: 120 }, (_, column) => column).find(
    (column) => footerCommandAt(column, FOOTER, 120, FRAME.cost) === 'quit',
  )
  expect(at(STATE, x as number, 39).effect).toEqual({ kind: 'quit' })
})

test('nothing below an overlay can be clicked', () => {
  const covered: ViewState = { ...STATE, overlay: { kind: 'help', query: typed(''), selected: -1 } }
  expect(at(covered, 5, 5).state).toBe(covered)
})
