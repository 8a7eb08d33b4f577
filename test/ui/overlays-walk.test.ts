import { expect, test } from 'vitest'
import { press } from '../../src/ui/commands/press.ts'
import { inputOf } from '../../src/ui/commands/text.ts'
import { mountInk } from '../../src/ui/ink.tsx'
import { KEYS } from '../../src/ui/keys/table.ts'
import { INITIAL, type ViewState } from '../../src/ui/state.ts'
import { UNICODE } from '../../src/ui/theme/glyphs.ts'
import { frameOf } from '../fixtures/frame.ts'
import { answerOf, ROWS } from './lists.ts'

const CAN = new Set(['signal', 'nice', 'io_class', 'affinity'] as const)
const FRAME = frameOf({ processes: answerOf(ROWS) })
const HOME: ViewState = { ...INITIAL, columns: 120, rows: 40 }

const ink = mountInk((error) => {
  throw error
})

function after(state: ViewState, key: string): { state: ViewState; quits: boolean } {
  const step = press(state, {
    frame: FRAME,
    list: { total: 30, visible: 10 },
    can: CAN,
    keys: KEYS,
    key: { name: key, ...(key.length === 1 ? { text: key } : {}) },
  })
  return { state: step.state, quits: step.effect?.kind === 'quit' }
}

const NAMES = [
  ...new Set(KEYS.filter(({ context }) => context !== 'terminal').flatMap(({ keys }) => keys)),
  ...['a', 'z', '7', 'ä', 'F12', 'Insert'],
]

/** Presses Esc, or q where q is no letter to type, until nothing is open any more; says whether that quit. */
function back(state: ViewState, way: 'Esc' | 'q'): { state: ViewState; quits: boolean } {
  let now = { state, quits: false }
  for (let times = 0; times < 8 && !now.quits; times++) {
    now = after(now.state, inputOf(now.state) === undefined ? way : 'Esc')
  }
  return now
}

/** What one key opens on the home screen, each once. */
const OPENED = new Map<string, { key: string; state: ViewState }>()
for (const key of NAMES) {
  const { state } = after(HOME, key)
  const kind = state.overlay?.kind ?? (state.processes.input && `the line of ${state.processes.input.kind}`)
  if (kind !== undefined && !OPENED.has(kind)) OPENED.set(kind, { key, state })
}

test('everything that can be opened was opened by a key', () => {
  const overlays = [
    'help',
    'palette',
    'settings',
    'panels',
    'sort',
    'columns',
    'signal',
    'nice',
    'io_class',
    'affinity',
  ]
  expect([...OPENED.keys()].sort()).toEqual([...overlays, 'the line of filter', 'the line of find'].sort())
})

for (const [kind, { state: open }] of OPENED) {
  test(`in ${kind} every key can be pressed, is shown, and Esc and q lead back`, () => {
    const drawn = new Set<string>()
    for (const key of NAMES) {
      const { state } = after(open, key)
      const overlay = JSON.stringify(state.overlay)
      if (overlay !== undefined && !drawn.has(overlay)) {
        drawn.add(overlay)
        const grid = ink.render({ state, glyphs: UNICODE, bindings: KEYS, version: '1.2.3', memory: '' })
        expect(Array.from({ length: 40 }, (_, y) => grid.rowText(y)).join('')).toMatch(/[╭╰]/)
      }
      for (const way of ['Esc', 'q'] as const) {
        const { state: left, quits } = back(state, way)
        expect([left.overlay, left.processes.input, left.full, left.watch], `${key}, then ${way}`).toEqual([
          undefined,
          undefined,
          undefined,
          undefined,
        ])
        expect(quits, `${key}, then ${way}: Esc never quits, q does`).toBe(way === 'q')
      }
    }
  })
}
