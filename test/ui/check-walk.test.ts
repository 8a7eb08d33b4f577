import { expect, test } from 'vitest'
import { CHECK_PANELS } from '../../src/ui/check-layout.ts'
import { panelOf } from '../../src/ui/panels/registry.ts'
import { INITIAL, listOf, type ViewState } from '../../src/ui/state.ts'
import { API, SERVICES } from '../fixtures/checks.ts'
import { frameOf } from '../fixtures/frame.ts'
import { KEYS_THERE, SIZES, walk } from './walking.ts'

const FRAME = frameOf({ checks: SERVICES })
const GONE = frameOf({ checks: SERVICES.filter((check) => check !== API) })
const { after, screen, leadsBack } = walk(FRAME, ['check_now'])

const page = (columns: number, rows: number): ViewState => ({
  ...INITIAL,
  columns,
  rows,
  focus: 'check-latency',
  check: { name: 'api' },
})

for (const [columns, rows] of SIZES) {
  test(`at ${columns}x${rows} every key in every panel of the page leads back with q and Esc, and Esc never quits`, () => {
    for (const focus of CHECK_PANELS) {
      for (const full of [false, true]) {
        for (const frame of [FRAME, GONE]) {
          for (const key of KEYS_THERE) {
            const start = { ...page(columns, rows), focus, ...(full ? { full: focus } : {}) }
            leadsBack(start, key, (state, what) => expect(state, what).not.toHaveProperty('check'), frame)
          }
        }
      }
    }
  })
}

test('every panel can be seen at every size: by its number in its place, or in full where it has none', () => {
  for (const [columns, rows] of SIZES) {
    for (const number of '12345678') {
      const { state } = after({ ...page(columns, rows), focus: 'check-happened' }, number)
      expect(panelOf(state.focus)?.key, `${columns} ${number}`).toBe(number)
      const title = number === '3' ? 'Last \\d+ results' : panelOf(state.focus)?.title
      expect(screen(state)).toMatch(new RegExp(`${number} ${title}`))
    }
  }
})

test('Tab goes through the panels of the page, and round', () => {
  let state = page(120, 40)
  const seen = CHECK_PANELS.map(() => {
    state = after(state, 'Tab').state
    return state.focus
  })
  expect(seen).toEqual([...CHECK_PANELS.slice(1), CHECK_PANELS[0]])
  expect(after(state, 'S-Tab').state.focus).toBe('check-headers')
})

test('a panel without a place gives the focus back when it is left', () => {
  const headers = after(page(80, 24), '8').state
  expect(headers).toMatchObject({ focus: 'check-headers', full: 'check-headers' })
  for (const key of ['Esc', '8', 'q']) {
    const left = after(headers, key).state
    expect(left.full).toBeUndefined()
    expect(left).toMatchObject({ focus: 'check-latency', check: { name: 'api' } })
  }
})

test('lists scroll by the list keys, and the selection is seen', () => {
  let state: ViewState = { ...page(120, 40), focus: 'check-results' }
  for (const key of ['f', 'j', 'PgDn', 'Down']) state = after(state, key).state
  const { selected, offset } = listOf(state, 'check-results')
  expect(selected).toBeGreaterThan(30)
  expect(offset).toBeGreaterThan(0)
  expect(screen(state)).toContain('▌')
  state = after(state, 'G').state
  expect(listOf(state, 'check-results').selected).toBe(59)
  expect(screen(state)).toMatch(/▌ +14:17:19/)
})

test('Esc leaves the full view first and then the page, back to the list', () => {
  let state = after(page(120, 40), 'f').state
  expect(state.full).toBe('check-latency')
  state = after(state, 'Esc').state
  expect(state).toMatchObject({ focus: 'check-latency', check: { name: 'api' } })
  state = after(state, 'Esc').state
  expect(state.check).toBeUndefined()
  expect(state.focus).toBe('services')
})
