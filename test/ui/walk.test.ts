import { expect, test } from 'vitest'
import { contextsOf } from '../../src/ui/commands/contexts.ts'
import { layoutOf, panelsOf } from '../../src/ui/layout.ts'
import { INITIAL, type ViewState } from '../../src/ui/state.ts'
import { typed } from '../../src/ui/text-input.ts'
import { frameOf } from '../fixtures/frame.ts'
import { AHEAD } from '../fixtures/limits.ts'
import { KEYS_THERE, SIZES, walk } from './walking.ts'

const { after, leadsBack } = walk(frameOf({ forecasts: AHEAD }), ['signal'])

for (const [columns, rows] of [...SIZES, [200, 60]] as const) {
  test(`at ${columns}x${rows} every key in every panel, full or not, throws nothing, and q and Esc lead back`, () => {
    for (const panel of panelsOf(layoutOf(columns, rows))) {
      for (const full of [false, true]) {
        for (const key of KEYS_THERE) {
          const start: ViewState = { ...INITIAL, columns, rows, focus: panel, ...(full ? { full: panel } : {}) }
          leadsBack(start, key, (state, what) => {
            expect(state, what).not.toHaveProperty('watch')
            expect(state, what).not.toHaveProperty('check')
            expect(state, what).not.toHaveProperty('alert')
          })
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
