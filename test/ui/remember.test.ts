import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recall, remembered } from '../../src/ui/remember.ts'
import { INITIAL, type ViewState, withProcesses } from '../../src/ui/state.ts'

const chosen: ViewState = {
  ...withProcesses(INITIAL, {
    sort: 'memory',
    reverse: true,
    arrange: 'tree',
    kernelThreads: true,
    columns: ['pid', 'write', 'command'],
    history: ['user:root', 'nginx'],
    filter: 'nginx',
  }),
  theme: 'light',
  mouse: true,
  mouseChosen: true,
  bell: 'critical',
  notify: true,
  spanMs: 3_600_000,
  chart: 'line',
  layout: { preset: 'processes', hidden: ['log'], order: ['memory', 'cpu'], rows: { cpu: 3 } },
}

test('taste comes back as it was, the moment does not', () => {
  const back = recall(INITIAL, JSON.parse(JSON.stringify(remembered(chosen))))
  expect(back).toEqual({ ...chosen, processes: { ...chosen.processes, filter: '' } })
})

test('a mouse that nobody chose follows the terminal of the day', () => {
  const back = recall({ ...INITIAL, mouse: true }, remembered({ ...INITIAL, mouse: false }))
  expect(back.mouse).toBe(true)
  expect(back.mouseChosen).toBe(false)
})

test('what is not understood is left as it was', () => {
  const strange = {
    theme: 'plaid',
    spanMs: 7,
    mouse: 'yes',
    bell: 'loud',
    notify: 1,
    layout: { preset: 'none', hidden: ['cpu', 'attic'], order: 'cpu', rows: { cpu: 'tall', attic: 3 } },
    processes: { sort: 'speed', columns: ['speed'], arrange: 3, history: [1, 'ok'] },
  }
  expect(recall(INITIAL, strange)).toEqual({
    ...INITIAL,
    layout: { ...INITIAL.layout, hidden: ['cpu'] },
    processes: { ...INITIAL.processes, history: ['ok'] },
  })
})

test('anything at all in the file is a view still', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(recall(INITIAL, value)).toMatchObject({ columns: 80, focus: 'processes' })
    }),
  )
})
