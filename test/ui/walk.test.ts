import { expect, test } from 'vitest'
import { contextsOf } from '../../src/ui/commands/contexts.ts'
import { press } from '../../src/ui/commands/press.ts'
import { inputOf } from '../../src/ui/commands/text.ts'
import { KEYS } from '../../src/ui/keys/table.ts'
import { layoutOf, panelsOf } from '../../src/ui/layout.ts'
import { Scene } from '../../src/ui/scene.ts'
import { INITIAL, type ViewState } from '../../src/ui/state.ts'
import { typed } from '../../src/ui/text-input.ts'
import { UNICODE } from '../../src/ui/theme/glyphs.ts'
import { frameOf } from '../fixtures/frame.ts'

const can = new Set(['signal'] as const)
const frame = frameOf({})
const look = { glyphs: UNICODE, charts: 'braille', depth: 'truecolor', boxed: false } as const

function after(state: ViewState, key: string): { state: ViewState; quits: boolean } {
  const step = press(state, {
    frame,
    list: { total: 30, visible: 10 },
    can,
    keys: KEYS,
    key: { name: key, ...(key.length === 1 ? { text: key } : {}) },
  })
  return { state: step.state, quits: step.effect?.kind === 'quit' }
}

function paint(state: ViewState): void {
  const scene = new Scene(look)
  const layout = layoutOf(state.columns, state.rows, state.full)
  scene.baseFromLayout(layout)
  const grid = scene.paint({
    frame,
    state,
    nowMs: frame.wallMs,
    sinceMs: frame.wallMs,
    staleMs: 3000,
    keys: [{ key: 'q', name: 'quit', command: 'quit' }],
  })
  const text = Array.from({ length: state.rows }, (_, y) => grid.rowText(y)).join('\n')
  expect(text).not.toContain('this panel failed')
}

const KEYS_THERE = [
  ...new Set(KEYS.filter((binding) => binding.context !== 'terminal').flatMap((binding) => binding.keys)),
  'x',
  'ä',
  'F12',
]

for (const [columns, rows] of [
  [120, 40],
  [80, 24],
  [60, 20],
  [200, 60],
] as const) {
  test(`at ${columns}x${rows} every key in every panel, full or not, throws nothing, and q and Esc lead back`, () => {
    for (const panel of panelsOf(layoutOf(columns, rows))) {
      for (const full of [false, true]) {
        for (const key of KEYS_THERE) {
          const start: ViewState = { ...INITIAL, columns, rows, focus: panel, ...(full ? { full: panel } : {}) }
          const { state } = after(start, key)
          paint(state)
          for (const way of ['q', 'Esc']) {
            let now = state
            let quits = false
            for (let times = 0; times < 4 && !quits; times++) {
              // While something is typed q is a letter; Esc leaves it.
              const next = after(now, inputOf(now) ? 'Esc' : way)
              now = next.state
              quits = next.quits
            }
            expect(now.overlay, `${panel} ${key} ${way}`).toBeUndefined()
            expect(now.full, `${panel} ${key} ${way}`).toBeUndefined()
            expect(now.processes.input, `${panel} ${key} ${way}`).toBeUndefined()
            expect(quits, `${panel} ${key}: Esc never quits, q does`).toBe(way === 'q')
          }
        }
      }
    }
  })
}

test('an overlay takes the keys from the panels below', () => {
  expect(contextsOf({ ...INITIAL, overlay: { kind: 'help', query: typed(''), selected: -1 } })).toEqual([
    'always',
    'untyped',
    'help',
    'text',
  ])
})

test('typing a filter is live and goes back to the top', () => {
  let state: ViewState = { ...INITIAL, lists: { processes: { selected: 5, offset: 3 } } }
  state = after(state, '/').state
  for (const key of ['n', 'q', 'Space', 'x']) state = after(state, key).state
  expect(state.processes.filter).toBe('nq x')
  expect(state.lists.processes).toEqual({ selected: 0, offset: 0 })
  state = after(state, 'Backspace').state
  expect(state.processes.filter).toBe('nq ')
  expect(after(state, 'Enter').state).toMatchObject({ processes: { filter: 'nq ' } })
  expect(after(state, 'Esc').state).toMatchObject({ processes: { filter: '' } })
})
