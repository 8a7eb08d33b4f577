import { expect, test } from 'vitest'
import { contextsOf } from '../../../src/ui/commands/contexts.ts'
import { press } from '../../../src/ui/commands/press.ts'
import { KEYS } from '../../../src/ui/keys/table.ts'
import { INITIAL, type ViewState } from '../../../src/ui/state.ts'
import { alertOf } from '../../fixtures/alerts.ts'
import { MAIL, SERVICES } from '../../fixtures/checks.ts'
import { frameOf } from '../../fixtures/frame.ts'

const HOME: ViewState = { ...INITIAL, columns: 120, rows: 40, focus: 'services' }
const LISTENERS = [{ protocol: 'tcp', address: '127.0.0.1', port: 25, process: 'master', pid: 7 }] as const
const FRAME = frameOf({ checks: SERVICES, listeners: LISTENERS })
const BARE = frameOf({ listeners: LISTENERS })

function step(state: ViewState, key: string, frame = FRAME, can: readonly 'check_now'[] = ['check_now']) {
  return press(state, {
    frame,
    list: { total: frame.checks.length, visible: 6 },
    can: new Set(can),
    keys: KEYS,
    key: { name: key, ...(key.length === 1 ? { text: key } : {}) },
  })
}
const after = (state: ViewState, ...keys: string[]) => keys.reduce((now, key) => step(now, key).state, state)
const row = (selected: number, state = HOME): ViewState => ({ ...state, lists: { services: { selected, offset: 0 } } })

test('Enter opens the page of the selected check, from the full view too', () => {
  const opened = after(row(1), 'Enter')
  expect([opened.check, opened.focus, opened.full]).toEqual([{ name: 'api' }, 'check-latency', undefined])
  expect(after(row(0, { ...HOME, full: 'services' }), 'Enter').full).toBeUndefined()
})

test('without checks Enter shows the sockets in full', () => {
  expect(step(HOME, 'Enter', BARE).state).toMatchObject({ full: 'services' })
  expect(step(HOME, 'c', BARE)).toMatchObject({ state: { notice: 'no services yet; healthtop init finds them' } })
  expect(step(HOME, '/', BARE).state.services.input).toBeUndefined()
})

test('c asks the selected one now, C all that are listed', () => {
  const one = step(row(1), 'c')
  expect(one.effect).toMatchObject({ kind: 'send', command: { kind: 'check_now', names: ['api'] } })
  expect(one.state.notice).toBe('checking api')
  expect(step(HOME, 'C').effect).toMatchObject({ command: { kind: 'check_now', names: [] } })
  const filtered: ViewState = { ...HOME, services: { filter: 'type:http state:degraded', list: 'checks' } }
  const some = step(filtered, 'C')
  expect(some.effect).toMatchObject({ command: { names: ['api', 'shop.example'] } })
  expect(some.state.notice).toBe('checking 2 services')
  const none = step({ ...HOME, services: { filter: 'nowhere', list: 'checks' } }, 'C')
  expect([none.effect, none.state.notice]).toEqual([undefined, 'no service matches the filter'])
})

test('what the source cannot do has no key', () => {
  expect(step(row(1), 'c', FRAME, []).effect).toBeUndefined()
})

test('y copies what is checked, and in the list of sockets the address', () => {
  expect(step(row(1), 'y').effect).toMatchObject({ kind: 'copy', text: 'https://localhost:8443/healthz' })
  expect(step(after(HOME, 'o'), 'y').effect).toMatchObject({ kind: 'copy', text: '127.0.0.1:25' })
})

test('typing a filter is live; Enter keeps it, Esc takes it away', () => {
  const typing = after(row(3), '/', ...'mai')
  expect(typing.services).toMatchObject({ filter: 'mai', input: { text: 'mai' } })
  expect(typing.lists.services).toEqual({ selected: 0, offset: 0 })
  expect(typing.processes.filter).toBe('')
  const kept = after(typing, 'Enter')
  expect([kept.services.filter, kept.services.input]).toEqual(['mai', undefined])
  expect(after(typing, 'Esc').services).toEqual({ filter: '', list: 'checks' })
  expect(after(kept, 'Esc').services.filter).toBe('')
  expect(after(typing, 'q').services.filter).toBe('maiq')
})

test('the rows can be gone through while a filter is typed', () => {
  expect(after(HOME, '/', 'Down', 'Down', 'Up').lists.services).toMatchObject({ selected: 1 })
})

test('the keys of one list mean nothing in the other', () => {
  expect(contextsOf({ ...HOME, focus: 'processes' })).not.toContain('services')
  expect(after({ ...HOME, focus: 'processes' }, '/').processes.input?.kind).toBe('filter')
  expect(after({ ...HOME, focus: 'processes' }, '/').services.input).toBeUndefined()
})

test('o shows the sockets in full and goes back to the checks', () => {
  const sockets = after(row(3), 'o')
  expect(sockets).toMatchObject({ full: 'services', services: { list: 'sockets' } })
  expect(sockets.lists.services).toEqual({ selected: 0, offset: 0 })
  expect(after(sockets, 'o').services.list).toBe('checks')
})

test('! goes to the worst, then to what is next, and round', () => {
  const disk = alertOf({ series: 'memory_used_ratio', subject: 'memory' })
  const frame = frameOf({ checks: SERVICES, alerts: [disk] })
  let state: ViewState = { ...HOME, focus: 'cpu' }
  const visited: unknown[] = []
  for (let times = 0; times < 5; times++) {
    state = step(state, '!', frame).state
    visited.push(state.focus === 'services' ? state.services.selected : state.focus)
  }
  expect(visited).toEqual(['mail', 'api', 'shop.example', 'memory', 'mail'])
})

test('! leaves the page of a check, and a filter that hides what it goes to', () => {
  const away: ViewState = {
    ...HOME,
    focus: 'check-latency',
    check: { name: 'api' },
    services: { filter: 'type:http', list: 'checks' },
  }
  const state = step(away, '!', frameOf({ checks: [...SERVICES.filter((check) => check !== MAIL), MAIL] })).state
  expect([state.check, state.focus, state.services.filter]).toEqual([undefined, 'services', ''])
  expect(state.services.selected).toBe('mail')
})
