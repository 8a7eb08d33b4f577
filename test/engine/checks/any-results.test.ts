import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Checks } from '../../../src/engine/checks/checks.ts'
import { CHECK_ORDER, type CheckBatch, type CheckState, type CheckStatus } from '../../../src/model/check.ts'
import type { LogEvent } from '../../../src/model/event.ts'
import { definitionOf, resultOf } from '../../fixtures/checks.ts'
import { checkHistory, resultColumns } from '../restore/recording.ts'
import { START_MS } from '../samples.ts'

const DEFINITIONS = [
  definitionOf('db', { intervalMs: 10_000, failures: 2 }),
  definitionOf('api', { intervalMs: 5000, failures: 3, successes: 2, depends: ['db'] }),
  definitionOf('web', { intervalMs: 30_000, failures: 1, depends: ['api', 'web'] }),
]

const result = fc.record({
  check: fc.constantFrom('db', 'api', 'web', 'nobody'),
  state: fc.constantFrom<CheckState>('up', 'up', 'degraded', 'down', 'down', 'unknown'),
  latencyS: fc.option(fc.double({ min: 0, max: 60, noNaN: true })),
  // Time mostly goes on a little, sometimes for days, and sometimes back.
  afterMs: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 40_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 10 * 86_400_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: -60_000, max: 0 }) },
  ),
  redefine: fc.boolean(),
})

function check(status: CheckStatus): void {
  for (const share of Object.values(status.availability)) {
    expect(share).toBeGreaterThanOrEqual(0)
    expect(share).toBeLessThanOrEqual(1)
  }
  expect(status.results.length).toBeLessThanOrEqual(360)
  expect(status.changes.length).toBeLessThanOrEqual(50)
  expect(status.worst.day).toHaveLength(48)
  expect(status.worst.week).toHaveLength(48)
  expect(status.failing).toBeGreaterThanOrEqual(0)
  if (status.latency !== undefined) expect(status.latency.p50).toBeLessThanOrEqual(status.latency.p95)
  if (status.state === 'up') expect(status.reason ?? status.error).toBeUndefined()
  const [first] = status.changes
  if (first !== undefined) expect(first.state).toBe(status.state)
}

/** What an earlier run left: seconds before the start of this one, or after it where the clock was set back. */
const history = fc
  .array(fc.tuple(fc.integer({ min: -4000, max: 400 }), fc.constantFrom(...CHECK_ORDER)), { maxLength: 400 })
  .chain((left) => fc.tuple(fc.constant(left), fc.option(fc.integer({ min: -4000, max: 400 }))))
  .map(([left, flappingS]) => {
    const results = left.map(([second, state]) => ({ wallMs: START_MS + 1000 * second, state, latencyS: 0.1 }))
    const changes = results.slice(0, 50).map(({ wallMs, state }) => ({ wallMs, state, reason: 'because' }))
    return checkHistory(START_MS - 300_000, [[300, 100]], {
      results: resultColumns(results),
      changes: changes.sort((a, b) => b.wallMs - a.wallMs),
      ...(flappingS !== null && { flappingSinceMs: START_MS + 1000 * flappingS }),
    })
  })

test('whatever comes in whatever order: figures keep their bounds, and what was given out never changes', () => {
  fc.assert(
    fc.property(fc.array(result, { maxLength: 80 }), history, fc.nat(80), (results, left, restoreAt) => {
      const checks = new Checks()
      const events: LogEvent[] = []
      let now = 0
      const accept = (batch: CheckBatch) => checks.accept(batch, START_MS + now, now, (event) => events.push(event))
      accept({ definitions: DEFINITIONS })
      const kept: { readonly status: CheckStatus; readonly told: string }[] = []
      for (const [at, { check: name, state, latencyS, afterMs, redefine }] of results.entries()) {
        if (at === restoreAt)
          checks.restore(new Map([['db', left]]), START_MS + now, now, (event) => events.push(event))
        now = Math.max(0, now + afterMs)
        const before = checks.list
        const outcome = {
          state,
          ...(latencyS !== null && { latencyS }),
          ...(state !== 'up' && { reason: 'because', error: `it is ${state}` }),
        }
        const samples = accept({
          ...(redefine && { definitions: structuredClone(DEFINITIONS) }),
          results: [resultOf(name, outcome, { wallMs: START_MS + now, monoMs: now })],
        })
        for (const { gauges } of samples) {
          for (const value of Object.values(gauges)) expect(Number.isFinite(value)).toBe(true)
        }
        for (const [index, status] of checks.list.entries()) {
          check(status)
          // Of others only what depends on it may have changed.
          if (name === 'nobody' || (name === 'web' && index !== 2)) expect(status).toBe(before[index])
          if (status !== before[index]) kept.push({ status, told: JSON.stringify(status) })
        }
      }
      for (const { status, told } of kept) expect(JSON.stringify(status)).toBe(told)
      for (const { text } of events) expect(text).not.toMatch(/NaN|undefined/)
    }),
    { numRuns: 60 },
  )
})
