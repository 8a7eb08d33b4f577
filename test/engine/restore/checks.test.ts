import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AvailabilityCount } from '../../../src/engine/checks/availability.ts'
import { Checks } from '../../../src/engine/checks/checks.ts'
import { changeRatio } from '../../../src/engine/checks/flapping.ts'
import type { CheckDefinition, CheckState, CheckStatus } from '../../../src/model/check.ts'
import type { LogEvent } from '../../../src/model/event.ts'
import type { CheckHistory } from '../../../src/model/history.ts'
import { definitionOf } from '../../fixtures/checks.ts'
import { START_MS } from '../samples.ts'
import { checkHistory, resultColumns } from './recording.ts'

const PART_MS = 300_000
const HOUR_MS = 3_600_000
const MAIL = definitionOf('mail', { intervalMs: 10_000, failures: 2, successes: 1 })

/** Checks of a run that begins at START_MS, its monotonic clock at 1,234 s; time is seconds after that. */
class Again {
  readonly checks = new Checks()
  readonly events: LogEvent[] = []
  second = 0

  define(...definitions: CheckDefinition[]): this {
    this.checks.accept({ definitions }, this.wallMs, this.monoMs, this.#tell)
    return this
  }

  restore(mail: CheckHistory): this {
    this.checks.restore(new Map([['mail', mail]]), this.wallMs, this.monoMs, this.#tell)
    return this
  }

  results(...states: CheckState[]): this {
    for (const state of states) {
      const { wallMs, monoMs } = this
      const outcome = state === 'up' ? { state } : { state, reason: 'refused', error: 'connection refused by [::1]:25' }
      const result = { check: 'mail', outcome, wallMs, monoMs, durationMs: 5, tries: 1 }
      this.checks.accept({ results: [result] }, wallMs, monoMs, this.#tell)
      this.second += 10
    }
    return this
  }

  get mail(): CheckStatus {
    return this.checks.list[0] as CheckStatus
  }

  get told(): readonly string[] {
    return this.events.map(({ text, cause }) => (cause === undefined ? text : `${text} (${cause})`))
  }

  get wallMs(): number {
    return START_MS + this.second * 1000
  }

  get monoMs(): number {
    return (1234 + this.second) * 1000
  }

  readonly #tell = (event: LogEvent) => {
    this.events.push(event)
  }
}

const again = () => new Again().define(MAIL)
const left = (state: CheckState, agoS: number) =>
  checkHistory(START_MS - HOUR_MS, [], { changes: [{ state, wallMs: START_MS - agoS * 1000 }] })

describe('a check that was down when the last run ended', () => {
  test('and is down still is so since then, and it is not told again', () => {
    const run = again().restore(left('down', 720))
    expect(run.mail).toMatchObject({ state: 'unknown', asked: false })
    run.results('down', 'down')
    expect(run.mail).toMatchObject({ state: 'down', sinceMs: START_MS - 720_000, reason: 'refused' })
    expect(run.mail.changes).toHaveLength(1)
    expect(run.told).toEqual([])
    expect(run.checks.reasons()).toMatchObject([{ subject: 'mail', sinceMs: START_MS - 720_000 }])
  })

  test('and is well now is well again, with how long it was down', () => {
    const run = again().restore(left('down', 720)).results('up')
    expect(run.mail).toMatchObject({ state: 'up', sinceMs: START_MS })
    expect(run.mail.changes.map(({ state, wallMs }) => [state, wallMs])).toEqual([
      ['up', START_MS],
      ['down', START_MS - 720_000],
    ])
    expect(run.told).toEqual(['well again (was down 12 min)'])
    expect(run.results('down', 'down').told.at(-1)).toBe('down, refused by [::1]:25')
  })

  test('is that also where the history comes after the first results', () => {
    const down = again().results('down', 'down').restore(left('down', 720))
    expect(down.mail).toMatchObject({ state: 'down', sinceMs: START_MS - 720_000 })
    expect(down.told).toEqual(['down, refused by [::1]:25'])
    expect(down.results('up').told.at(-1)).toBe('well again (was down 12 min)')

    const well = again().results('up').restore(left('down', 720))
    expect(well.mail).toMatchObject({ state: 'up', sinceMs: START_MS })
    expect(well.told).toEqual(['well again (was down 12 min)'])
    expect(well.results('up', 'up').told).toHaveLength(1)

    const failing = again().results('down').restore(left('down', 720)).results('down')
    expect(failing.mail).toMatchObject({ state: 'down', sinceMs: START_MS - 720_000 })
    expect(failing.told).toEqual([])
  })

  test('and degraded now has got other, and says what it was', () => {
    const run = again().restore(left('down', 720)).results('degraded', 'degraded')
    expect(run.mail.state).toBe('degraded')
    expect(run.told).toEqual([expect.stringMatching(/\(was down 12 min\)$/)])
    expect(run.mail.changes.map(({ state }) => state)).toEqual(['degraded', 'down'])
  })
})

test('a check that was degraded is not well for its first answer, which is no better', () => {
  const still = again().restore(left('degraded', 720)).results('degraded')
  expect(still.results('degraded', 'degraded').told).toEqual([])
  expect(still.mail).toMatchObject({ state: 'degraded', sinceMs: START_MS - 720_000 })
  expect(still.results('up').told).toHaveLength(1)

  const late = again().results('degraded').restore(left('degraded', 720))
  expect(late.results('degraded').told).toEqual([])

  const well = again().restore(left('degraded', 720)).results('degraded', 'up')
  expect(well.told).toEqual([expect.stringMatching(/^well again \(was degraded 12 min\)$/)])
  expect(well.results('up', 'up').told).toHaveLength(1)
})

test('a check that was up is up since then', () => {
  const before = again().restore(left('up', 86_400)).results('up')
  const after = again().results('up', 'up').restore(left('up', 86_400))
  for (const run of [before, after]) {
    expect(run.mail).toMatchObject({ state: 'up', sinceMs: START_MS - 86_400_000 })
    expect(run.mail.changes).toHaveLength(1)
    expect(run.told).toEqual([])
  }
})

test('one that turned before the history came keeps the time of that turn, and its first state goes further back', () => {
  const run = again().results('up', 'down', 'down').restore(left('up', 600))
  expect(run.mail).toMatchObject({ state: 'down', sinceMs: START_MS + 10_000 })
  expect(run.mail.changes.map(({ state, wallMs }) => [state, wallMs])).toEqual([
    ['down', START_MS + 10_000],
    ['up', START_MS - 600_000],
  ])
})

test('a state from after now, of a clock that was set back, is none', () => {
  const run = again().restore(left('down', -60)).results('up')
  expect(run.mail).toMatchObject({ state: 'up', sinceMs: START_MS })
  expect(run.mail.changes).toHaveLength(1)
  expect(run.told).toEqual([])
})

test('a definition that comes after the history has it, within an hour; one that is changed later starts anew', () => {
  const run = new Again().restore(left('down', 720))
  run.second = 30
  run.define(MAIL).results('down', 'down')
  expect(run.mail).toMatchObject({ state: 'down', sinceMs: START_MS - 720_000 })
  run.define({ ...MAIL, intervalMs: 20_000 })
  expect(run.mail).toMatchObject({ state: 'unknown', asked: false, availability: {} })
  run.results('down', 'down')
  expect(run.mail.sinceMs).toBeGreaterThan(START_MS)

  const late = new Again().restore(left('down', 720))
  late.second = 3700
  late.define(MAIL).results('down', 'down')
  expect(late.mail.sinceMs).toBe(START_MS + 3_700_000)
})

test('of very many checks each has its past within some batches', () => {
  const names = Array.from({ length: 250 }, (_, index) => `check-${index}`)
  const history = new Map(names.map((name) => [name, left('up', 600)]))
  const run = new Again().define(...names.map((name) => definitionOf(name)))
  run.checks.restore(history, run.wallMs, run.monoMs, () => {})
  for (let batches = 0; batches < 3; batches++) run.checks.accept({}, run.wallMs, run.monoMs, () => {})
  const { wallMs, monoMs } = run
  const results = names.map((check) => ({
    check,
    outcome: { state: 'up' as const },
    wallMs,
    monoMs,
    durationMs: 5,
    tries: 1,
  }))
  run.checks.accept({ results }, wallMs, monoMs, () => {})
  expect(run.checks.list.filter(({ sinceMs }) => sinceMs === START_MS - 600_000)).toHaveLength(250)
})

test('one that another hinders meanwhile says nothing twice either', () => {
  const web = definitionOf('web')
  const mail = { ...MAIL, depends: ['web'] }
  const run = new Again().define(mail, web).restore(left('down', 720))
  const webDown = (state: CheckState) => {
    const { wallMs, monoMs } = run
    const outcome = state === 'up' ? { state } : { state, reason: 'refused', error: 'connection refused' }
    run.checks.accept(
      { results: [{ check: 'web', outcome, wallMs, monoMs, durationMs: 5, tries: 1 }] },
      wallMs,
      monoMs,
      () => {},
    )
  }
  for (let times = 0; times < web.failures; times++) webDown('down')
  expect(run.mail).toMatchObject({ state: 'unknown', reason: 'dependency' })
  webDown('up')
  run.results('down', 'down')
  expect(run.mail.state).toBe('down')
  expect(run.told).toEqual([])
})

/** Results that an earlier run recorded: a state and a latency for each, so many seconds before this run began. */
function recorded(...results: readonly (readonly [agoS: number, state: CheckState, latencyS?: number])[]) {
  const all = results.map(([agoS, state, latencyS = Number.NaN]) => ({
    wallMs: START_MS - agoS * 1000,
    state,
    latencyS,
  }))
  return resultColumns(all)
}

describe('results of earlier runs', () => {
  const results = recorded([180, 'up', 0.25], [120, 'down'], [60, 'up', 0.5])
  const history = checkHistory(START_MS - HOUR_MS, [], { results })

  test('stand before those of this run, and are told from them', () => {
    const expected = [
      { wallMs: START_MS - 180_000, state: 'up', latencyS: 0.25, recorded: true },
      { wallMs: START_MS - 120_000, state: 'down', latencyS: Number.NaN, recorded: true },
      { wallMs: START_MS - 60_000, state: 'up', latencyS: 0.5, recorded: true },
      { wallMs: START_MS, state: 'up', latencyS: 0.005 },
      { wallMs: START_MS + 10_000, state: 'up', latencyS: 0.005 },
    ]
    const none = again().restore(history)
    expect(none.mail).toMatchObject({ asked: false, results: expected.slice(0, 3) })
    for (const run of [none.results('up', 'up'), again().results('up', 'up').restore(history)]) {
      expect(run.mail.results).toEqual(expected)
      expect(run.mail.latency).toEqual({ p50: 0.005, p95: 0.5 })
    }
  })

  test('are no results of this run a second time: one that is attached was told them, and reads them in the log', () => {
    const mine = recorded([60, 'up', 0.5], [0, 'up', 0.005], [-10, 'down'])
    const run = again()
      .results('up', 'down')
      .restore(checkHistory(START_MS - HOUR_MS, [], { results: mine }))
    expect(run.mail.results.map(({ wallMs }) => wallMs - START_MS)).toEqual([-60_000, 0, 10_000])
    // Read before it was told.
    const told = again()
    told.second = 30
    const seen = told.restore(checkHistory(START_MS - HOUR_MS, [], { results: mine })).mail
    told.second = 0
    told.results('up', 'down')
    const recordedOf = ({ results }: CheckStatus) =>
      results.map(({ wallMs, recorded }) => [wallMs - START_MS, recorded])
    expect(recordedOf(told.mail)).toEqual([
      [-60_000, true],
      [0, undefined],
      [10_000, undefined],
    ])
    expect(recordedOf(seen)).toEqual([
      [-60_000, true],
      [0, true],
      [10_000, true],
    ])
    const set = again().restore(checkHistory(START_MS, [], { results: recorded([60, 'up'], [-3600, 'up']) }))
    expect(set.mail.results.map(({ wallMs }) => wallMs - START_MS)).toEqual([-60_000])
  })

  test('make room for those of this run, and what a status told stays true', () => {
    const many = recorded(...Array.from({ length: 360 }, (_, at) => [(360 - at) * 60, 'up', at] as const))
    const run = again()
      .results('up', 'up', 'up')
      .restore(checkHistory(START_MS - HOUR_MS, [], { results: many }))
    const before = run.mail
    for (let more = 0; more < 30; more++) run.results('up', 'degraded')
    expect(before.results).toHaveLength(360)
    expect(before.results.slice(0, 2).map(({ latencyS }) => latencyS)).toEqual([3, 4])
    expect(before.results.filter((result) => result.recorded)).toHaveLength(357)
    expect(run.mail.results).toHaveLength(360)
    expect(run.mail.results.filter((result) => result.recorded)).toHaveLength(297)
    for (let more = 0; more < 150; more++) run.results('up', 'degraded')
    expect(run.mail.results.some((result) => result.recorded)).toBe(false)
    expect(run.mail.results).toHaveLength(360)
  })
})

test('the turns of earlier runs stand before those of this one, each once', () => {
  const changes = [
    { state: 'up', wallMs: START_MS - 60_000 },
    { state: 'down', wallMs: START_MS - 600_000, reason: 'refused', error: 'connection refused by [::1]:25' },
    { state: 'up', wallMs: START_MS - 86_400_000 },
  ] as const
  const run = again().restore(checkHistory(START_MS - HOUR_MS, [], { changes }))
  run.results('up')
  expect(run.mail.sinceMs).toBe(START_MS - 60_000)
  expect(run.mail.changes).toEqual(changes)
  run.results('down', 'down')
  expect(run.mail.changes.map(({ state, wallMs }) => [state, (wallMs - START_MS) / 1000])).toEqual([
    ['down', 10],
    ['up', -60],
    ['down', -600],
    ['up', -86_400],
  ])

  // Told of its last results when it was attached: it has found out itself what the log says as well.
  const attached = again().results('up', 'down', 'down')
  const told = [
    { state: 'down', wallMs: START_MS + 10_000 },
    { state: 'up', wallMs: START_MS - 60_000 },
  ] as const
  attached.restore(checkHistory(START_MS - HOUR_MS, [], { changes: [...told, ...changes.slice(1)] }))
  expect(attached.mail.changes.map(({ state, wallMs }) => [state, (wallMs - START_MS) / 1000])).toEqual([
    ['down', 10],
    ['up', -60],
    ['down', -600],
    ['up', -86_400],
  ])
})

describe('flapping', () => {
  // Ten turns within the last four minutes: asked every ten seconds, what turned has a line, and what did not has one a minute.
  const turning = Array.from({ length: 21 }, (_, at) => [(21 - at) * 10, at % 2 === 0 ? 'up' : 'down'] as const)
  const flapping = checkHistory(START_MS - HOUR_MS, [], {
    results: recorded(...turning),
    changes: [{ state: 'up', wallMs: START_MS - 7200_000 }],
    flappingSinceMs: START_MS - 600_000,
  })

  test('goes on since when it began, and is told once, at its end', () => {
    for (const run of [
      again().restore(flapping).results('down', 'up'),
      again().results('down', 'up').restore(flapping),
    ]) {
      expect(run.mail).toMatchObject({ state: 'up', flapping: true })
      run.results('up', 'down')
      expect(run.checks.reasons()).toMatchObject([{ text: 'flapping', sinceMs: START_MS - 600_000 }])
      expect(run.told).toEqual([])
      for (let more = 0; more < 16; more++) run.results('up')
      expect(run.mail.flapping).toBe(false)
      expect(run.told).toEqual(['steady again (was flapping 13 min)'])
    }
  })

  test('begins with the turns of both runs together', () => {
    // Nine turns, weighted from 1.2 downwards by 0.4 / 19: 10.04 of 20; eight of them alone are 45 %.
    const few = recorded(...turning.slice(12))
    const run = again().restore(checkHistory(START_MS - HOUR_MS, [], { results: few }))
    expect(run.mail.flapping).toBe(false)
    run.results('down')
    expect(run.mail.flapping).toBe(true)
    expect(run.told).toEqual(['flapping 50 %'])
    expect(again().results('down').mail.flapping).toBe(false)
  })

  test('is not seen where the log only left out what said the same', () => {
    // Every five minutes one failure among thirty results: by lines alone every fourth would be a turn.
    const lines = Array.from({ length: 12 }, (_, at) => {
      const agoS = (12 - at) * 300
      const minutes = [60, 120, 180, 240].map((later) => [agoS - later, 'up'] as const)
      return [[agoS, 'up'] as const, [agoS - 10, 'down'] as const, [agoS - 20, 'up'] as const, ...minutes]
    }).flat()
    expect(changeRatio(lines.map(([, state]) => state))).toBeGreaterThan(0.25)
    const flapped = checkHistory(START_MS - HOUR_MS, [], {
      results: recorded(...lines),
      flappingSinceMs: START_MS - HOUR_MS,
    })
    const run = again().restore(flapped).results('up')
    expect(run.mail.flapping).toBe(false)
  })

  test('of what another one hindered nothing is known', () => {
    const hindered = checkHistory(START_MS - HOUR_MS, [], {
      results: recorded(...turning.map(([agoS, state]) => [agoS, state === 'down' ? 'unknown' : state] as const)),
      changes: [{ state: 'unknown', wallMs: START_MS - HOUR_MS, reason: 'dependency', error: 'web is down' }],
    })
    expect(again().restore(hindered).results('up', 'up', 'up').mail.flapping).toBe(false)
    expect(
      again()
        .restore({ ...hindered, changes: [] })
        .results('up').mail.flapping,
    ).toBe(true)
  })
})

describe('availability', () => {
  const full: readonly [number, number] = [300, 300]

  test('counts what earlier runs knew, in the last hour, day and week', () => {
    // A week: all well but for the hour before the last one, and half of the last part.
    const parts = Array.from({ length: 7 * 288 }, (_, part): readonly [number, number] => {
      const ago = 7 * 288 - part
      return ago === 1 ? [300, 150] : ago > 12 && ago <= 24 ? [300, 0] : full
    })
    const run = again().restore(checkHistory(START_MS - parts.length * PART_MS, parts))
    const { hour, day, week } = run.mail.availability
    // Parts of this run's clock are not those of the wall's: a part of five minutes is not told apart.
    expect(Math.abs((hour as number) - (3600 - 150) / 3600)).toBeLessThanOrEqual(300 / 3600)
    expect(Math.abs((day as number) - (86_400 - 3600 - 150) / 86_400)).toBeLessThanOrEqual(300 / 86_400)
    expect(Math.abs((week as number) - (604_800 - 3600 - 150) / 604_800)).toBeLessThanOrEqual(300 / 604_800)
    const { worst } = run.mail
    expect(worst.day.filter((state) => state === 'down').length).toBeGreaterThanOrEqual(3)
    expect(worst.day.filter((state) => state === 'down').length).toBeLessThanOrEqual(4)
    expect(worst.day.slice(0, 40).every((state) => state === 'up')).toBe(true)
    // Parts of three and a half hours, of this run's clock: one ended 1,234 s ago.
    expect(worst.week.slice(0, -2).every((state) => state === 'up')).toBe(true)
    expect(worst.week.slice(-2)).toEqual(['down', 'down'])
  })

  test('a moment in which it was down just before is among the worst', () => {
    const run = again().restore(checkHistory(START_MS - 60_000, [[50, 47]]))
    expect(run.mail.worst.day.at(-1)).toBe('down')
    expect(run.results('up', 'up').mail.worst.day.at(-1)).toBe('down')
  })

  test('the time between the runs is not known, and hours without healthtop leave the hour', () => {
    const run = again().restore(checkHistory(START_MS - 4 * HOUR_MS, Array(24).fill([300, 0])))
    expect(run.mail.availability.hour).toBeUndefined()
    expect(run.mail.availability.day).toBe(0)
    run.results('up', 'up', 'up')
    expect(run.mail.availability.hour).toBe(1)
    expect(run.mail.availability.day).toBeCloseTo(20 / (7200 + 20), 6)
  })

  test('the same comes of it before and after the first results', () => {
    const history = checkHistory(START_MS - HOUR_MS, Array(12).fill([300, 200]))
    const before = again().restore(history).results('up', 'up', 'up', 'up')
    const after = again().results('up', 'up', 'up', 'up').restore(history)
    expect(before.mail.availability).toEqual(after.mail.availability)
    expect(before.mail.worst).toEqual(after.mail.worst)
  })

  test('of parts from after now nothing is counted', () => {
    const run = again().restore(checkHistory(START_MS - PART_MS, Array(30).fill([300, 0])))
    run.results('up', 'up')
    expect(run.mail.availability.day).toBeCloseTo(10 / 310, 6)
  })

  test('no second is lost or counted twice, wherever the clocks stand', () => {
    const part = fc.integer({ min: 0, max: 300 }).chain((known) => fc.tuple(fc.constant(known), fc.nat({ max: known })))
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: -2000, max: 2000 }),
        fc.integer({ min: 0, max: 4000 }),
        (parts, monoS, gapS) => {
          const { known, good } = checkHistory(0, parts)
          const count = new AvailabilityCount()
          const firstMono = monoS * 1000
          const nowMono = firstMono + parts.length * PART_MS + gapS * 1000
          count.restore(known, good, firstMono, nowMono)
          const all = parts.reduce((sum, [one]) => sum + one, 0)
          const well = parts.reduce((sum, [, one]) => sum + one, 0)
          if (all === 0) expect(count.shares).toEqual({})
          else
            expect(Math.abs((count.shares.day as number) - well / all)).toBeLessThan(
              (parts.length * 0.005) / all + 1e-9,
            )
          // As much again that is up, in time that lies behind all of them: the share says how much there was.
          count.count(true, nowMono + PART_MS, nowMono + PART_MS + all * 1000)
          if (all > 0 && all < 80_000)
            expect(Math.abs((count.shares.week as number) - (well + all) / (2 * all))).toBeLessThan(0.005)
        },
      ),
      { numRuns: 300 },
    )
  })
})
