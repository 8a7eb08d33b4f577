import { expect, test } from 'vitest'
import { Records, withMoment } from '../../../src/engine/alerts/records.ts'
import type { AlertMoment } from '../../../src/model/alert.ts'
import { alertOf, recordOf } from '../../fixtures/alerts.ts'

const at = (sinceMs: number) => alertOf({ sinceMs })

test('newest first; a list that was given stays as it was', () => {
  const records = new Records()
  records.put(recordOf(at(1)))
  const before = records.list
  records.put(recordOf(at(2)))
  expect(records.list.map(({ alert }) => alert.sinceMs)).toEqual([2, 1])
  expect(before.map(({ alert }) => alert.sinceMs)).toEqual([1])
  expect(records.list).toBe(records.list)
})

test('an alert that did not change makes no other list', () => {
  const records = new Records()
  const record = recordOf(at(1))
  records.put(record)
  const before = records.list
  records.update(record.alert, record.evidence)
  expect(records.list).toBe(before)
  records.update(at(9), [])
  expect(records.list).toBe(before)
})

test('it ends once, with why', () => {
  const records = new Records()
  const { alert } = recordOf(at(1))
  records.put(recordOf(alert))
  records.close(alert.id, 100, 'cleared', 'was 97 % for 2 min')
  records.close(alert.id, 200, 'removed', 'its rule is gone')
  expect(records.get(alert.id)).toMatchObject({ state: 'resolved', endedMs: 100, resolution: 'cleared' })
  expect(records.get(alert.id)?.timeline.map(({ step }) => step)).toEqual(['firing', 'resolved'])
})

test('beyond five hundred the oldest that are over are dropped, never one that fires', () => {
  const records = new Records()
  records.put(recordOf(at(0)))
  for (let since = 1; since <= 600; since++) records.put(recordOf(at(since), { state: 'resolved' }))
  expect(records.list).toHaveLength(500)
  expect(records.list.at(-1)?.alert.sinceMs).toBe(0)
  expect(records.list[0]?.alert.sinceMs).toBe(600)
  for (let since = 1000; since < 2000; since++) records.put(recordOf(at(since)))
  expect(records.list.filter(({ state }) => state === 'firing')).toHaveLength(1001)
})

test('a long life keeps its beginning and its newest steps', () => {
  let timeline: readonly AlertMoment[] = []
  for (let wallMs = 0; wallMs < 100; wallMs++) timeline = withMoment(timeline, { wallMs, step: 'no data', text: '' })
  expect(timeline).toHaveLength(50)
  expect(timeline.map(({ wallMs }) => wallMs).slice(0, 3)).toEqual([0, 1, 52])
  expect(timeline.at(-1)?.wallMs).toBe(99)
})
