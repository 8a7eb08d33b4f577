import { expect, test } from 'vitest'
import type { Alert } from '../../src/model/alert.ts'
import { Announcer } from '../../src/ui/announcer.ts'
import { notificationSequence } from '../../src/ui/screen/notification.ts'
import { alertOf } from '../fixtures/alerts.ts'
import { frameOf, NOW } from '../fixtures/frame.ts'

const STARTED = NOW - 3000
const ALL = { bell: 'all', notify: true } as const
const fresh = (subject: string, parts: Partial<Alert> = {}) =>
  alertOf({ subject, series: `disk_used_ratio{mount="${subject}"}`, sinceMs: NOW - 60_000, firedMs: NOW, ...parts })
const frame = (...alerts: Alert[]) => frameOf({ alerts })

test('an alert that fires anew is announced once', () => {
  const announcer = new Announcer(STARTED)
  expect(announcer.next(frame(), ALL, 0)).toBeUndefined()
  expect(announcer.next(frame(fresh('/var', { state: 'pending' })), ALL, 1000)).toBeUndefined()
  expect(announcer.next(frame(fresh('/var')), ALL, 2000)).toEqual({ bell: true, text: 'web-03: /var 94 % used' })
  expect(announcer.next(frame(fresh('/var')), ALL, 20_000)).toBeUndefined()
})

test('those that were there when the screen came up are no news, whenever they are told', () => {
  const announcer = new Announcer(STARTED)
  const old = fresh('/', { firedMs: STARTED - 1 })
  expect(announcer.next(frame(old), ALL, 0)).toBeUndefined()
  const late = new Announcer(STARTED)
  expect(late.next(frame(), ALL, 0)).toBeUndefined()
  expect(late.next(frame(old), ALL, 5000)).toBeUndefined()
})

test('no more often than every five seconds, and then how many', () => {
  const announcer = new Announcer(STARTED)
  const names = ['/a', '/b', '/c', '/d', '/e']
  expect(announcer.next(frame(fresh('/a')), ALL, 0)?.text).toBe('web-03: /a 94 % used')
  expect(announcer.next(frame(...names.map((name) => fresh(name))), ALL, 4999)).toBeUndefined()
  expect(announcer.next(frame(...names.map((name) => fresh(name))), ALL, 5000)?.text).toBe(
    'web-03: 4 alerts: /b 94 % used, /c 94 % used, /d 94 % used, 1 more',
  )
})

test('quiet ones and those that nobody asked for are not announced', () => {
  const next = (alert: Alert, wanted: Parameters<Announcer['next']>[1]) =>
    new Announcer(STARTED).next(frame(alert), wanted, 0)
  expect(next(fresh('/', { acknowledged: { alert: '', atMs: NOW, note: '' } }), ALL)).toBeUndefined()
  expect(next(fresh('/', { silenced: { key: '', atMs: NOW } }), ALL)).toBeUndefined()
  expect(next(fresh('/'), { bell: 'off', notify: false })).toBeUndefined()
  expect(next(fresh('/'), { bell: 'critical', notify: false })).toBeUndefined()
  expect(next(fresh('/'), { bell: 'critical', notify: true })?.bell).toBe(false)
  expect(next(fresh('/', { severity: 'critical' }), { bell: 'critical', notify: false })).toEqual({ bell: true })
})

test('the sequence is the one that the terminal knows, and nothing in the text ends it', () => {
  expect(notificationSequence('web-03: /var 94 % used', { TERM: 'xterm-256color' })).toBe(
    '\x1b]9;web-03: /var 94 % used\x07',
  )
  for (const TERM of ['rxvt-unicode-256color', 'foot'])
    expect(notificationSequence('a', { TERM })).toBe('\x1b]777;notify;healthtop;a\x07')
  expect(notificationSequence('9;4;1;50', {})).toBe('\x1b]9;9,4,1,50\x07')
  expect(notificationSequence('a\x07b\x1b\\c\nd', {})).toBe('\x1b]9;ab\\c d\x07')
  expect(notificationSequence('x'.repeat(5000), {}).length).toBeLessThan(300)
})

test('tmux and screen are asked to pass it on', () => {
  expect(notificationSequence('a', { TERM: 'tmux-256color', TMUX: '/tmp/tmux-0/default,1,0' })).toBe(
    '\x1bPtmux;\x1b\x1b]9;a\x07\x1b\\',
  )
  expect(notificationSequence('a', { TERM: 'screen', STY: '1.pts' })).toBe('\x1bP\x1b]9;a\x07\x1b\\')
})
