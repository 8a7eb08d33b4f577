import { expect, test } from 'vitest'
import type { CheckLine } from '../../../src/log/line.ts'
import { type CheckPast, createCheckPast } from '../../../src/log/rollup/check-past.ts'
import { CHECK_ORDER } from '../../../src/model/check.ts'
import { AFTERNOON, checkLine, MINUTE, SECOND } from '../logs.ts'

const at = (minute: number) => AFTERNOON + minute * MINUTE
const REFUSED = { reason: 'refused', error: 'connection refused by 127.0.0.1:25' } as const

/** A line of a look that began 40 ms before it. */
function look(minute: number, state: CheckLine['state'], parts: Partial<CheckLine> = {}): CheckLine {
  return checkLine(at(minute), state, { began_ms: at(minute) - 40, ...parts })
}

function pastOf(lines: readonly CheckLine[]): CheckPast {
  const builder = createCheckPast()
  for (const line of lines) builder.take(line)
  return builder.past
}

const told = ({ results: { wallMs, states, latencyS } }: CheckPast) =>
  [...wallMs].map((wall, index) => [wall, CHECK_ORDER[states[index] as number], latencyS[index]])

test('a line of a look is a result, when it began and as it was; one without a look is none', () => {
  const past = pastOf([
    look(0, 'up', { latency_s: 0.25 }),
    look(1, 'up', { result: 'down', ...REFUSED, since_ms: at(0) }),
    checkLine(at(1), 'unknown', { reason: 'dependency', error: 'db is down', since_ms: at(1) }),
  ])
  expect(told(past)).toEqual([
    [at(0) - 40, 'up', 0.25],
    [at(1) - 40, 'down', Number.NaN],
  ])
})

test('each turn is a change, with its reason; what another result says is not that of the state', () => {
  const { changes } = pastOf([
    look(0, 'up', { since_ms: at(0) }),
    look(1, 'up', { since_ms: at(0), result: 'down', ...REFUSED }),
    look(2, 'down', { since_ms: at(1), ...REFUSED }),
    look(3, 'down', { since_ms: at(1), ...REFUSED }),
    look(4, 'down', { since_ms: at(1), result: 'up' }),
    checkLine(at(5), 'unknown', { since_ms: at(5), reason: 'dependency', error: 'db is down' }),
    look(6, 'degraded', { since_ms: at(6), result: 'up' }),
  ])
  expect(changes).toEqual([
    { wallMs: at(6), state: 'degraded' },
    { wallMs: at(5), state: 'unknown', reason: 'dependency', error: 'db is down' },
    { wallMs: at(1), state: 'down', ...REFUSED },
    { wallMs: at(0), state: 'up' },
  ])
})

test('until a run has found out how a check is, it is left as it was before', () => {
  const { changes } = pastOf([
    look(0, 'down', { since_ms: at(0), ...REFUSED }),
    // It began anew: not judged yet, whatever was found.
    look(10, 'unknown', { since_ms: at(9), result: 'down', ...REFUSED }),
    look(11, 'unknown', { since_ms: at(9) }),
  ])
  expect(changes).toEqual([{ wallMs: at(0), state: 'down', ...REFUSED }])
})

test('a run that reads later what was before it corrects itself', () => {
  const { changes } = pastOf([
    look(0, 'down', { since_ms: at(-5), ...REFUSED }),
    look(1, 'up', { since_ms: at(1) }),
    look(10, 'up', { since_ms: at(9) }),
    look(11, 'up', { since_ms: at(1) }),
  ])
  expect(changes.map(({ wallMs, state }) => [wallMs, state])).toEqual([
    [at(1), 'up'],
    [at(-5), 'down'],
  ])
})

test('a first answer that lasted for no time at all was no state', () => {
  const { changes } = pastOf([
    look(0, 'up', { since_ms: at(0) }),
    look(0, 'degraded', { since_ms: at(0), reason: 'slow', error: 'took 812 ms, expected under 500 ms' }),
  ])
  expect(changes.map(({ state }) => state)).toEqual(['degraded'])
})

test('flapping is known since its first line, until a line without it', () => {
  const flapping = { flapping: true } as const
  const lines = [look(0, 'up'), look(1, 'up', flapping), look(2, 'down', flapping), look(3, 'up', flapping)]
  expect(pastOf(lines).flappingSinceMs).toBe(at(1))
  expect(pastOf([...lines, look(4, 'up')])).not.toHaveProperty('flappingSinceMs')
})

test('only the newest are kept', () => {
  const turns = Array.from({ length: 400 }, (_, minute) =>
    look(minute, minute % 2 === 0 ? 'up' : 'down', { since_ms: at(minute), latency_s: minute }),
  )
  const past = pastOf(turns)
  expect(told(past)).toHaveLength(360)
  expect([past.results.latencyS.at(0), past.results.latencyS.at(-1)]).toEqual([40, 399])
  expect(past.changes).toHaveLength(50)
  expect([past.changes[0]?.wallMs, past.changes[49]?.wallMs]).toEqual([at(399), at(350)])
})

test('what was put together in parts is as if it had been put together at once', () => {
  const lines = Array.from({ length: 500 }, (_, minute) => {
    const since = Math.floor(minute / 45) * 45
    const state = since % 2 === 0 ? 'up' : 'down'
    return look(minute, state, {
      since_ms: at(since) + SECOND,
      latency_s: minute,
      ...(state === 'down' && REFUSED),
      ...(minute > 480 && { flapping: true as const }),
    })
  })
  const joined = createCheckPast()
  for (const [from, to] of [
    [0, 90],
    [90, 470],
    [470, 480],
  ] as const)
    joined.join(pastOf(lines.slice(from, to)))
  for (const line of lines.slice(480)) joined.take(line)
  expect(joined.past).toEqual(pastOf(lines))
})
