import { expect, test } from 'vitest'
import type { Frame } from '../../src/model/frame.ts'
import { screenLayout } from '../../src/ui/app-layout.ts'
import { press } from '../../src/ui/commands/press.ts'
import { inputOf } from '../../src/ui/commands/text.ts'
import { KEYS } from '../../src/ui/keys/table.ts'
import { panelsOf, placesOf } from '../../src/ui/layout.ts'
import type { PanelId } from '../../src/ui/panels/panel-id.ts'
import { panelOf } from '../../src/ui/panels/registry.ts'
import { Scene } from '../../src/ui/scene.ts'
import { INITIAL, listOf, panelView, type ViewState } from '../../src/ui/state.ts'
import { UNICODE } from '../../src/ui/theme/glyphs.ts'
import type { WatchView } from '../../src/ui/views.ts'
import { rowOf, SERVER, WATCHED, watchedFrame } from '../fixtures/watched.ts'

const can = new Set(['signal', 'nice', 'io_class', 'affinity'] as const)
const look = { glyphs: UNICODE, charts: 'braille', depth: 'truecolor', boxed: false } as const
const WATCH: WatchView = { target: { kind: 'name', name: 'node' }, section: 'panels', unmasked: false }
const SECTIONS = ['panels', 'environment', 'files', 'threads'] as const
const twins = watchedFrame({
  ...WATCHED,
  instances: [SERVER, rowOf({ ...SERVER, pid: 4300, startTicks: SERVER.startTicks + 1 })],
})

function after(state: ViewState, key: string, frame: Frame): { state: ViewState; quits: boolean } {
  const list = listOn(state, frame)
  const step = press(state, {
    frame,
    list,
    can,
    keys: KEYS,
    key: { name: key, ...(key.length === 1 ? { text: key } : {}) },
  })
  return { state: step.state, quits: step.effect?.kind === 'quit' }
}

function listOn(state: ViewState, frame: Frame): { total: number; visible: number } {
  const panel = panelOf(state.focus)
  const view = panelView(state, state.focus)
  const layout = screenLayout(state)
  const place = placesOf(layout).get(state.focus)
  if (place === undefined) return { total: 0, visible: 1 }
  const { boxed } = layout
  return panel?.rows?.(panel.select(frame, view), place, { ...look, boxed }, view) ?? { total: 0, visible: 1 }
}

function screen(state: ViewState, frame: Frame): string {
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

for (const [columns, rows] of [
  [120, 40],
  [80, 24],
  [60, 20],
] as const) {
  test(`at ${columns}x${rows} every key in every panel of the page leads back with q and Esc, and Esc never quits`, () => {
    const painted = new Set<string>()
    for (const section of SECTIONS) {
      const page: ViewState = { ...INITIAL, columns, rows, watch: { ...WATCH, section } }
      for (const panel of panelsOf(screenLayout(page))) {
        for (const full of [false, true]) {
          for (const key of KEYS_THERE) {
            const start: ViewState = { ...page, focus: panel, ...(full ? { full: panel } : {}) }
            const { state } = after(start, key, twins)
            // What looks the same need not be painted again: many keys change nothing.
            const { paused, ...seen } = state
            const sight = JSON.stringify({ ...seen, notice: undefined, paused: paused !== undefined })
            if (!painted.has(sight)) screen(state, twins)
            painted.add(sight)
            for (const way of ['q', 'Esc']) {
              let now = state
              let quits = false
              for (let times = 0; times < 6 && !quits; times++) {
                // While something is typed q is a letter; Esc leaves it.
                const next = after(now, inputOf(now) ? 'Esc' : way, twins)
                now = next.state
                quits = next.quits
              }
              expect(now, `${section} ${panel} ${full} ${key} ${way}`).not.toHaveProperty('watch')
              expect(now.overlay, `${panel} ${key} ${way}`).toBeUndefined()
              expect(now.full, `${panel} ${key} ${way}`).toBeUndefined()
              expect(quits, `${panel} ${key}`).toBe(way === 'q')
            }
          }
        }
      }
    }
  })
}

test('every panel can be seen at every size: by its number in its place, or in full where it has none', () => {
  for (const [columns, rows] of [
    [120, 40],
    [80, 24],
    [60, 20],
  ] as const) {
    for (const number of '123456789') {
      const start: ViewState = { ...INITIAL, columns, rows, focus: 'watch-cpu', watch: WATCH }
      const { state } = after(start, number, twins)
      const title = panelOf(state.focus)?.title ?? ''
      expect(panelOf(state.focus)?.key, `${columns} ${number}`).toBe(number)
      expect(screen(state, twins)).toContain(`${number} ${title === 'Family' ? 'Instances' : title}`)
    }
  }
})

test('a panel without a place gives the focus back when it is left', () => {
  const start: ViewState = { ...INITIAL, columns: 80, rows: 24, focus: 'watch-use', watch: WATCH }
  const sockets = after(start, '6', twins).state
  expect(sockets).toMatchObject({ focus: 'watch-sockets', full: 'watch-sockets' })
  const left = after(sockets, 'Esc', twins).state
  expect(left.full).toBeUndefined()
  expect(left.focus).toBe('watch-cpu')
})

test('lists scroll by the list keys, and the selection is seen', () => {
  let state: ViewState = { ...INITIAL, columns: 120, rows: 40, focus: 'watch-files', watch: WATCH }
  for (const key of ['j', 'j', 'PgDn', 'Down']) state = after(state, key, twins).state
  const { selected, offset } = listOf(state, 'watch-files')
  expect(selected).toBeGreaterThan(3)
  expect(offset).toBeGreaterThan(0)
  expect(screen(state, twins)).toMatch(new RegExp(`▌ +${100 + selected - 4} +both`))
  state = after(state, 'G', twins).state
  expect(listOf(state, 'watch-files').selected).toBe(43)
  expect(screen(state, twins)).toMatch(/▌ +139 +both/)
})

test('Esc leaves the list first and then the page', () => {
  let state: ViewState = { ...INITIAL, columns: 120, rows: 40, focus: 'watch-cpu' as PanelId, watch: WATCH }
  state = after(state, 'h', twins).state
  expect(state).toMatchObject({ focus: 'watch-threads', watch: { section: 'threads' } })
  state = after(state, 'Esc', twins).state
  expect(state).toMatchObject({ focus: 'watch-cpu', watch: { section: 'panels' } })
  state = after(state, 'Esc', twins).state
  expect(state.watch).toBeUndefined()
  expect(state.focus).toBe('processes')
})
