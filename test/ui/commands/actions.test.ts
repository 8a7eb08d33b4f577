import { expect, test } from 'vitest'
import type { ProcessRow } from '../../../src/model/processes.ts'
import { SIGNALS } from '../../../src/model/signals.ts'
import type { Command, Scheduling } from '../../../src/model/source.ts'
import { answered, inspected, targetsOf } from '../../../src/ui/commands/actions.ts'
import type { Effect } from '../../../src/ui/commands/command.ts'
import { entriesOf, usable } from '../../../src/ui/commands/entries.ts'
import { press } from '../../../src/ui/commands/press.ts'
import { KEYS } from '../../../src/ui/keys/table.ts'
import { type ActionOverlay, INITIAL, isAction, type ViewState, withProcesses } from '../../../src/ui/state.ts'
import { frameOf } from '../../fixtures/frame.ts'
import { answerOf, processRow } from '../lists.ts'

const node = processRow({ pid: 4211, startTicks: 7, name: 'node', nice: 5, cpuRatio: 0.5, memoryBytes: 100 })
const nginx = processRow({ pid: 880, startTicks: 8, name: 'nginx', cpuRatio: 0.25, memoryBytes: 50 })
const thread = processRow({ kind: 'thread', pid: 4212, ppid: 4211, startTicks: 9, name: 'libuv' })
const group = processRow({ kind: 'group', pid: 0, name: 'nginx', count: 2 })
const ROWS = [node, thread, nginx, group]
const frame = frameOf({ processes: answerOf(ROWS) })
const ALL: readonly Command['kind'][] = ['signal', 'nice', 'io_class', 'affinity']

const at = (selected: number, state: ViewState = INITIAL): ViewState => ({
  ...state,
  columns: 120,
  rows: 40,
  lists: { processes: { selected, offset: 0 } },
})

function type(start: ViewState, keys: string, seen = frame, can = ALL): { state: ViewState; effects: Effect[] } {
  let state = start
  const effects: Effect[] = []
  for (const name of keys.split(' ')) {
    const key = { name, ...(name.length === 1 ? { text: name } : {}) }
    const step = press(state, {
      frame: seen,
      list: { total: 4, visible: 4 },
      can: new Set(can),
      keys: KEYS,
      key,
    })
    state = step.state
    if (step.effect) effects.push(step.effect)
  }
  return { state, effects }
}

function dialog(state: ViewState): ActionOverlay {
  if (!isAction(state.overlay)) throw new Error(`no dialog is open: ${state.notice}`)
  return state.overlay
}

const scheduling = (parts: Partial<Scheduling> = {}): Scheduling => ({
  nice: 5,
  ioClass: 'best-effort 2',
  affinity: [0, 2],
  cores: [0, 1, 2, 3],
  ...parts,
})

/** A dialog that was opened by a key, after what it asked was answered. */
function opened(key: string, state = at(0), answers: readonly (Scheduling | undefined)[] = [scheduling()]): ViewState {
  const step = type(state, key)
  return inspected(step.state, dialog(step.state).targets, answers)
}

test('an action means the selected process, of a thread its process, and no group', () => {
  expect(targetsOf(at(0), frame)).toEqual([node])
  expect(targetsOf(at(1), frame)).toEqual([node])
  expect(targetsOf(at(3), frame)).toBe('open the group and tag its processes')
  expect(targetsOf(at(9), frame)).toBe('no process is selected')
})

test('tagged processes go before the selected one; those that have ended are tagged no more', () => {
  const tagged = (...rows: ProcessRow[]) => withProcesses(at(3), { tagged: rows })
  const busier = { ...node, cpuRatio: 0.9 }
  const newer = frameOf({ processes: answerOf([busier, { ...nginx, mark: 'ended' }]) })
  expect(targetsOf(tagged(node, nginx), newer)).toEqual([busier])
  expect(targetsOf(tagged(nginx), newer)).toBe('the tagged processes have ended')
  const { state } = type(tagged(node, nginx), 'K', newer)
  expect(dialog(state).targets).toEqual([busier])
  expect(state.processes.tagged).toEqual([busier])
})

test('on the page of one process it is that process, whatever is tagged', () => {
  const target = { kind: 'process', id: { pid: 880, startTicks: 8 }, name: 'nginx' } as const
  const state: ViewState = {
    ...withProcesses(at(0), { tagged: [node] }),
    watch: { target, section: 'panels', unmasked: false },
  }
  const watched = { target, label: 'nginx 880', state: 'running', instances: [nginx], runs: [], restarts: 0 } as const
  expect(targetsOf(state, frameOf({ watched }))).toEqual([nginx])
  expect(targetsOf(state, frameOf({ watched: { ...watched, state: 'gone', instances: [] } }))).toBe(
    'the watched process does not run',
  )
})

test('what they use together is told while all of them are in the newest answer', () => {
  const state = withProcesses(at(0), { tagged: [node, nginx] })
  expect(dialog(type(state, 'K').state).total).toEqual({ cpuRatio: 0.75, memoryBytes: 150 })
  const out = frameOf({ processes: answerOf([node]) })
  expect(dialog(type(state, 'K', out).state).total).toBeUndefined()
})

for (const [key, kind] of [
  ['K', 'signal'],
  ['F9', 'signal'],
  ['n', 'nice'],
  ['F7', 'nice'],
  ['F8', 'nice'],
  ['i', 'io_class'],
  ['A', 'affinity'],
] as const) {
  test(`${key} asks first: pressed again and again, or with Enter, it does nothing`, () => {
    const { state, effects } = type(at(0), key)
    expect(dialog(state)).toMatchObject({ kind, button: 'cancel' })
    expect(effects).toEqual([{ kind: 'inspect', targets: [node] }])
    for (const keys of [`${key} ${key} ${key}`, `${key} Enter`, `${key} Down Enter`, `${key} Tab Tab Enter`])
      expect(type(at(0), keys).effects.filter((effect) => effect.kind === 'send')).toEqual([])
    for (const keys of ['Enter', 'Esc', 'q', 'F10']) expect(type(state, keys).state.overlay).toBeUndefined()
  })
}

test('a signal is sent to each of the tagged ones, named by pid and start time', () => {
  const { effects, state } = type(withProcesses(at(0), { tagged: [node, nginx] }), 'K k Tab Enter')
  expect(effects.at(-1)).toEqual({
    kind: 'send',
    command: {
      kind: 'signal',
      targets: [
        { pid: 4211, startTicks: 7 },
        { pid: 880, startTicks: 8 },
      ],
      signal: 'SIGKILL',
    },
    done: 'KILL sent to 2 processes',
  })
  // What is under way is not asked for twice.
  expect(type(state, 'Enter').effects).toEqual([])
})

test('letters and digits jump to signals, the same again to the next one, and arrows go round', () => {
  const name = (keys: string) => SIGNALS[dialog(type(at(0), `K ${keys}`).state).selected]?.name
  expect(name('t')).toBe('SIGTERM')
  expect(name('t t')).not.toBe('SIGTERM')
  expect(name('t t')).toMatch(/^SIGT/)
  expect(name('k t')).toBe('SIGTERM')
  expect(name('S')).toBe('SIGSTOP')
  expect(name('Q')).toBe('SIGQUIT')
  expect(name('9')).toBe('SIGKILL')
  expect(name('Up')).toBe(SIGNALS.at(-1)?.name)
  expect(name('Up Down Down')).toBe('SIGINT')
  expect(name('End')).toBe(SIGNALS.at(-1)?.name)
  expect(name('PgDn PgUp')).toBe('SIGTERM')
})

test.runIf(process.platform === 'linux')('a real-time signal goes by its number: Node has no name for it', () => {
  expect(type(at(0), 'K r Tab Enter').effects.at(-1)).toMatchObject({
    command: { signal: 34 },
    done: 'RTMIN sent to node 4211',
  })
})

test('nice begins with what it is, F7 with one less and F8 with one more, and stays on its scale', () => {
  const value = (keys: string) => dialog(type(at(0), keys).state).value
  expect(value('n')).toBe(5)
  expect(value('F7')).toBe(4)
  expect(value('F8')).toBe(6)
  expect(value('F7 F7 F7')).toBe(2)
  expect(value('n Left - +')).toBe(4)
  expect(value('n Home')).toBe(-20)
  expect(value('n Home Left')).toBe(-20)
  expect(value('n End Right')).toBe(19)
  expect(value('n PgUp PgUp')).toBe(-5)
  expect(type(at(0), 'n Right Tab Enter').effects.at(-1)).toEqual({
    kind: 'send',
    command: { kind: 'nice', targets: [{ pid: 4211, startTicks: 7 }], nice: 6 },
    done: 'nice 6 for node 4211',
  })
})

test('the I/O class begins with what it is, once that is known, unless something else was chosen', () => {
  expect(dialog(opened('i'))).toMatchObject({ selected: 1, value: 2 })
  expect(dialog(opened('i', at(0), [scheduling({ ioClass: 'idle' })])).selected).toBe(2)
  const { state } = type(at(0), 'i Down Down Down')
  expect(dialog(inspected(state, dialog(state).targets, [scheduling()]))).toMatchObject({ selected: 3 })
  const send = (keys: string) => type(opened('i'), keys).effects.at(-1)
  const target = { pid: 4211, startTicks: 7 }
  expect(send('Right 7 Left Tab Enter')).toEqual({
    kind: 'send',
    command: { kind: 'io_class', targets: [target], ioClass: 'best-effort', level: 6 },
    done: 'I/O class best effort 6 for node 4211',
  })
  expect(send('Down Tab Enter')).toMatchObject({
    command: { ioClass: 'idle' },
    done: 'I/O class idle for node 4211',
  })
})

test('cores are switched one by one, all or none; one has to stay', () => {
  const cores = (keys: string) => dialog(type(opened('A'), keys).state).cores
  expect(dialog(opened('A')).cores).toEqual([0, 2])
  expect(cores('Space')).toEqual([2])
  expect(cores('Right Space')).toEqual([0, 1, 2])
  expect(cores('a')).toEqual([0, 1, 2, 3])
  expect(cores('n End Space')).toEqual([3])
  const { state, effects } = type(opened('A'), 'n Tab Enter')
  expect(effects).toEqual([])
  expect(dialog(state).refused).toBe('one core has to stay')
  expect(type(opened('A'), 'a Tab Enter').effects.at(-1)).toMatchObject({
    command: { cores: [0, 1, 2, 3] },
    done: 'all 4 cores for node 4211',
  })
  expect(type(opened('A'), 'Tab Enter').effects.at(-1)).toMatchObject({ done: 'cores 0,2 for node 4211' })
})

test('until the cores are known nothing can be set', () => {
  const { state, effects } = type(at(0), 'A Space a Tab Enter')
  expect(effects.map(({ kind }) => kind)).toEqual(['inspect'])
  expect(dialog(state)).toMatchObject({ refused: 'what it has now is not known yet' })
  expect(dialog(state).cores).toBeUndefined()
})

test('the grid of cores is walked by arrows and does not end in the void', () => {
  const many = Array.from({ length: 20 }, (_, core) => core)
  const start = opened('A', at(0), [scheduling({ cores: many, affinity: many })])
  const core = (keys: string) => dialog(type(start, keys).state).selected
  expect(core('Down')).toBe(8)
  expect(core('Up')).toBe(0)
  expect(core('Left')).toBe(0)
  expect(core('Right Right Down Down')).toBe(18)
  expect(core('Right Right Right Right Right Down Down')).toBe(19)
  expect(core('End Down')).toBe(19)
  expect(core('End Up')).toBe(11)
})

test('what was asked for another dialog is for nobody', () => {
  const first = type(at(0), 'i').state
  const { targets } = dialog(first)
  const again = type(first, 'Esc i').state
  expect(inspected(again, targets, [scheduling()])).toBe(again)
  const closed = type(first, 'Esc').state
  expect(inspected(closed, targets, [scheduling()])).toBe(closed)
})

test('targets that have ended meanwhile leave the dialog and the tags', () => {
  const tagged = withProcesses(at(0), { tagged: [node, nginx] })
  const state = opened('i', tagged, [undefined, scheduling({ ioClass: 'idle' })])
  expect(dialog(state)).toMatchObject({ targets: [nginx], ended: 1, selected: 2 })
  expect(state.processes.tagged).toEqual([nginx])
  const none = opened('K', tagged, [undefined, undefined])
  expect(dialog(none)).toMatchObject({ refused: 'ended already' })
  expect(none.processes.tagged).toEqual([])
})

test('what was done closes the dialog and is said; what was refused stays in it with the reason, and tags stay', () => {
  const sent = type(withProcesses(at(0), { tagged: [node] }), 'K Tab Enter').state
  const done = answered(sent, { ok: true }, 'TERM sent to node 4211')
  expect(done.overlay).toBeUndefined()
  expect(done.notice).toBe('TERM sent to node 4211')
  expect(done.processes.tagged).toEqual([node])
  const refused = answered(sent, { ok: false, reason: 'not permitted' }, '')
  expect(dialog(refused)).toMatchObject({ refused: 'not permitted', button: 'send' })
  // It can be tried again.
  expect(type(refused, 'Enter').effects).toHaveLength(1)
})

test('an answer that comes when its dialog is closed opens and closes nothing', () => {
  const closed = type(at(0), 'K Tab Enter Esc').state
  const help = type(closed, '?').state
  expect(answered(help, { ok: true }, 'done').overlay).toBe(help.overlay)
  expect(answered(closed, { ok: false, reason: 'ended already' }, '')).toMatchObject({
    notice: 'not done: ended already',
  })
})

test('every key in every dialog means something or nothing, and Esc and q lead back', () => {
  const keys = [...new Set(KEYS.flatMap((binding) => binding.keys)), 'ä', '%', 'F12']
  for (const open of ['K', 'n', 'i', 'A']) {
    for (const key of keys) {
      const { state } = type(opened(open), key)
      for (const way of ['Esc', 'q'])
        expect(state.overlay === undefined || type(state, way).state.overlay === undefined, `${open} ${key}`).toBe(true)
    }
  }
})

test('what the source cannot do has no key, and no line in the footer, the help and the palette', () => {
  for (const key of ['K', 'F9', 'n', 'F7', 'F8', 'i', 'A']) {
    const { state, effects } = type(at(0), key, frame, [])
    expect(state.overlay, key).toBeUndefined()
    expect(effects, key).toEqual([])
  }
  const offered = (can: readonly Command['kind'][]) =>
    entriesOf(at(0), usable(KEYS, new Set(can))).map(({ command }) => command)
  expect(offered(ALL)).toEqual(expect.arrayContaining([...ALL]))
  expect(offered([]).filter((command) => ALL.some((kind) => kind === command))).toEqual([])
  const left = usable(KEYS, new Set()).map(({ command }) => command)
  expect(ALL.filter((kind) => left.includes(kind))).toEqual([])
})
