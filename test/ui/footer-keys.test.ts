import { expect, test } from 'vitest'
import type { Frame } from '../../src/model/frame.ts'
import { ALERT_COMMANDS } from '../../src/model/source.ts'
import { usable } from '../../src/ui/commands/entries.ts'
import { FooterKeys } from '../../src/ui/footer-keys.ts'
import { KEYS } from '../../src/ui/keys/table.ts'
import { listedLog } from '../../src/ui/panels/log/entries.ts'
import { INITIAL, type ViewState } from '../../src/ui/state.ts'
import { UNICODE } from '../../src/ui/theme/glyphs.ts'
import { alertFrame, DOWN, FILLS, OVER, overFrame } from './alert-records.ts'

const ALL = usable(KEYS, new Set(ALERT_COMMANDS))
const ONLY_READING = usable(KEYS, new Set())

const page = (id: string): ViewState => ({ ...INITIAL, focus: 'alert-moment', alert: { id, back: { focus: 'log' } } })
const names = (state: ViewState, frame: Frame, bindings = ALL, footer = new FooterKeys()) =>
  footer.of(state, bindings, UNICODE, frame).map(({ key, name }) => `${key} ${name}`)
const toAlerts = (keys: readonly string[]) => keys.filter((key) => /^[aS] /.test(key))

test('an alert that fires is acknowledged and silenced, one that is over is not', () => {
  expect(toAlerts(names(page(FILLS.alert.id), alertFrame()))).toEqual(['a acknowledge', 'S silence'])
  const over = names(page(OVER.alert.id), overFrame())
  expect(toAlerts(over)).toEqual([])
  expect(over).toContain('Enter open')
  const full: ViewState = { ...page(OVER.alert.id), full: 'alert-keys', focus: 'alert-keys' }
  expect(toAlerts(names(full, overFrame()))).toEqual([])
})

test('it goes with the alert while somebody looks on, and is the same list while nothing turns', () => {
  const footer = new FooterKeys()
  const state = page(FILLS.alert.id)
  const fires = alertFrame()
  expect(toAlerts(names(state, fires, ALL, footer))).toHaveLength(2)
  expect(footer.of(state, ALL, UNICODE, alertFrame())).toBe(footer.of(state, ALL, UNICODE, fires))
  const ended = { ...FILLS, state: 'resolved', alert: FILLS.alert } as const
  expect(toAlerts(names(state, { ...fires, alerts: [], records: [ended] }, ALL, footer))).toEqual([])
  expect(toAlerts(names(state, fires, ALL, footer))).toHaveLength(2)
})

test('in the log it is the entry that is selected', () => {
  const frame = alertFrame()
  const { rows } = listedLog(frame, INITIAL.log)
  for (const [index, { event, record }] of rows.entries()) {
    const state: ViewState = { ...INITIAL, focus: 'log', lists: { log: { selected: index, offset: 0 } } }
    const fires = event.alert !== undefined && record?.state === 'firing'
    expect(toAlerts(names(state, frame)), event.text).toHaveLength(fires ? 2 : 0)
  }
  expect(new Set(rows.map(({ record }) => record?.state))).toContain(undefined)
})

test('a check without an alert has nothing to silence', () => {
  const on = (name: string): ViewState => ({ ...INITIAL, focus: 'check-latency', check: { name } })
  const frame = alertFrame()
  expect(names(on(DOWN.alert.labels.check as string), frame)).toContain('S silence')
  expect(names(on('nobody'), frame)).not.toContain('S silence')
})

test('where only reading is allowed neither is offered, and it comes and goes with what may be done', () => {
  const footer = new FooterKeys()
  const state = page(FILLS.alert.id)
  expect(toAlerts(names(state, alertFrame(), ONLY_READING, footer))).toEqual([])
  expect(toAlerts(names(state, alertFrame(), ALL, footer))).toHaveLength(2)
  expect(toAlerts(names(state, alertFrame(), ONLY_READING, footer))).toEqual([])
})
