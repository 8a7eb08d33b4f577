import { expect, test } from 'vitest'
import { marked, marksAfter, marksInForce } from '../../../src/engine/alerts/marks.ts'
import { alertKey, NO_MARKS } from '../../../src/model/alert.ts'
import { alertOf } from '../../fixtures/alerts.ts'

const alert = alertOf()

test('an acknowledgement is of one alert, with its note, and is taken back', () => {
  const marks = marksAfter(NO_MARKS, { kind: 'acknowledge', alert: alert.id, note: 'on it' }, alert, 1000)
  expect(marks.acknowledgements).toEqual([{ alert: alert.id, atMs: 1000, note: 'on it' }])
  expect(marked(alert, marks).acknowledged?.note).toBe('on it')
  expect(marked(alertOf({ sinceMs: alert.sinceMs + 1 }), marks).acknowledged).toBeUndefined()
  const again = marksAfter(marks, { kind: 'acknowledge', alert: alert.id, note: 'still' }, alert, 2000)
  expect(again.acknowledgements.map(({ note }) => note)).toEqual(['still'])
  expect(marksAfter(again, { kind: 'unacknowledge', alert: alert.id }, alert, 3000)).toEqual(NO_MARKS)
})

test('a silence is of a rule and series, whenever it fires', () => {
  const marks = marksAfter(NO_MARKS, { kind: 'silence', alert: alert.id, untilMs: 5000 }, alert, 1000)
  expect(marked(alertOf({ sinceMs: alert.sinceMs + 60_000 }), marks).silenced?.untilMs).toBe(5000)
  expect(marked(alertOf({ series: 'disk_used_ratio{mount="/"}' }), marks).silenced).toBeUndefined()
  expect(marksAfter(marks, { kind: 'unsilence', alert: alert.id }, alert, 2000)).toEqual(NO_MARKS)
})

test('marks count until their time, or as long as their alert; the same object while all do', () => {
  const other = alertOf({ series: 'memory_used_ratio' })
  const marks = {
    acknowledgements: [{ alert: alert.id, atMs: 1, note: '' }],
    silences: [
      { key: alertKey(alert), atMs: 1, untilMs: 5000 },
      { key: alertKey(other), atMs: 1 },
    ],
  }
  expect(marksInForce(marks, [alert, other], 4999)).toBe(marks)
  expect(marksInForce(marks, [other], 4999)).toEqual({ acknowledgements: [], silences: marks.silences })
  expect(marksInForce(marks, [alert], 5000)).toEqual({ acknowledgements: marks.acknowledgements, silences: [] })
})

test('an alert that nobody did anything to stays the same object', () => {
  const elsewhere = { acknowledgements: [{ alert: 'x', atMs: 1, note: '' }], silences: [{ key: 'y', atMs: 1 }] }
  expect(marked(alert, NO_MARKS)).toBe(alert)
  expect(marked(alert, elsewhere)).toBe(alert)
})
