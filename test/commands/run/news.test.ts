import { expect, test } from 'vitest'
import { newsLine } from '../../../src/commands/run/lines.ts'
import { createNews } from '../../../src/commands/run/news.ts'
import type { LogEvent } from '../../../src/model/event.ts'
import { alertOf, recordOf } from '../../fixtures/alerts.ts'
import { frameOf, NOW } from '../../fixtures/frame.ts'

const event = (at: number, text = 'well again'): LogEvent => ({
  wallMs: NOW + at,
  kind: 'check',
  level: 'ok',
  subject: 'api',
  text,
})
const texts = (news: ReturnType<typeof createNews>, events: readonly LogEvent[]) =>
  news.take(frameOf({ events })).map((line) => line.text)

test('each thing is told once, in the order in which it happened', () => {
  const news = createNews()
  expect(texts(news, [event(2, 'b'), event(1, 'a')])).toEqual(['a', 'b'])
  expect(texts(news, [event(3, 'c'), event(2, 'b'), event(1, 'a')])).toEqual(['c'])
})

test('what earlier runs left is no news', () => {
  const news = createNews()
  const record = recordOf()
  news.know({ events: [event(1, 'a')], records: [record] })
  const frame = frameOf({ events: [event(2, 'b'), event(1, 'a')], records: [record], alerts: [record.alert] })
  expect(news.take(frame).map(({ text }) => text)).toEqual(['b'])
})

test('the same events from another healthtop are no news', () => {
  const news = createNews()
  texts(news, [event(1, 'a')])
  expect(texts(news, [event(2, 'b'), { ...event(1, 'a') }])).toEqual(['b'])
})

test('an alert is told at each step', () => {
  const news = createNews()
  const alert = alertOf()
  const step = (state: 'firing' | 'resolved') => news.take(frameOf({ records: [recordOf(alert, { state })] }))
  expect(step('firing')).toMatchObject([{ kind: 'alert', state: 'firing' }])
  expect(step('firing')).toEqual([])
  expect(step('resolved')).toMatchObject([{ kind: 'alert', state: 'resolved' }])
})

test('two rules that say the same at the same moment are two things', () => {
  const news = createNews()
  const told = (alert: string): LogEvent => ({ ...event(1, '97 % used'), kind: 'alert', level: 'critical', alert })
  expect(texts(news, [told('b memory_used_ratio 1'), told('a memory_used_ratio 1')])).toHaveLength(2)
  // A check's turn stays itself when an alert is linked to it.
  expect(texts(news, [event(2, 'down')])).toHaveLength(1)
  expect(texts(news, [{ ...event(2, 'down'), alert: 'check-down check_up 1' }])).toEqual([])
})

/** What text says of one alert after it was said to fire, with the last of these frames. */
function endOf(level: LogEvent['level'] | undefined) {
  const news = createNews()
  const alert = alertOf()
  const told: LogEvent = { ...event(1, '97 % used'), kind: 'alert', level: 'critical', alert: alert.id }
  news.take(frameOf({ events: [told], records: [recordOf(alert, { state: 'firing' })] }))
  const end: LogEvent[] = level === undefined ? [] : [{ ...told, wallMs: NOW + 2, level, text: 'ended' }]
  const timeline = [{ wallMs: NOW + 2, step: 'resolved' as const, text: 'well again, was 97 % for 2 min' }]
  const records = [recordOf(alert, { state: 'resolved', timeline })]
  return news
    .take(frameOf({ events: [...end, told], records }))
    .map((line) => newsLine(line, { format: 'text', priorities: false }))
    .map((line) => line.slice(line.indexOf(' ') + 1))
    .filter((line) => line !== '')
}

test('that an alert is over is said once, by what happened or else by itself', () => {
  const tags = 'alert=disk-almost-full state=resolved\n'
  expect(endOf('ok')).toEqual([`ok api ended ${tags}`])
  expect(endOf('event')).toEqual([`event api ended ${tags}`])
  expect(endOf(undefined)).toEqual([`event /var disk-almost-full is over (was 97 % for 2 min) ${tags}`])
})

test('an alert that nobody was told of ends without a word', () => {
  const news = createNews()
  const [line] = news.take(frameOf({ records: [recordOf(alertOf(), { state: 'resolved' })] }))
  expect(line && newsLine(line, { format: 'text', priorities: false })).toBe('')
})
