import { expect, test } from 'vitest'
import type { Frame } from '../../src/model/frame.ts'
import { screenLayout } from '../../src/ui/app-layout.ts'
import { CHECK_PANELS } from '../../src/ui/check-layout.ts'
import { press } from '../../src/ui/commands/press.ts'
import { inputOf } from '../../src/ui/commands/text.ts'
import { KEYS } from '../../src/ui/keys/table.ts'
import { placesOf } from '../../src/ui/layout.ts'
import { panelOf } from '../../src/ui/panels/registry.ts'
import { Scene } from '../../src/ui/scene.ts'
import { INITIAL, listOf, panelView, type ViewState } from '../../src/ui/state.ts'
import { UNICODE } from '../../src/ui/theme/glyphs.ts'
import { API, SERVICES } from '../fixtures/checks.ts'
import { frameOf } from '../fixtures/frame.ts'

const can = new Set(['check_now'] as const)
const look = { glyphs: UNICODE, charts: 'braille', depth: 'truecolor', boxed: false } as const
const FRAME = frameOf({ checks: SERVICES })
const GONE = frameOf({ checks: SERVICES.filter((check) => check !== API) })
const SIZES = [
  [120, 40],
  [80, 24],
  [60, 20],
] as const

const page = (columns: number, rows: number): ViewState => ({
  ...INITIAL,
  columns,
  rows,
  focus: 'check-latency',
  check: { name: 'api' },
})

function listOn(state: ViewState, frame: Frame): { total: number; visible: number } {
  const panel = panelOf(state.focus)
  const view = panelView(state, state.focus)
  const layout = screenLayout(state)
  const place = placesOf(layout).get(state.focus)
  if (place === undefined) return { total: 0, visible: 1 }
  const { boxed } = layout
  return panel?.rows?.(panel.select(frame, view), place, { ...look, boxed }, view) ?? { total: 0, visible: 1 }
}

function after(state: ViewState, key: string, frame: Frame = FRAME): { state: ViewState; quits: boolean } {
  const step = press(state, {
    frame,
    list: listOn(state, frame),
    can,
    keys: KEYS,
    key: { name: key, ...(key.length === 1 ? { text: key } : {}) },
  })
  return { state: step.state, quits: step.effect?.kind === 'quit' }
}

function screen(state: ViewState, frame: Frame = FRAME): string {
  const scene = new Scene(look)
  scene.baseFromLayout(screenLayout(state))
  const grid = scene.paint({ frame, state, nowMs: frame.wallMs, sinceMs: frame.wallMs, staleMs: 3000, keys: [] })
  const text = Array.from({ length: state.rows }, (_, y) => grid.rowText(y)).join('\n')
  expect(text).not.toContain('this panel failed')
  return text
}

const KEYS_THERE = [
  ...new Set(KEYS.filter((binding) => binding.context !== 'terminal').flatMap((binding) => binding.keys)),
  'ä',
  'F12',
]

for (const [columns, rows] of SIZES) {
  test(`at ${columns}x${rows} every key in every panel of the page leads back with q and Esc, and Esc never quits`, () => {
    const painted = new Set<string>()
    for (const focus of CHECK_PANELS) {
      for (const full of [false, true]) {
        for (const frame of [FRAME, GONE]) {
          for (const key of KEYS_THERE) {
            const start: ViewState = { ...page(columns, rows), focus, ...(full ? { full: focus } : {}) }
            const { state } = after(start, key, frame)
            // What looks the same need not be painted again: many keys change nothing.
            const { paused, ...seen } = state
            const sight = JSON.stringify({
              ...seen,
              notice: undefined,
              paused: paused !== undefined,
              gone: frame === GONE,
            })
            if (!painted.has(sight)) screen(state, frame)
            painted.add(sight)
            for (const way of ['q', 'Esc']) {
              let now = state
              let quits = false
              for (let times = 0; times < 6 && !quits; times++) {
                // While something is typed q is a letter; Esc leaves it.
                const next = after(now, inputOf(now) ? 'Esc' : way, frame)
                now = next.state
                quits = next.quits
              }
              expect(now, `${focus} ${full} ${key} ${way}`).not.toHaveProperty('check')
              expect(now.overlay, `${focus} ${key} ${way}`).toBeUndefined()
              expect(now.full, `${focus} ${key} ${way}`).toBeUndefined()
              expect(quits, `${focus} ${key}`).toBe(way === 'q')
            }
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
