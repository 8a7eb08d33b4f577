import { expect, test } from 'vitest'
import { contextsOf } from '../../../src/ui/commands/contexts.ts'
import { press } from '../../../src/ui/commands/press.ts'
import { KEYS } from '../../../src/ui/keys/table.ts'
import { INITIAL, panelView, type ViewState } from '../../../src/ui/state.ts'
import { alertOf } from '../../fixtures/alerts.ts'
import { frameOf } from '../../fixtures/frame.ts'

const HOME: ViewState = { ...INITIAL, columns: 120, rows: 40 }

const after = (state: ViewState, key: string, ...series: string[]) =>
  press(state, {
    frame: frameOf({ alerts: series.map((one) => alertOf({ series: one })) }),
    list: { total: 0, visible: 1 },
    can: new Set(),
    keys: KEYS,
    key: { name: key, text: key },
  }).state

test('the number of a panel that has no place at this size shows it in full', () => {
  const opened = after(HOME, '9')
  expect([opened.focus, opened.full]).toEqual(['pressure', 'pressure'])
  expect(after({ ...HOME, columns: 200, rows: 60 }, '9')).toMatchObject({ focus: 'pressure' })
  expect(after({ ...HOME, columns: 200, rows: 60 }, '9').full).toBeUndefined()
})

test('trouble is gone to wherever it is seen', () => {
  expect(after(HOME, '!', 'memory_used_ratio')).toMatchObject({ focus: 'memory' })
  expect(after(HOME, '!', 'clock_synchronised')).toMatchObject({ focus: 'pressure', full: 'pressure' })
  const watching: ViewState = {
    ...HOME,
    focus: 'watch-cpu',
    watch: { target: { kind: 'name', name: 'x' }, section: 'panels', unmasked: false },
  }
  const left = after(watching, '!', 'memory_used_ratio')
  expect([left.focus, left.watch]).toEqual(['memory', undefined])
  expect(after(HOME, '!').notice).toBe('no trouble')
})

test('a chart is drawn as an area or a line where there is one', () => {
  const offered = (full: ViewState['full']) =>
    contextsOf({ ...HOME, ...(full !== undefined && { focus: full, full }) }).includes('full')
  expect((['cpu', 'memory', 'disks', 'network', 'watch-cpu', 'watch-memory'] as const).map(offered)).not.toContain(
    false,
  )
  expect((['services', 'log', 'processes', 'pressure', 'host', 'watch-files'] as const).map(offered)).not.toContain(
    true,
  )
  expect(offered(undefined)).toBe(false)
  const processes: ViewState = { ...HOME, focus: 'processes', full: 'processes' }
  expect(after(processes, 'v').chart).toBe(HOME.chart)
})

test('zooming remembers from where, for the panel that is looked at', () => {
  const once = after({ ...HOME, focus: 'disks', full: 'disks' }, '+')
  expect(once).toMatchObject({ spanMs: 300_000, zoomed: { panel: 'disks', fromMs: 600_000 } })
  const twice = after(once, '+')
  expect(twice).toMatchObject({ spanMs: 120_000, zoomed: { panel: 'disks', fromMs: 600_000 } })
  expect(panelView(twice, 'disks').zoomedFromMs).toBe(600_000)
  expect(panelView(twice, 'memory').zoomedFromMs).toBeUndefined()
  expect(after({ ...twice, focus: 'memory', full: 'memory' }, '-').zoomed).toEqual({ panel: 'memory', fromMs: 120_000 })
})
