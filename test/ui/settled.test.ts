import { describe, expect, test } from 'vitest'
import type { LogEvent } from '../../src/model/event.ts'
import { settled, settledLog } from '../../src/ui/settled.ts'
import { INITIAL, listOf, select, type ViewState } from '../../src/ui/state.ts'
import { API, definitionOf, MAIL, SHOP, statusOf } from '../fixtures/checks.ts'
import { frameOf, NOW } from '../fixtures/frame.ts'

const named = (name: string) => statusOf({ definition: definitionOf(name) })
const DB = named('db')
const HOME: ViewState = { ...INITIAL, columns: 120, rows: 40, focus: 'services' }
const frame = (...checks: (typeof MAIL)[]) => frameOf({ checks })
const downIs = (check: typeof MAIL) => ({ ...check, state: 'down' as const, reason: 'refused' })

/** Selected by a person in a list of which three rows can be seen. */
const chosen = (index: number, from: ReturnType<typeof frame>) =>
  settled(select(HOME, 'services', index, from.checks.length, 3), true, from, 3)

test('the selection stays on its check when the order changes', () => {
  const before = frame(MAIL, API, SHOP, DB)
  const state = chosen(3, before)
  expect(state.services.selected).toBe('db')
  const after = settled(state, false, frame(MAIL, API, SHOP, downIs(DB)), 3)
  expect(listOf(after, 'services')).toEqual({ selected: 0, offset: 0 })
  expect(settled(after, false, before, 3).lists.services).toEqual({ selected: 3, offset: 1 })
})

test('nobody has chosen anything: the selection stays at the top, whatever comes there', () => {
  const state = settled(HOME, false, frame(API, DB), 3)
  expect(settled(state, false, frame(downIs(DB), API), 3)).toBe(HOME)
})

test('a check that is removed leaves the selection on its row, and inside the list', () => {
  const state = chosen(3, frame(MAIL, API, SHOP, DB))
  const after = settled(state, false, frame(MAIL, API), 3)
  expect([after.services.selected, listOf(after, 'services').selected]).toEqual(['api', 1])
})

test('a filter that hides it for a while gives it back', () => {
  const all = frame(MAIL, API, DB)
  const state = chosen(2, all)
  const hidden = settled({ ...state, services: { ...state.services, filter: 'nothing like that' } }, false, all, 3)
  const back = settled({ ...hidden, services: { ...hidden.services, filter: '' } }, false, all, 3)
  expect([back.services.selected, listOf(back, 'services').selected]).toEqual(['db', 2])
})

test('the list of sockets is left with the full view', () => {
  const sockets: ViewState = {
    ...HOME,
    full: 'services',
    services: { filter: '', list: 'sockets' },
    lists: { services: { selected: 7, offset: 5 } },
  }
  expect(settled(sockets, false, frame(MAIL), 3)).toBe(sockets)
  const { full: _, ...home } = sockets
  expect(settled(home, false, frame(MAIL), 3)).toMatchObject({
    services: { list: 'checks' },
    lists: { services: { selected: 0, offset: 0 } },
  })
})

describe('the log', () => {
  const event = (minutes: number): LogEvent => ({
    wallMs: NOW - minutes * 60_000,
    kind: 'alert',
    level: 'warning',
    subject: 'it',
    text: `${minutes} minutes ago`,
  })
  const log = (...minutes: number[]) => frameOf({ events: minutes.map(event) })
  const LOG: ViewState = { ...INITIAL, columns: 120, rows: 40, focus: 'log' }
  const at = (state: ViewState) => listOf(state, 'log')

  test('somebody who reads an entry keeps it, at its height of the screen, while others come', () => {
    const before = log(1, 2, 3, 4, 5, 6)
    const reading = settledLog(select(LOG, 'log', 3, 6, 3), true, before, 3)
    expect(at(reading)).toEqual({ selected: 3, offset: 1 })
    const after = settledLog(reading, false, log(-1, 0, 1, 2, 3, 4, 5, 6), 3)
    expect(at(after)).toEqual({ selected: 5, offset: 3 })
    expect(settledLog(after, false, log(-1, 0, 1, 2, 3, 4, 5, 6), 3)).toBe(after)
  })

  test('at the top it stays on the newest', () => {
    const state = settledLog(LOG, false, log(1, 2), 3)
    expect(settledLog(state, false, log(0, 1, 2), 3)).toBe(LOG)
    // Back at the top nothing is held any more.
    const down = settledLog(select(LOG, 'log', 1, 2, 3), true, log(1, 2), 3)
    expect(down.log.selected).toContain('2 minutes ago')
    const up = settledLog(select(down, 'log', 0, 2, 3), true, log(1, 2), 3)
    expect(up.log).toEqual({ filter: '', opened: [] })
  })

  test('what is read on another page while others come is found where it was, and a taller panel shows all there is', () => {
    const reading = settledLog(select(LOG, 'log', 3, 6, 3), true, log(1, 2, 3, 4, 5, 6), 3)
    const elsewhere = settledLog(reading, false, log(0, 1, 2, 3, 4, 5, 6), 0)
    expect(at(elsewhere)).toEqual({ selected: 4, offset: 2 })
    expect(at(settledLog(elsewhere, false, log(0, 1, 2, 3, 4, 5, 6), 20))).toEqual({ selected: 4, offset: 0 })
  })

  test('an entry that is not kept any more leaves the selection inside the list', () => {
    const reading = settledLog(select(LOG, 'log', 5, 6, 3), true, log(1, 2, 3, 4, 5, 6), 3)
    expect(at(settledLog(reading, false, log(1, 2), 3))).toEqual({ selected: 1, offset: 0 })
    expect(at(settledLog(reading, false, log(), 3)).selected).toBe(0)
  })
})
