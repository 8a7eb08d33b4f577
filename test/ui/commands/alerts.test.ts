import { expect, test } from 'vitest'
import type { Frame } from '../../../src/model/frame.ts'
import { ALERT_COMMANDS } from '../../../src/model/source.ts'
import { answered } from '../../../src/ui/commands/actions.ts'
import type { Step } from '../../../src/ui/commands/command.ts'
import { press } from '../../../src/ui/commands/press.ts'
import { KEYS } from '../../../src/ui/keys/table.ts'
import { INITIAL, isAlertOverlay, type ViewState } from '../../../src/ui/state.ts'
import { alertOf } from '../../fixtures/alerts.ts'
import { SERVICES } from '../../fixtures/checks.ts'
import { frameOf, NOW } from '../../fixtures/frame.ts'
import { alertFrame, DOWN, EVENTS, FILLS, FULL, MEMBERS, OVER } from '../alert-records.ts'

const HOME: ViewState = { ...INITIAL, columns: 120, rows: 40 }
const LOG: ViewState = { ...HOME, focus: 'log' }

function step(state: ViewState, key: string, frame: Frame = alertFrame(), can = ALERT_COMMANDS): Step {
  const text = [...key].length === 1 ? { text: key } : {}
  return press(state, {
    frame,
    list: { total: 20, visible: 10 },
    can: new Set(can),
    keys: KEYS,
    key: { name: key === ' ' ? 'Space' : key, ...text },
  })
}

const after = (state: ViewState, keys: readonly string[], frame?: Frame) =>
  keys.reduce((before, key) => step(before, key, frame).state, state)

const on = (row: number): ViewState => ({ ...LOG, lists: { log: { selected: row, offset: 0 } } })
const PAGE: ViewState = { ...HOME, focus: 'alert-moment', alert: { id: FILLS.alert.id, back: { focus: 'log' } } }

test('a asks for a note and acknowledges with it', () => {
  let state = after(PAGE, ['a', ...'on it'])
  expect(state.overlay).toMatchObject({ kind: 'acknowledge', of: { id: FILLS.alert.id }, note: { text: 'on it' } })
  const sent = step(state, 'Enter')
  expect(sent.effect).toEqual({
    kind: 'send',
    command: { kind: 'acknowledge', alert: FILLS.alert.id, note: 'on it' },
    done: '/var: acknowledged',
  })
  state = sent.state
  // It is not sent twice.
  expect(step(state, 'Enter').effect).toBeUndefined()
  expect(answered(state, { ok: true }, '/var: acknowledged')).toMatchObject({ notice: '/var: acknowledged' })
  expect(answered(state, { ok: true }, 'x').overlay).toBeUndefined()
  const refused = answered(state, { ok: false, reason: 'this alert is over' }, 'x')
  expect(refused.overlay).toMatchObject({ kind: 'acknowledge', refused: 'this alert is over' })
  expect(isAlertOverlay(refused.overlay) && refused.overlay.sending).toBeUndefined()
})

test('letters are letters in the note, and Esc sends nothing', () => {
  const state = after(PAGE, ['a', ...'qS?a'])
  expect(state.overlay).toMatchObject({ note: { text: 'qS?a' } })
  expect(step(state, 'Esc')).toMatchObject({ state: { focus: 'alert-moment' } })
  expect(step(state, 'Esc').effect).toBeUndefined()
})

test('a on one that is acknowledged takes it back, after asking', () => {
  const alert = { ...FILLS.alert, acknowledged: { alert: FILLS.alert.id, atMs: NOW, note: '' } }
  const frame = alertFrame([{ ...FILLS, alert }])
  const asked = step(PAGE, 'a', frame)
  expect(asked.effect).toBeUndefined()
  expect(step(asked.state, 'a', frame).state.overlay).toBeUndefined()
  expect(step(asked.state, 'Enter', frame).effect).toMatchObject({
    command: { kind: 'unacknowledge', alert: FILLS.alert.id },
  })
})

test('S silences for a time or until it resolves, and ends a silence', () => {
  const sent = (downs: number, frame?: Frame) =>
    step(after(PAGE, ['S', ...Array.from({ length: downs }, () => 'j')], frame), 'Enter', frame).effect
  const alert = FILLS.alert.id
  const morning = new Date(2025, 10, 25, 8).getTime()
  expect(sent(0)).toMatchObject({ command: { kind: 'silence', alert, untilMs: NOW + 3_600_000 } })
  expect(sent(1)).toMatchObject({ command: { kind: 'silence', alert, untilMs: NOW + 4 * 3_600_000 } })
  expect(sent(2)).toMatchObject({ command: { kind: 'silence', alert, untilMs: morning } })
  expect(sent(3)).toEqual({
    kind: 'send',
    command: { kind: 'silence', alert },
    done: '/var: silenced until it resolves',
  })
  const silenced = { ...FILLS.alert, silenced: { key: 'k', atMs: NOW } }
  expect(sent(0, alertFrame([{ ...FILLS, alert: silenced }]))).toMatchObject({ command: { kind: 'unsilence', alert } })
})

test('what the source cannot do is not offered', () => {
  expect(step(PAGE, 'a', alertFrame(), []).state).toBe(PAGE)
  expect(step(on(0), 'S', alertFrame(), ['acknowledge']).state.overlay).toBeUndefined()
})

test('the alert is that of the entry, of the check, or the worst that is new in the panel', () => {
  const about = (state: ViewState, frame = alertFrame()) => {
    const { overlay, notice } = step(state, 'a', frame).state
    return isAlertOverlay(overlay) ? overlay.of.id : notice
  }
  expect(about(on(1))).toBe(FULL.alert.id)
  expect(about(on(4))).toBe('this entry is of no alert')
  expect(about(on(7))).toBe('this alert is over')
  expect(about({ ...HOME, focus: 'disks' })).toBe(FULL.alert.id)
  expect(about({ ...HOME, focus: 'services' })).toBe(DOWN.alert.id)
  expect(about({ ...HOME, focus: 'check-latency', check: { name: 'mail' } })).toBe(DOWN.alert.id)
  expect(about({ ...HOME, focus: 'network' })).toBe('no alert is firing here: ! goes to the next one')
  expect(about({ ...HOME, focus: 'network' }, frameOf())).toBe('no alert is firing')
  const seen = { ...FULL.alert, acknowledged: { alert: FULL.alert.id, atMs: NOW, note: '' } }
  expect(about({ ...HOME, focus: 'disks' }, alertFrame([{ ...FULL, alert: seen }, FILLS]))).toBe(FILLS.alert.id)
})

test('! goes to what is new before what somebody has seen', () => {
  const seen = alertOf({
    severity: 'critical',
    series: 'memory_used_ratio',
    acknowledged: { alert: '', atMs: NOW, note: '' },
  })
  const frame = frameOf({ alerts: [seen, alertOf()] })
  expect(after(HOME, ['!'], frame).focus).toBe('disks')
  expect(after(HOME, ['!', '!'], frame).focus).toBe('memory')
})

test('Enter opens the alert of an entry, the check that turned, and else the log in full', () => {
  expect(step(on(1), 'Enter').state).toMatchObject({ alert: { id: FULL.alert.id, back: { focus: 'log' } } })
  expect(step(on(6), 'Enter').state.alert?.id).toBe(OVER.alert.id)
  const check = step(on(5), 'Enter').state
  expect(check).toMatchObject({ focus: 'check-latency', check: { name: 'api' } })
  expect(step(check, 'Esc').state).toMatchObject({ focus: 'log' })
  expect(step(on(4), 'Enter').state).toMatchObject({ focus: 'log', full: 'log' })
  expect(step(on(1), 'Enter', { ...alertFrame(), records: [] }).state.notice).toBe(
    'no more is kept of this alert than this line',
  )
})

test('an incident is unfolded and folded, from its first and from any of the others', () => {
  const opened = step(on(1), 'Right').state
  expect(opened.log.opened).toEqual([FULL.alert.id])
  const member: ViewState = { ...opened, lists: { log: { selected: 3, offset: 0 } } }
  expect(step(member, 'Enter').state.alert?.id).toBe(MEMBERS[1]?.alert.id)
  const folded = step(member, 'Left').state
  expect(folded.log.opened).toEqual([])
  expect(folded.log.selected).toContain('/var')
  expect(step(on(0), 'Right').state.log.opened).toEqual([])
})

test('the filter is typed live; Enter keeps it, Esc clears it', () => {
  let state = after({ ...HOME, focus: 'cpu', lists: { log: { selected: 3, offset: 0 } } }, ['6', '/', ...'is:firing'])
  expect(state.log).toMatchObject({ filter: 'is:firing', input: { text: 'is:firing' } })
  expect(state.lists.log).toEqual({ selected: 0, offset: 0 })
  state = step(state, 'Enter').state
  expect(state.log).toEqual({ filter: 'is:firing', opened: [] })
  expect(after(state, ['Esc']).log.filter).toBe('')
  expect(after(state, ['/', 'Esc']).log).toEqual({ filter: '', opened: [] })
})

test('an alert is copied as text for a ticket', () => {
  const { effect } = step(PAGE, 'y')
  expect(effect?.kind === 'copy' && effect.text.split('\n')).toEqual([
    'warning on web-03: /var 95 % full in 3 h 10 m (disk-fills-soon)',
    'firing since 24 Nov 14:09:10, 22 min',
    'rule: disk_used_ratio{mount="/var"} reaches 95% within 4h for 2m (healthtop.yaml:41)',
    'cause: vacuum-logs writes 38 MB/s',
    'who: vacuum-logs (pid 9377, root, new), postgres (pid 1204, postgres), node (pid 4211, node)',
    'changed before: 14:02:16 vacuum-logs started, pid 9377, root; 14:03:02 sdb busy rose from 6 % to 82 %; 14:06:40 api slow, 640 > 500 ms',
    '14:07:10 pending: waits 2 min before it fires',
    '14:09:10 firing: 95 % full in 3 h 33 m',
    '14:28:03 joined: api slow, same cause',
  ])
  const over = step({ ...PAGE, alert: { id: OVER.alert.id, back: { focus: 'log' } } }, 'y').effect
  expect(over?.kind === 'copy' && over.text).toContain(
    'fired 24 Nov 10:03:40, well again 24 Nov 10:15:52, lasted 12 min',
  )
})

test('every event of the fixture stands in the log once, in whatever incident', () => {
  expect(EVENTS.filter(({ alert }) => alert === DOWN.alert.id)).toHaveLength(1)
  expect(SERVICES.some(({ definition }) => definition.name === 'mail')).toBe(true)
})
