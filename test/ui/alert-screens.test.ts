import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AlertRecord } from '../../src/model/alert.ts'
import type { Frame } from '../../src/model/frame.ts'
import { ALERT_PANELS } from '../../src/ui/alert-layout.ts'
import { KEYS } from '../../src/ui/keys/table.ts'
import type { Panel, PanelView } from '../../src/ui/panels/panel.ts'
import type { PanelId } from '../../src/ui/panels/panel-id.ts'
import { panelOf } from '../../src/ui/panels/registry.ts'
import { INITIAL, type ViewState } from '../../src/ui/state.ts'
import { NOW } from '../fixtures/frame.ts'
import { alertFrame, DOWN, FILLS, FULL, fullFrame, OOM, OVER, overFrame, RECORDS } from './alert-records.ts'
import { ASCII_LOOK, canvas, isPrintable, OPEN_LOOK, UNICODE_LOOK, VIEW } from './lists.ts'
import { painted, SIZES } from './painted.ts'

const HOME = { columns: 120, rows: 40 }
const FOOTER = ['Esc back', 'a acknowledge', 'S silence', 'Enter open', 'q quit']

function screen(record: AlertRecord, state: Partial<ViewState>, frame = alertFrame(), ascii = false): string {
  const alert = { id: record.alert.id, back: { focus: 'log' } } as const
  return painted(frame, { ...INITIAL, focus: 'alert-moment', alert, ...state }, { keys: FOOTER, ascii, bindings: KEYS })
}

const golden = (text: string, name: string) =>
  expect(`${text}\n`).toMatchFileSnapshot(`__snapshots__/alert-${name}.txt`)

describe('the page', () => {
  for (const [columns, rows] of SIZES) {
    test(`at ${columns}x${rows}`, () => golden(screen(FILLS, { columns, rows }), `${columns}x${rows}`))
  }
  test('in ASCII', async () => {
    for (const [columns, rows] of SIZES) {
      const text = screen(FILLS, { columns, rows }, alertFrame(), true)
      expect(text).toMatch(/^[\x20-\x7e\n]*$/)
      if (columns === 120) await golden(text, '120x40-ascii')
    }
  })
  for (const panel of ['moment', 'timeline', 'suspects', 'changes', 'before', 'keys'] as const) {
    const id: PanelId = `alert-${panel}`
    test(`${panel} in full`, () => golden(screen(FILLS, { ...HOME, focus: id, full: id }), `full-${panel}-120x40`))
  }
})

describe('alerts', () => {
  const state = (name: string, record: AlertRecord, frame: Frame) =>
    test(name, () => golden(screen(record, HOME, frame), `${name.replaceAll(' ', '-')}-120x40`))
  const changed = (record: AlertRecord, alert: Partial<AlertRecord['alert']>): AlertRecord => ({
    ...record,
    alert: { ...record.alert, ...alert },
  })
  state('disk full', FULL, fullFrame([FULL]))
  state('check down', DOWN, alertFrame())
  state('oom kill', OOM, alertFrame())
  state('resolved', OVER, overFrame())
  const seen = changed(FULL, {
    acknowledged: { alert: FULL.alert.id, atMs: NOW - 60_000, note: 'deleting old logs' },
  })
  state('acknowledged', seen, fullFrame([seen]))
  const silenced = changed(FULL, { silenced: { key: 'k', atMs: NOW, untilMs: new Date(2025, 10, 24, 18).getTime() } })
  state('silenced', silenced, fullFrame([silenced]))
  const silent = changed(FULL, { noDataMs: NOW - 41_000 })
  state('no data', silent, alertFrame([silent], { silent: true, history: {}, futures: {} }))
  const bare = { ...FULL, evidence: [] }
  state('no evidence', bare, fullFrame([bare]))
  state('not kept', { ...FULL, alert: { ...FULL.alert, id: 'gone' } }, fullFrame([FULL]))
})

describe('the log', () => {
  const log = (columns: number, rows: number, state: Partial<ViewState> = {}, frame = alertFrame()) =>
    painted(frame, { ...INITIAL, columns, rows, focus: 'log', full: 'log', ...state }, { keys: FOOTER, bindings: KEYS })
  for (const [columns, rows] of SIZES) {
    test(`in full at ${columns}x${rows}`, () => golden(log(columns, rows), `log-${columns}x${rows}`))
  }
  test('with an incident opened', () =>
    golden(log(120, 40, { log: { filter: '', opened: [FULL.alert.id] } }), 'log-opened-120x40'))
  test('filtered', () =>
    golden(log(120, 40, { log: { filter: 'is:firing severity:critical', opened: [] } }), 'log-filtered-120x40'))
  test('a filter that is wrong says where, and hides nothing', () => {
    const text = log(120, 40, { log: { filter: 'severity:bad', opened: [] } })
    expect(text).toContain('there is no severity bad')
    expect(text).toContain('vacuum-logs started')
  })
  test('acknowledged and silenced ones are marked, until they are over', () => {
    const alert = {
      ...FULL.alert,
      acknowledged: { alert: FULL.alert.id, atMs: NOW, note: '' },
      silenced: { key: 'k', atMs: NOW, untilMs: new Date(2025, 10, 24, 18).getTime() },
    }
    const records = (state: AlertRecord['state']) =>
      RECORDS.map((one) => (one === FULL ? { ...FULL, alert, state } : one))
    expect(log(120, 40, {}, alertFrame(records('firing')))).toContain('✖ /var ✓ 97 % used ⋯ until 18:00 +3')
    // Then another one speaks for its incident.
    expect(log(120, 40, {}, alertFrame(records('resolved')))).toContain('▲ io c stalled 41 % +3')
  })
  test('on the home screen', () => {
    const home = painted(alertFrame(), { ...INITIAL, ...HOME, focus: 'log' }, { keys: FOOTER, bindings: KEYS })
    expect(home).toContain('✖ /var 97 % used +3')
    expect(home).not.toContain('io a')
  })
})

test('any panel of the page at any size leaves nothing but printable cells', () => {
  const records = [FILLS, FULL, DOWN, OOM, OVER]
  fc.assert(
    fc.property(
      fc.constantFrom(...ALERT_PANELS),
      fc.constantFrom(...records),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom(UNICODE_LOOK, OPEN_LOOK, ASCII_LOOK),
      fc.record({ focused: fc.boolean(), full: fc.boolean(), offset: fc.nat(9), selected: fc.nat(9) }),
      (id, { alert }, columns, rows, look, parts) => {
        const view: PanelView = { ...VIEW, ...parts, alert: { id: alert.id, back: { focus: 'log' } }, bindings: KEYS }
        const panel = panelOf(id) as Panel
        const { grid, surface } = canvas(columns, rows)
        panel.paint(surface, panel.select(alertFrame(), view), look, view)
        expect(isPrintable(grid)).toBe(true)
      },
    ),
    { numRuns: 200 },
  )
})
