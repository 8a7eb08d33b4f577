import { expect, test } from 'vitest'
import { definitionOf } from '../../fixtures/checks.ts'
import { START_MS } from '../samples.ts'
import { Trial } from './trial.ts'

const MAIL = definitionOf('mail', { intervalMs: 10_000, failures: 2, successes: 1 })
const API = definitionOf('api', { intervalMs: 10_000, failures: 2, successes: 1 })

test('before its first result a check is not asked, unknown and no trouble', () => {
  const trial = new Trial([MAIL])
  expect(trial.status('mail')).toMatchObject({
    state: 'unknown',
    asked: false,
    sinceMs: START_MS,
    results: [],
    changes: [],
  })
  expect(trial.status('mail').reason).toBeUndefined()
  expect(trial.wrong).toEqual([])
})

test('its trouble and the end of it are told, its first success is not', () => {
  const trial = new Trial([MAIL])
  trial.results('mail', 'uudd')
  expect(trial.wrong).toEqual(['critical: mail down refused by 127.0.0.1:25'])
  expect(trial.status('mail')).toMatchObject({
    state: 'down',
    reason: 'refused',
    error: 'connection refused by 127.0.0.1:25',
    sinceMs: START_MS + 20_000,
    failing: 0,
  })
  trial.second += 720
  trial.results('mail', 'u')
  expect(trial.told).toEqual(['critical: mail down, refused by 127.0.0.1:25', 'ok: mail well again (was down 12 min)'])
  expect(trial.wrong).toEqual([])
  expect(trial.status('mail').changes.map(({ state }) => state)).toEqual(['up', 'down', 'up'])
})

test('a failure that does not count yet changes nothing but its number', () => {
  const trial = new Trial([MAIL])
  trial.results('mail', 'ud')
  expect(trial.status('mail')).toMatchObject({ state: 'up', failing: 1 })
  expect(trial.status('mail').reason).toBeUndefined()
  expect(trial.status('mail').last?.outcome.state).toBe('down')
  expect(trial.told).toEqual([])
})

test('down from the start is told, and is no trouble while it does not count', () => {
  const trial = new Trial([MAIL])
  trial.results('mail', 'd')
  expect(trial.status('mail')).toMatchObject({ state: 'unknown', asked: true, failing: 1 })
  expect(trial.wrong).toEqual([])
  trial.results('mail', 'd')
  expect(trial.told).toEqual(['critical: mail down, refused by 127.0.0.1:25'])
})

test('where there will be one result only, that one counts', () => {
  const trial = new Trial([definitionOf('mail', { failures: 5, successes: 3 })], true)
  trial.results('mail', 'd')
  expect(trial.state('mail')).toBe('down')
})

test('slow says how slow, and which phase took longer than usual', () => {
  const trial = new Trial([API])
  const usual = { dns: 0.001, tls: 0.02, first_byte: 0.16 }
  for (let count = 0; count < 5; count++) {
    trial.result('api', { state: 'up', latencyS: 0.18, phases: usual })
    trial.second += 10
  }
  const slow = {
    state: 'degraded',
    reason: 'slow',
    error: 'took 812 ms, expected under 500 ms',
    latencyS: 0.812,
  } as const
  trial.result('api', { ...slow, phases: { ...usual, first_byte: 0.786 } })
  trial.second += 10
  trial.result('api', { ...slow, phases: { ...usual, first_byte: 0.786 } })
  expect(trial.told).toEqual(['warning: api slow 812 > 500 ms (first byte 786 ms)'])
  expect(trial.wrong).toEqual(['warning: api slow 812 > 500 ms'])
})

test('what was slow from its first answer on was never well, and the phase that took most is told', () => {
  const trial = new Trial([API])
  const slow = {
    state: 'degraded',
    reason: 'slow',
    error: 'took 697 ms, expected under 500 ms',
    latencyS: 0.697,
  } as const
  trial.result('api', { ...slow, phases: { connect: 0.0004, first_byte: 0.697, transfer: 0.0001 } })
  trial.second += 10
  trial.result('api', { ...slow, phases: { connect: 0.0004, first_byte: 0.697, transfer: 0.0002 } })
  expect(trial.told).toEqual(['warning: api slow 697 > 500 ms (first byte 697 ms)'])
  expect(trial.status('api').changes.map(({ state }) => state)).toEqual(['degraded'])
})

test('reason and error are those of the newest result that is as it is judged', () => {
  const trial = new Trial([MAIL])
  const down = (error: string) => ({ state: 'down', reason: 'timeout', error }) as const
  trial.result('mail', down('no answer from a'))
  trial.second += 10
  trial.result('mail', down('no answer from b'))
  expect(trial.status('mail').error).toBe('no answer from b')
  trial.second += 10
  trial.result('mail', { state: 'unknown', reason: 'missing', error: 'there is no program' })
  expect(trial.status('mail')).toMatchObject({ state: 'down', error: 'no answer from b' })
  trial.second += 10
  trial.result('mail', down('no answer from c'))
  expect(trial.status('mail').error).toBe('no answer from c')
})

test('what could not be asked is unknown, and trouble of its own', () => {
  const trial = new Trial([MAIL])
  trial.results('mail', 'u??')
  expect(trial.wrong).toEqual(['unknown: mail unknown there is no program ping'])
  trial.results('mail', 'u')
  expect(trial.told).toEqual([
    'unknown: mail unknown, there is no program ping',
    'ok: mail well again (was unknown 20 s)',
  ])
})

const DB = definitionOf('db', { intervalMs: 10_000, failures: 1 })
const WEB = definitionOf('web', { intervalMs: 10_000, failures: 2, depends: ['api'] })
const ON_DB = { ...API, depends: ['db'] }

test('what fails while it depends on something that is down is unknown, and no trouble', () => {
  const trial = new Trial([DB, ON_DB, WEB])
  for (const name of ['db', 'api', 'web']) trial.results(name, 'u', 0)
  trial.second += 10
  trial.results('db', 'd', 0)
  trial.results('api', 'd', 0)
  trial.results('web', 'd')
  expect(trial.status('api')).toMatchObject({ state: 'unknown', reason: 'dependency', error: 'db is down' })
  expect(trial.status('web')).toMatchObject({ state: 'unknown', reason: 'dependency', error: 'db is down' })
  expect(trial.status('api').results.map(({ state }) => state)).toEqual(['up', 'unknown'])
  expect(trial.wrong).toEqual(['critical: db down refused by 127.0.0.1:25'])
  expect(trial.told).toEqual(['critical: db down, refused by 127.0.0.1:25'])
})

test('what answers although something below is down is unknown all the same, and tells no turn', () => {
  const trial = new Trial([DB, ON_DB])
  trial.results('api', 'u')
  trial.results('db', 'd')
  const told = trial.told.length
  trial.results('api', 'uss')
  expect(trial.status('api')).toMatchObject({ state: 'unknown', reason: 'dependency', error: 'db is down' })
  expect(trial.told).toHaveLength(told)
  trial.results('db', 'u')
  trial.results('api', 'u')
  expect(trial.state('api')).toBe('up')
})

test('what went down first is explained as soon as what it depends on is down', () => {
  const trial = new Trial([{ ...DB, failures: 3 }, ON_DB])
  trial.results('db', 'u', 0)
  trial.results('api', 'u')
  for (let count = 0; count < 3; count++) {
    trial.results('api', 'd', 0)
    trial.results('db', 'd')
  }
  expect(trial.status('api')).toMatchObject({ state: 'unknown', error: 'db is down' })
  expect(trial.told).toEqual([
    'critical: api down, refused by 127.0.0.1:25',
    'critical: db down, refused by 127.0.0.1:25',
  ])
  trial.results('db', 'u')
  expect(trial.status('api')).toMatchObject({ state: 'unknown', reason: 'dependency', error: 'db was down' })
  expect(trial.wrong).toEqual([])
  trial.results('api', 'u')
  expect(trial.told.slice(2)).toEqual(['ok: db well again (was down 30 s)', 'ok: api well again (was down 40 s)'])
})

test('after that its failures count anew', () => {
  const trial = new Trial([DB, ON_DB])
  trial.results('db', 'd', 0)
  trial.results('api', 'd')
  trial.results('db', 'u', 0)
  trial.results('api', 'd')
  expect(trial.status('api')).toMatchObject({ state: 'unknown', error: 'db was down', failing: 1 })
  trial.results('api', 'd')
  expect(trial.wrong).toEqual(['critical: api down refused by 127.0.0.1:25'])
})

test('what turns all the time is flapping: told once, and once when it is steady again', () => {
  const trial = new Trial([{ ...MAIL, failures: 1 }])
  trial.results('mail', 'ud'.repeat(15))
  const told = trial.told.length
  expect(trial.told.at(-1)).toMatch(/^warning: mail flapping 5\d %$/)
  expect(trial.status('mail')).toMatchObject({ state: 'down', flapping: true })
  expect(trial.wrong).toEqual(['critical: mail down refused by 127.0.0.1:25, flapping'])
  trial.results('mail', 'ududu')
  expect(trial.told).toHaveLength(told)
  expect(trial.wrong).toEqual(['warning: mail flapping'])
  trial.results('mail', 'u'.repeat(21))
  expect(trial.status('mail').flapping).toBe(false)
  expect(trial.told.slice(told)).toEqual([expect.stringMatching(/^ok: mail steady again \(was flapping \d+ min\)$/)])
  trial.results('mail', 'd')
  expect(trial.told.at(-1)).toBe('critical: mail down, refused by 127.0.0.1:25')
})

test('one that is steady but down says both', () => {
  const trial = new Trial([{ ...MAIL, failures: 1 }])
  trial.results('mail', `${'ud'.repeat(15)}${'d'.repeat(21)}`)
  expect(trial.told.at(-1)).toMatch(/^critical: mail steady again, down, refused by 127\.0\.0\.1:25 \(was flapping/)
  trial.results('mail', 'u')
  expect(trial.told.at(-1)).toMatch(/^ok: mail well again \(was down/)
})

test('a removed check leaves with a word, and its series with it', () => {
  const trial = new Trial([MAIL, API])
  trial.results('mail', 'dd')
  trial.second += 50
  trial.define([API])
  expect(trial.checks.list.map(({ definition }) => definition.name)).toEqual(['api'])
  expect(trial.told.at(-1)).toBe('event: mail removed (was down 1 min)')
  expect(trial.wrong).toEqual([])
  expect(trial.samples).toEqual([expect.objectContaining({ source: 'check:mail', gauges: {} })])
})

test('one that was found and is well leaves as it came, without a word; one that is down does not', () => {
  const found = { ...MAIL, origin: 'discovered' } as const
  const trial = new Trial([found, API])
  trial.results('mail', 'u')
  trial.define([API])
  expect(trial.told).toEqual([])
  trial.define([found, API])
  trial.results('mail', 'dd')
  trial.define([API])
  expect(trial.told.at(-1)).toMatch(/^event: mail removed/)
})

test('a changed check starts anew, an unchanged one goes on, and the order is that of the definitions', () => {
  const trial = new Trial([MAIL, API])
  trial.results('mail', 'u')
  trial.results('api', 'u')
  const mail = trial.status('mail')
  trial.define([{ ...API, target: '127.0.0.1:81' }, structuredClone(MAIL)])
  expect(trial.checks.list.map(({ definition }) => definition.name)).toEqual(['api', 'mail'])
  expect(trial.status('mail')).toBe(mail)
  expect(trial.status('api')).toMatchObject({ state: 'unknown', asked: false })
  expect(trial.told).toEqual([])
})

test('only what a result is for becomes another object', () => {
  const trial = new Trial([MAIL, API])
  trial.results('mail', 'u')
  trial.results('api', 'u')
  const { list } = trial.checks
  trial.define([structuredClone(MAIL), structuredClone(API)])
  trial.results('nobody', 'd')
  expect(trial.checks.list).toBe(list)
  trial.results('api', 'u')
  expect(trial.checks.list).not.toBe(list)
  expect(trial.status('mail')).toBe(list[0])
  expect(trial.status('api')).not.toBe(list[1])
  const reasons = trial.checks.reasons()
  trial.results('api', 'u')
  expect(trial.checks.reasons()).toBe(reasons)
})

test('the next turn is told without any result', () => {
  const trial = new Trial([MAIL])
  const before = trial.status('mail')
  trial.next('mail', START_MS + 5000)
  expect(trial.status('mail').nextMs).toBe(START_MS + 5000)
  expect(before.nextMs).toBeUndefined()
  const { list } = trial.checks
  trial.next('mail', START_MS + 5000)
  expect(trial.checks.list).toBe(list)
})

test('an old status tells what it told, whatever came after', () => {
  const trial = new Trial([MAIL])
  trial.results('mail', 'uuu')
  const old = trial.status('mail')
  trial.results('mail', 'd'.repeat(500))
  expect(old.results.map(({ state }) => state)).toEqual(['up', 'up', 'up'])
  expect(old.latency).toEqual({ p50: 0.01, p95: 0.01 })
  expect(old.changes).toHaveLength(1)
  expect(trial.status('mail').results).toHaveLength(360)
})

test('no more than fifty changes are kept', () => {
  const trial = new Trial([{ ...MAIL, failures: 1 }])
  trial.results('mail', 'ud'.repeat(60))
  const { changes } = trial.status('mail')
  expect(changes).toHaveLength(50)
  expect(changes[0]).toMatchObject({ state: 'down', reason: 'refused', wallMs: START_MS + 1_190_000 })
})

test('the time of failures that turned out to be down was down, of others up', () => {
  const trial = new Trial([{ ...MAIL, failures: 3 }])
  trial.results('mail', 'uuuuu')
  trial.results('mail', 'ddd')
  trial.results('mail', 'uu')
  // Down from the first failure at 50 s to the answer at 80 s.
  expect(trial.status('mail').availability.hour).toBeCloseTo(1 - 30 / 90, 6)
  trial.results('mail', 'ddu')
  expect(trial.status('mail').availability.hour).toBeCloseTo(1 - 30 / 120, 6)
})

test('time in which nobody asked is not known, but what is down may be asked more seldom', () => {
  const trial = new Trial([{ ...MAIL, failures: 1 }])
  trial.results('mail', 'uu')
  trial.second += 3600
  trial.results('mail', 'uud')
  expect(trial.status('mail').availability).toEqual({ hour: 1, day: 1, week: 1 })
  trial.second += 25
  trial.results('mail', 'u')
  expect(trial.status('mail').availability.hour).toBeCloseTo(20 / 55, 6)
})

test('unknown time counts neither way', () => {
  const trial = new Trial([{ ...MAIL, failures: 1 }])
  trial.results('mail', 'u?????u')
  trial.results('mail', 'u')
  expect(trial.status('mail').availability.day).toBe(1)
  expect(trial.status('mail').worst.day.at(-1)).toBe('unknown')
})

test('whoever measures, it goes on as it is: settings that another healthtop keeps to itself make no other check of it', () => {
  const told = definitionOf('mail', { failures: 2, successes: 1, settings: {} })
  const own = { ...told, settings: { host: '127.0.0.1', port: 25 } }
  const trial = new Trial([told])
  trial.results('mail', 'udd')
  trial.define([own])
  expect(trial.status('mail')).toMatchObject({ state: 'down', sinceMs: START_MS + 10_000, definition: own })
  trial.results('mail', 'd')
  trial.define([told])
  trial.results('mail', 'd')
  expect(trial.told).toEqual(['critical: mail down, refused by 127.0.0.1:25'])
  trial.define([{ ...own, target: '127.0.0.1:26' }])
  expect(trial.state('mail')).toBe('unknown')
})
