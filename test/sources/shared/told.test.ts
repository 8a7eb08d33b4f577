import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_MARKS } from '../../../src/model/alert.ts'
import type { LogEvent } from '../../../src/model/event.ts'
import { apply, changeOf, NOTHING_TOLD, type Told } from '../../../src/sources/shared/told.ts'
import { alertOf, recordOf } from '../../fixtures/alerts.ts'

const alert = (at: number, value = 0.9) => alertOf({ series: `disk_used_ratio{mount="/${at}"}`, value })
const event = (wallMs: number): LogEvent => ({ wallMs, kind: 'check', level: 'ok', subject: 'api', text: 'well again' })

/** Alerts, records and events that come, change, go, and are ordered anew. */
const histories = fc.array(
  fc.record({
    alerts: fc.uniqueArray(fc.nat(9)),
    changed: fc.nat(9),
    events: fc.nat(3),
    marks: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
)

test('who is told each change knows the same as who saw it all', () => {
  fc.assert(
    fc.property(histories, (steps) => {
      let now: Told = NOTHING_TOLD
      let known: Told = NOTHING_TOLD
      for (const [step, { alerts, changed, events, marks }] of steps.entries()) {
        const list = alerts.map(
          (at) => now.alerts.find(({ id }) => at !== changed && id === alert(at).id) ?? alert(at, step),
        )
        const came = Array.from({ length: events }, (_, at) => event(step * 10 + at))
        now = {
          alerts: list,
          records: list.map((one) => now.records.find((record) => record.alert === one) ?? recordOf(one)),
          events: [...came, ...now.events].slice(0, 5),
          marks: marks ? { ...NO_MARKS } : now.marks,
        }
        const change = changeOf(known, now)
        if (change !== undefined) known = apply(known, change)
        expect(known).toEqual(now)
      }
    }),
  )
})

test('what is the same is not told, nor is a list for one of its members', () => {
  const all = [alert(1), alert(2), alert(3)]
  const before: Told = { alerts: all, records: [], events: [event(1)], marks: NO_MARKS }
  expect(changeOf(before, { ...before })).toBeUndefined()
  expect(changeOf(before, { ...before, alerts: [...all] })).toBeUndefined()
  const worse = alert(2, 0.99)
  expect(changeOf(before, { ...before, alerts: all.with(1, worse) })).toEqual({ alerts: { set: [worse] } })
  expect(changeOf(before, { ...before, alerts: all.slice(1) })).toEqual({
    alerts: { set: [], order: [alert(2).id, alert(3).id] },
  })
  expect(changeOf(before, { ...before, events: [event(2), ...before.events] })).toEqual({
    events: { front: [event(2)], length: 2 },
  })
})

test('what did not change keeps its identity', () => {
  const before: Told = { alerts: [alert(1), alert(2)], records: [], events: [event(1)], marks: NO_MARKS }
  const after = apply(before, { alerts: { set: [alert(2, 0.99)] } })
  expect(after.alerts[0]).toBe(before.alerts[0])
  expect(after.events).toBe(before.events)
})
