import { expect, test } from 'vitest'
import { ALERT_COMMANDS } from '../../src/model/source.ts'
import { ALERT_PANELS } from '../../src/ui/alert-layout.ts'
import { panelOf } from '../../src/ui/panels/registry.ts'
import { INITIAL, type ViewState } from '../../src/ui/state.ts'
import { alertFrame, FILLS, FULL, OVER } from './alert-records.ts'
import { KEYS_THERE, SIZES, walk } from './walking.ts'

const FRAME = alertFrame()
const GONE = alertFrame([])
const { after, screen, leadsBack } = walk(FRAME, ALERT_COMMANDS)

const page = (columns: number, rows: number, id = FILLS.alert.id): ViewState => ({
  ...INITIAL,
  columns,
  rows,
  focus: 'alert-moment',
  alert: { id, back: { focus: 'log' } },
})

const bare = (state: ViewState, what: string) => {
  for (const name of ['alert', 'check', 'watch']) expect(state, what).not.toHaveProperty(name)
}

for (const [columns, rows] of SIZES) {
  test(`at ${columns}x${rows} every key in every panel of the page leads back with q and Esc, and Esc never quits`, () => {
    for (const focus of ALERT_PANELS) {
      for (const full of [false, true]) {
        for (const frame of [FRAME, GONE]) {
          for (const key of KEYS_THERE) {
            const start = { ...page(columns, rows), focus, ...(full ? { full: focus } : {}) }
            leadsBack(start, key, bare, frame)
          }
        }
      }
    }
  })
  test(`at ${columns}x${rows} every key in the log leads back`, () => {
    for (const full of [false, true]) {
      for (const selected of [0, 1, 3, 4]) {
        const log = { filter: '', opened: [] }
        const at = { log: { selected, offset: 0 } }
        for (const key of KEYS_THERE) {
          const start: ViewState = { ...INITIAL, columns, rows, focus: 'log', log, lists: at }
          leadsBack(full ? { ...start, full: 'log' } : start, key, bare)
        }
      }
    }
  })
}

test('every panel can be seen at every size: by its number in its place, or in full where it has none', () => {
  for (const [columns, rows] of SIZES) {
    for (const number of '123456') {
      const { state } = after({ ...page(columns, rows), focus: 'alert-timeline' }, number)
      expect(panelOf(state.focus)?.key, `${columns} ${number}`).toBe(number)
      expect(screen(state)).toMatch(new RegExp(`${number} ${panelOf(state.focus)?.title}`))
    }
  }
})

test('Esc leaves the full view first and then the page, back to the full log that it was opened from', () => {
  let state: ViewState = { ...INITIAL, columns: 120, rows: 40, focus: 'log', full: 'log' }
  state = after(state, 'j').state
  state = after(state, 'Enter').state
  expect(state).toMatchObject({ focus: 'alert-moment', alert: { id: FULL.alert.id } })
  expect(state.full).toBeUndefined()
  state = after(after(state, 'f').state, 'Esc').state
  expect(state).toMatchObject({ focus: 'alert-moment', alert: { id: FULL.alert.id } })
  state = after(state, 'Esc').state
  expect(state).toMatchObject({ focus: 'log', full: 'log' })
  expect(state.alert).toBeUndefined()
})

test('Enter watches who did it, and the way back is the alert', () => {
  let state = after(page(120, 40), 'Enter').state
  expect(state.watch?.target).toMatchObject({ kind: 'process', name: 'vacuum-logs', id: { pid: 9377 } })
  state = after(state, 'Esc').state
  expect(state).toMatchObject({ focus: 'alert-suspects', alert: { id: FILLS.alert.id } })
  state = after(after(state, 'j').state, 'Enter').state
  expect(state.watch?.target).toMatchObject({ name: 'postgres' })
})

test('an earlier one is opened from what was before', () => {
  let state: ViewState = { ...page(120, 40), focus: 'alert-before' }
  state = after(after(state, 'j').state, 'Enter').state
  expect(state).toMatchObject({ focus: 'alert-moment', alert: { id: 'earlier 17' } })
  expect(screen(state)).toContain(' OVER  disk-fills-soon')
})

test('d goes to where it is seen, n to the alert before it', () => {
  expect(after(page(120, 40), 'd').state).toMatchObject({ focus: 'disks' })
  expect(after(page(120, 40), 'd').state.alert).toBeUndefined()
  expect(after(page(120, 40), 'n').state.alert?.id).toBe(OVER.alert.id)
  expect(after(after(page(120, 40), 'n').state, 'N').state.alert?.id).toBe(FILLS.alert.id)
})
