import { expect, test } from 'vitest'
import { screenLayout } from '../../../src/ui/app-layout.ts'
import { press, runCommand } from '../../../src/ui/commands/press.ts'
import { KEYS } from '../../../src/ui/keys/table.ts'
import { panelsOf, placesOf } from '../../../src/ui/layout.ts'
import { HOME_LAYOUT } from '../../../src/ui/layout-choice.ts'
import { INITIAL, type ViewState } from '../../../src/ui/state.ts'
import { frameOf } from '../../fixtures/frame.ts'

const home: ViewState = { ...INITIAL, columns: 120, rows: 40 }

function contextOf(key: string) {
  return { frame: frameOf({}), list: { total: 0, visible: 1 }, can: new Set<never>(), keys: KEYS, key: { name: key } }
}

function after(state: ViewState, keys: string): ViewState {
  return keys.split(' ').reduce((now, key) => press(now, contextOf(key)).state, state)
}

function run(state: ViewState, command: string): ViewState {
  return runCommand(command, state, contextOf('Enter')).state
}

const shown = (state: ViewState) => panelsOf(screenLayout(state))
const heightOf = (state: ViewState, panel: 'cpu' | 'processes') => placesOf(screenLayout(state)).get(panel)?.rows

test('L lists the panels, standing on the focused one, and every way out keeps what was done', () => {
  expect(after(home, 'L').overlay).toEqual({ kind: 'panels', selected: 6 })
  for (const way of ['Esc', 'q', 'L']) {
    const state = after(home, `L g k Space ${way}`)
    expect(state.overlay).toBeUndefined()
    expect(state.layout.hidden).toEqual(['log'])
  }
  expect(after({ ...home, full: 'disks', focus: 'disks' }, 'L')).toMatchObject({ overlay: { selected: 2 } })
  expect(after({ ...home, full: 'disks', focus: 'disks' }, 'L').full).toBeUndefined()
})

test('where there are no panels, or others, nothing is listed', () => {
  expect(after({ ...home, columns: 40 }, 'L')).toMatchObject({ notice: 'no room for panels: they need 60x20' })
  const target = { kind: 'process', id: { pid: 1, startTicks: 1 }, name: 'init' } as const
  const watching: ViewState = { ...home, watch: { target, section: 'panels', unmasked: false } }
  for (const command of ['panels', 'preset.next', 'panel.hide']) {
    const state = run(watching, command)
    expect(state.overlay).toBeUndefined()
    expect(state.layout).toBe(HOME_LAYOUT)
    expect(state.notice).toContain('its own panels')
  }
})

test('Space hides and shows, the selection stays, and the last panel stays', () => {
  const hidden = after(home, 'L k Space')
  expect(shown(hidden)).not.toContain('log')
  expect(hidden.overlay).toEqual({ kind: 'panels', selected: 5 })
  expect(shown(after(hidden, 'Space'))).toContain('log')
  const one = after(home, 'L Down Space Down Space Down Space Down Space Down Space Down Space')
  expect(shown(one)).toEqual(['processes'])
  const still = after(one, 'Down Space')
  expect(shown(still)).toEqual(['processes'])
  expect(still.notice).toBe('one panel has to stay')
})

test('hiding the focused panel focuses the next one, round the end', () => {
  expect(run({ ...home, focus: 'cpu' }, 'panel.hide').focus).toBe('memory')
  expect(run({ ...home, focus: 'processes' }, 'panel.hide').focus).toBe('cpu')
  const both = { ...home, layout: { ...HOME_LAYOUT, hidden: ['memory' as const] } }
  expect(run({ ...both, focus: 'cpu' }, 'panel.hide').focus).toBe('disks')
  expect(after({ ...home, focus: 'cpu' }, 'L Space').focus).toBe('memory')
  const full = run({ ...home, focus: 'disks', full: 'disks' }, 'panel.hide')
  expect(full.full).toBeUndefined()
  expect(shown(full)).not.toContain('disks')
  let last = home
  for (let times = 0; times < 10; times++) last = run(last, 'panel.hide')
  expect(shown(last)).toHaveLength(1)
  expect(shown(last)).toContain(last.focus)
  expect(last.notice).toBe('one panel has to stay')
})

test('left and right exchange a panel with its neighbour, up to the ends', () => {
  const moved = after({ ...home, focus: 'cpu' }, 'L Right')
  expect(shown(moved).slice(0, 3)).toEqual(['memory', 'cpu', 'disks'])
  expect(moved.overlay).toEqual({ kind: 'panels', selected: 1 })
  expect(shown(after(moved, '['))).toEqual(shown(home))
  expect(shown(after({ ...home, focus: 'cpu' }, 'L Left'))).toEqual(shown(home))
  expect(shown(after(home, 'L Right'))).toEqual(shown(home))
})

test('plus and minus stop where nothing changes any more, so that the way back is as long', () => {
  const start = after({ ...home, focus: 'cpu' }, 'L')
  const tall = after(start, '+ + +')
  expect(heightOf(tall, 'cpu')).toBe(12)
  expect(heightOf(tall, 'processes')).toBe(9)
  const most = after(start, Array(60).fill('+').join(' '))
  expect(most.notice).toBe('there are no more rows to take')
  expect(heightOf(after(most, '-'), 'cpu')).toBe((heightOf(most, 'cpu') ?? 0) - 1)
  const least = after(start, Array(60).fill('-').join(' '))
  expect(least.notice).toBe('it needs these rows')
  expect(heightOf(after(least, '+'), 'cpu')).toBe((heightOf(least, 'cpu') ?? 0) + 1)
  expect(after(start, 'Space +').notice).toBe('it is hidden')
})

test('p goes through the presets and back, with the focus on a panel that is there; d is how it was at first', () => {
  const next = after({ ...home, focus: 'disks' }, 'L p')
  expect(next.layout.preset).toBe('processes')
  expect(shown(next)).toEqual(['host', 'log', 'processes'])
  expect(next.focus).toBe('processes')
  expect(next.overlay).toEqual({ kind: 'panels', selected: 2 })
  expect(after(next, 'p p p').layout).toEqual(home.layout)
  expect(after(next, 'Space + d').layout).toEqual(HOME_LAYOUT)
  expect(run(home, 'preset.next').notice).toBe('panels as in processes')
})
