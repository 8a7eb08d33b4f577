import { describe, expect, test } from 'vitest'
import { crossings, isSoon, nextCrossings, otherCounts, outlook, recordOfAll } from '../../src/model/crossings.ts'
import type { LimitForecast } from '../../src/model/forecast.ts'
import { AHEAD, heading, limitOf, spaceLimit } from '../fixtures/limits.ts'

const HOUR = 60
const DAY = 24 * HOUR
/** Every series was measured but the named ones. */
const measuredBut = (...never: string[]) => ({ last: (key: string) => (never.includes(key) ? undefined : 0.2) })
const names = (list: readonly LimitForecast[]) => list.map(({ subject, limit }) => `${subject} ${limit}`)

describe('what will be reached', () => {
  test('is what heads there within a month, in the order of the frame', () => {
    expect(names(crossings([...AHEAD, limitOf({ time: heading(31 * DAY) })]))).toEqual(names(AHEAD.slice(0, 7)))
  })
  test('of a series with two limits the next is the first; when that is reached, the second', () => {
    expect(names(nextCrossings(AHEAD)).slice(0, 2)).toEqual(['/var 95 %', 'node 2 GiB limit'])
    const reached = [spaceLimit('/var', { time: { kind: 'reached' } }), ...AHEAD.slice(1)]
    expect(names(nextCrossings(reached))[0]).toBe('/var 100 %')
  })
  test('is soon when it may be within a day, or when it is urgent', () => {
    const soon = (parts: Partial<LimitForecast>) => nextCrossings([limitOf(parts)]).map(isSoon)
    expect(soon({ time: heading(30 * HOUR, 23 * HOUR) })).toEqual([true])
    expect(soon({ time: heading(30 * HOUR, 25 * HOUR) })).toEqual([false])
    expect(soon({ time: heading(9 * DAY), severity: 'warning' })).toEqual([true])
  })
})

describe('that nothing comes is said', () => {
  const said = (forecasts: readonly LimitForecast[], ...never: string[]) => outlook(forecasts, measuredBut(...never))
  const unknown = limitOf({ series: 'disk_inodes_used_ratio{mount="/var"}', time: { kind: 'unknown' } })
  test('when all was judged, and never before anything was', () => {
    expect(said([limitOf()])).toEqual({ text: 'nothing reaches a limit within 24 h' })
    expect(said([])).toBeUndefined()
    expect(said([limitOf({ time: { kind: 'reached' } })])).toBeUndefined()
  })
  test('not while a limit was not seen often enough; what is never measured has none', () => {
    expect(said([limitOf(), unknown])).toBeUndefined()
    expect(said([limitOf(), unknown], unknown.series)).toEqual({ text: 'nothing reaches a limit within 24 h' })
  })
  test('of the rest when something has reached its limit, or is too soon to be told', () => {
    expect(said([limitOf(), spaceLimit('/', { time: { kind: 'reached' } })])?.text).toBe(
      'nothing else reaches a limit within 24 h',
    )
    const moving = (mount: string, threshold: number) => spaceLimit(mount, { threshold, time: { kind: 'too soon' } })
    expect(said([limitOf(), moving('/a', 0.95), moving('/a', 1), moving('/b', 1)])).toEqual({
      text: 'nothing is known to reach a limit within 24 h',
      but: 'too soon to say of /a, /b',
    })
  })
  test('and the rest is counted', () => {
    expect(otherCounts(AHEAD, measuredBut())).toEqual(['1 too soon to say', '2 steady', '1 not known yet'])
    expect(otherCounts(AHEAD, measuredBut('swap_used_ratio'))).toEqual(['1 too soon to say', '2 steady'])
  })
})

describe('how good forecasts were', () => {
  test('is told by how long each was judged, a series once', () => {
    const record = (overS: number, inside: number) => ({ overS, inside })
    const forecasts = [
      spaceLimit('/', { record: record(86_400, 0.9) }),
      spaceLimit('/', { threshold: 1, record: record(86_400, 0.9) }),
      spaceLimit('/var', { record: record(21_600, 1) }),
      spaceLimit('/home'),
    ]
    expect(recordOfAll(forecasts)).toEqual({ overS: 86_400, inside: expect.closeTo(0.92, 10) })
  })
  test('is not known before any was judged', () => {
    expect(recordOfAll([limitOf()])).toBeUndefined()
  })
})
