import { expect, test } from 'vitest'
import { screenLayout } from '../../src/ui/app-layout.ts'
import { panelsOf } from '../../src/ui/layout.ts'
import type { PanelId } from '../../src/ui/panels/panel-id.ts'
import { panelOf } from '../../src/ui/panels/registry.ts'
import { INITIAL, listOf, type ViewState } from '../../src/ui/state.ts'
import type { WatchView } from '../../src/ui/views.ts'
import { rowOf, SERVER, WATCHED, watchedFrame } from '../fixtures/watched.ts'
import { KEYS_THERE, SIZES, walk } from './walking.ts'

const WATCH: WatchView = { target: { kind: 'name', name: 'node' }, section: 'panels', unmasked: false }
const SECTIONS = ['panels', 'environment', 'files', 'threads'] as const
const twins = watchedFrame({
  ...WATCHED,
  instances: [SERVER, rowOf({ ...SERVER, pid: 4300, startTicks: SERVER.startTicks + 1 })],
})
const { after, screen, leadsBack } = walk(twins, ['signal', 'nice', 'io_class', 'affinity'])

for (const [columns, rows] of SIZES) {
  test(`at ${columns}x${rows} every key in every panel of the page leads back with q and Esc, and Esc never quits`, () => {
    for (const section of SECTIONS) {
      const page: ViewState = { ...INITIAL, columns, rows, watch: { ...WATCH, section } }
      for (const panel of panelsOf(screenLayout(page))) {
        for (const full of [false, true]) {
          for (const key of KEYS_THERE) {
            const start: ViewState = { ...page, focus: panel, ...(full ? { full: panel } : {}) }
            leadsBack(start, key, (state, what) => expect(state, `${section} ${what}`).not.toHaveProperty('watch'))
          }
        }
      }
    }
  })
}

test('every panel can be seen at every size: by its number in its place, or in full where it has none', () => {
  for (const [columns, rows] of SIZES) {
    for (const number of '123456789') {
      const start: ViewState = { ...INITIAL, columns, rows, focus: 'watch-cpu', watch: WATCH }
      const { state } = after(start, number)
      const title = panelOf(state.focus)?.title ?? ''
      expect(panelOf(state.focus)?.key, `${columns} ${number}`).toBe(number)
      expect(screen(state)).toContain(`${number} ${title === 'Family' ? 'Instances' : title}`)
    }
  }
})

test('a panel without a place gives the focus back when it is left', () => {
  const start: ViewState = { ...INITIAL, columns: 80, rows: 24, focus: 'watch-use', watch: WATCH }
  const sockets = after(start, '6').state
  expect(sockets).toMatchObject({ focus: 'watch-sockets', full: 'watch-sockets' })
  const left = after(sockets, 'Esc').state
  expect(left.full).toBeUndefined()
  expect(left.focus).toBe('watch-cpu')
})

test('lists scroll by the list keys, and the selection is seen', () => {
  let state: ViewState = { ...INITIAL, columns: 120, rows: 40, focus: 'watch-files', watch: WATCH }
  for (const key of ['j', 'j', 'PgDn', 'Down']) state = after(state, key).state
  const { selected, offset } = listOf(state, 'watch-files')
  expect(selected).toBeGreaterThan(3)
  expect(offset).toBeGreaterThan(0)
  expect(screen(state)).toMatch(new RegExp(`▌ +${100 + selected - 4} +both`))
  state = after(state, 'G').state
  expect(listOf(state, 'watch-files').selected).toBe(43)
  expect(screen(state)).toMatch(/▌ +139 +both/)
})

test('Esc leaves the list first and then the page', () => {
  let state: ViewState = { ...INITIAL, columns: 120, rows: 40, focus: 'watch-cpu' as PanelId, watch: WATCH }
  state = after(state, 'h').state
  expect(state).toMatchObject({ focus: 'watch-threads', watch: { section: 'threads' } })
  state = after(state, 'Esc').state
  expect(state).toMatchObject({ focus: 'watch-cpu', watch: { section: 'panels' } })
  state = after(state, 'Esc').state
  expect(state.watch).toBeUndefined()
  expect(state.focus).toBe('processes')
})
