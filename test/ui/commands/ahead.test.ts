import { expect, test } from 'vitest'
import { press } from '../../../src/ui/commands/press.ts'
import { KEYS } from '../../../src/ui/keys/table.ts'
import { INITIAL, type ViewState } from '../../../src/ui/state.ts'
import { SHOP } from '../../fixtures/checks.ts'
import { frameOf } from '../../fixtures/frame.ts'
import { AHEAD } from '../../fixtures/limits.ts'
import { WATCHED } from '../../fixtures/watched.ts'

const WIDE: ViewState = { ...INITIAL, columns: 200, rows: 60 }
const frame = frameOf({ forecasts: AHEAD, checks: [SHOP], watched: WATCHED })

const after = (state: ViewState, key: string, shown = frame) =>
  press(state, {
    frame: shown,
    list: { total: 7, visible: 7 },
    can: new Set(),
    keys: KEYS,
    key: { name: key, ...(key.length === 1 ? { text: key } : {}) },
  }).state

const on = (selected: number, state = WIDE): ViewState => ({
  ...state,
  focus: 'ahead',
  lists: { ahead: { selected, offset: 0 } },
})

test('its number focuses it; below 160 columns it is shown in full, and again leads back', () => {
  const wide = after(WIDE, '8')
  expect([wide.focus, wide.full]).toEqual(['ahead', undefined])
  const narrow: ViewState = { ...INITIAL, columns: 120, rows: 40 }
  const opened = after(narrow, '8')
  expect([opened.focus, opened.full]).toEqual(['ahead', 'ahead'])
  expect(after(opened, '8').full).toBeUndefined()
})

test('its rows are moved in', () => {
  expect(after(on(0), 'Down').lists.ahead).toEqual({ selected: 1, offset: 0 })
  expect(after(on(0), 'End').lists.ahead?.selected).toBe(6)
})

test('Enter goes to where the limit is seen: a panel, the page of the process or of the check', () => {
  expect(after(on(0), 'Enter')).toMatchObject({ focus: 'disks' })
  expect(after(on(3), 'Enter')).toMatchObject({ focus: 'memory' })
  expect(after(on(2), 'Enter')).toMatchObject({ focus: 'watch-cpu', watch: { target: WATCHED.target } })
  expect(after(on(4), 'Enter')).toMatchObject({ focus: 'check-latency', check: { name: 'shop.example' } })
})

test('from the full view it leads out of it, and counts the rows that are listed there', () => {
  const left = after({ ...on(9), full: 'ahead' }, 'Enter')
  expect(left).toMatchObject({ focus: 'disks' })
  expect(left.full).toBeUndefined()
})

test('what is gone is said to be; with nothing in the list it is shown in full', () => {
  const gone = after(on(2), 'Enter', frameOf({ forecasts: AHEAD }))
  expect([gone.focus, gone.notice]).toEqual(['ahead', 'node is not seen here any more'])
  expect(after(on(0), 'Enter', frameOf())).toMatchObject({ focus: 'ahead', full: 'ahead' })
})
