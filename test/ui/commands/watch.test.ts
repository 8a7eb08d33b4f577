import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Frame } from '../../../src/model/frame.ts'
import { press } from '../../../src/ui/commands/press.ts'
import { checkLine } from '../../../src/ui/commands/watch.ts'
import { watchedProcess } from '../../../src/ui/commands/watched.ts'
import { KEYS } from '../../../src/ui/keys/table.ts'
import { INITIAL, type ViewState } from '../../../src/ui/state.ts'
import type { WatchView } from '../../../src/ui/views.ts'
import { rowOf, SERVER, WATCHED, watchedFrame } from '../../fixtures/watched.ts'

const WATCH: WatchView = { target: { kind: 'name', name: 'node' }, section: 'panels', unmasked: false }
const PAGE: ViewState = { ...INITIAL, columns: 120, rows: 40, focus: 'watch-cpu', watch: WATCH }
const frame = watchedFrame()
const twin = rowOf({ ...SERVER, pid: 4300, startTicks: SERVER.startTicks + 1 })
const twins = watchedFrame({ ...WATCHED, instances: [SERVER, twin] })
const can = new Set(['signal', 'nice', 'io_class', 'affinity'] as const)

const stepOn = (state: ViewState, key: string, at: Frame = frame) =>
  press(state, { frame: at, list: { total: 9, visible: 5 }, can, keys: KEYS, key: { name: key, text: key } })

describe('whom its keys act on', () => {
  test('the watched process, whatever is selected or tagged in the table', () => {
    const state: ViewState = {
      ...PAGE,
      processes: { ...PAGE.processes, tagged: [rowOf({ pid: 77, name: 'other' })] },
    }
    const { overlay } = stepOn(state, 'K').state
    expect(overlay).toMatchObject({ kind: 'signal', targets: [{ pid: 4211 }] })
  })
  test('of several instances the one that is shown', () => {
    expect(watchedProcess(PAGE, twins)?.pid).toBe(4211)
    const chosen = { ...PAGE, watch: { ...WATCH, instance: { pid: 4300, startTicks: twin.startTicks } } }
    expect(watchedProcess(chosen, twins)?.pid).toBe(4300)
    expect(stepOn(chosen, 'K', twins).state.overlay).toMatchObject({ targets: [{ pid: 4300 }] })
  })
  test('nobody while it is gone, or while the source still tells of another', () => {
    const { detail: _, ...rest } = WATCHED
    expect(watchedProcess(PAGE, watchedFrame({ ...rest, state: 'gone', instances: [] }))).toBeUndefined()
    const other = { ...PAGE, watch: { ...WATCH, target: { kind: 'name', name: 'nginx' } as const } }
    expect(watchedProcess(other, frame)).toBeUndefined()
    expect(stepOn(other, 'K').state.overlay).toBeUndefined()
  })
  test('a pid that has become a process with its start time is the same', () => {
    const told = watchedFrame({
      ...WATCHED,
      target: { kind: 'process', id: { pid: 4211, startTicks: SERVER.startTicks }, name: 'node' },
    })
    expect(watchedProcess({ ...PAGE, watch: { ...WATCH, target: { kind: 'pid', pid: 4211 } } }, told)?.pid).toBe(4211)
    expect(watchedProcess({ ...PAGE, watch: { ...WATCH, target: { kind: 'pid', pid: 1 } } }, told)).toBeUndefined()
  })
})

describe('instances', () => {
  test('[ and ] go through them and round the end', () => {
    const next = stepOn(PAGE, ']', twins).state
    expect(next.watch?.instance).toEqual({ pid: 4300, startTicks: twin.startTicks })
    expect(stepOn(next, ']', twins).state.watch?.instance?.pid).toBe(4211)
    expect(stepOn(PAGE, '[', twins).state.watch?.instance?.pid).toBe(4300)
  })
  test('of one there is no other', () => {
    const { watch, notice } = stepOn(PAGE, ']').state
    expect(watch).toEqual(WATCH)
    expect(notice).toBe('there is no other instance')
  })
  test('Enter chooses the selected one', () => {
    const state: ViewState = { ...PAGE, focus: 'watch-family', lists: { 'watch-family': { selected: 1, offset: 0 } } }
    expect(stepOn(state, 'Enter', twins).state.watch?.instance?.pid).toBe(4300)
  })
})

describe('Enter in the family', () => {
  const on = (selected: number): ViewState => ({
    ...PAGE,
    focus: 'watch-family',
    lists: { 'watch-family': { selected, offset: 0 } },
  })
  test('opens the page of a relative, its lists at their tops', () => {
    const { watch, lists } = stepOn(on(2), 'Enter').state
    expect(watch?.target).toEqual({
      kind: 'process',
      id: { pid: 4230, startTicks: SERVER.startTicks + 4230 },
      name: 'node',
    })
    expect(lists['watch-family']).toBeUndefined()
  })
  test('on itself shows the family in full, as on any other panel', () => {
    expect(stepOn(on(1), 'Enter').state).toMatchObject({ full: 'watch-family', watch: WATCH })
    expect(stepOn(PAGE, 'Enter').state.full).toBe('watch-cpu')
  })
})

describe('secrets', () => {
  test('x shows them in the environment alone, and every way out of it masks them again', () => {
    expect(stepOn(PAGE, 'x').state.watch?.unmasked).toBe(false)
    const environment = stepOn(PAGE, 'e').state
    expect(environment).toMatchObject({
      focus: 'watch-environment',
      watch: { section: 'environment', unmasked: false },
    })
    const shown = stepOn(environment, 'x').state
    expect(shown.watch?.unmasked).toBe(true)
    for (const key of ['e', 'o', 'h', 'Esc', '3']) expect(stepOn(shown, key).state.watch?.unmasked, key).toBe(false)
    expect(stepOn(shown, 'x').state.watch?.unmasked).toBe(false)
  })
})

test('y copies the whole command line', () => {
  expect(stepOn(PAGE, 'y').effect).toMatchObject({
    kind: 'copy',
    text: '/usr/bin/node /srv/api/server.js --port 8443',
    done: 'command line of node 4211 copied',
  })
})

test('c copies a check of it, which is YAML whatever the process is called', () => {
  expect(stepOn(PAGE, 'c').effect).toMatchObject({
    kind: 'copy',
    text: '- { name: "node", type: process, match: "node" }',
    done: 'a check of node copied: it goes below checks: in healthtop.yaml',
  })
  const name = `a "b": #c {$\{d}}`
  expect(parse(checkLine({ kind: 'name', name }, name))).toEqual([
    { name: 'a "b": #c {$${d}}', type: 'process', match: 'a "b": #c {$${d}}' },
  ])
  expect(parse(checkLine({ kind: 'pattern', source: 'node .*api' }, 'node'))).toEqual([
    { name: 'node', type: 'process', match: '/node .*api/' },
  ])
})
