import { expect, test } from 'vitest'
import { INITIAL, type ViewState } from '../../src/ui/state.ts'
import type { WatchView } from '../../src/ui/views.ts'
import { watchRequestOf } from '../../src/ui/watch-request.ts'

const WATCH: WatchView = { target: { kind: 'name', name: 'node' }, section: 'panels', unmasked: false }
const PAGE: ViewState = { ...INITIAL, columns: 120, rows: 40, watch: WATCH }

test('nobody is watched on the home screen', () => {
  expect(watchRequestOf(INITIAL)).toBeUndefined()
})

test('only what can be seen is asked for', () => {
  const asked = (state: ViewState) => watchRequestOf(state)?.sections
  expect(asked(PAGE)).toEqual(['files', 'memory', 'sockets'])
  expect(asked({ ...PAGE, columns: 80, rows: 24 })).toEqual(['files', 'memory'])
  expect(asked({ ...PAGE, columns: 80, rows: 24, full: 'watch-sockets' })).toContain('sockets')
  expect(asked({ ...PAGE, full: 'watch-cpu' })).toContain('threads')
  expect(asked({ ...PAGE, watch: { ...WATCH, section: 'threads' } })).toEqual(['files', 'memory', 'threads'])
  expect(asked({ ...PAGE, watch: { ...WATCH, section: 'environment' } })).toContain('environment')
  expect(asked(PAGE)).not.toContain('environment')
})

test('the instance that is shown is named', () => {
  const instance = { pid: 7, startTicks: 8 }
  expect(watchRequestOf({ ...PAGE, watch: { ...WATCH, instance } })).toMatchObject({ target: WATCH.target, instance })
})
