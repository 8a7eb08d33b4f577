import { expect, test } from 'vitest'
import { settled } from '../../src/ui/settled.ts'
import { INITIAL, listOf, select, type ViewState } from '../../src/ui/state.ts'
import { API, definitionOf, MAIL, SHOP, statusOf } from '../fixtures/checks.ts'
import { frameOf } from '../fixtures/frame.ts'

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
