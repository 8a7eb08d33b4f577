import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DayOfCheck } from '../../../src/log/rollup/check-parts.ts'
import { NO_RESULTS } from '../../../src/log/rollup/check-past.ts'
import {
  decodeChecks,
  decodeHead,
  decodeLines,
  decodePasts,
  decodeSeries,
  encodeRoll,
  headLength,
  MINUTES_OF_A_DAY,
  PARTS_OF_A_DAY,
  type Place,
  PREFIX_BYTES,
  type Roll,
  RollDamaged,
} from '../../../src/log/rollup/format.ts'
import { columnsIn } from '../../../src/log/rollup/minutes.ts'
import { fromPlanes, toPlanes } from '../../../src/log/rollup/planes.ts'
import { AFTERNOON, DAY, HOUR, MINUTE } from '../logs.ts'

const DAY_MS = Math.floor(AFTERNOON / DAY) * DAY

const ROLL: Roll = {
  dayMs: DAY_MS,
  hours: [undefined, 4711, ...Array(22).fill(undefined)],
  endMs: AFTERNOON,
  bootId: 'a-boot',
  series: new Map([
    ['cpu_used_ratio', columnsIn(Float32Array.from({ length: 4 * MINUTES_OF_A_DAY }, (_, index) => Math.sin(index)))],
    ['disk_used_ratio{mount="/"}', columnsIn(new Float32Array(4 * MINUTES_OF_A_DAY).fill(Number.NaN))],
  ]),
  checks: new Map([
    [
      'api',
      {
        ...parts(3),
        last: { wallMs: AFTERNOON, state: 'down', sinceMs: AFTERNOON - MINUTE, gapMs: MINUTE },
        past: {
          // One that began the day before, one to the millisecond, one an hour earlier: the clock was set back.
          results: {
            wallMs: Float64Array.of(DAY_MS - 12, AFTERNOON + 7, AFTERNOON - HOUR),
            states: Uint8Array.of(3, 0, 1),
            latencyS: Float32Array.of(0.125, Number.NaN, 3),
          },
          changes: [
            { wallMs: AFTERNOON - MINUTE, state: 'down', reason: 'refused', error: 'connection refused by [::1]:25' },
            { wallMs: DAY_MS - 9 * DAY, state: 'up' },
          ],
          flappingSinceMs: AFTERNOON - 2 * MINUTE,
        },
        before: { known: Uint16Array.of(300, 120), good: Uint16Array.of(0, 60) },
      },
    ],
    ['never', { ...parts(0), last: undefined, past: { results: NO_RESULTS, changes: [] } }],
  ]),
  events: ['{"v":1}', '{"text":"ü"}'],
  alerts: ['{"id":"x"}'],
}

function parts(seconds: number) {
  const known = new Uint16Array(PARTS_OF_A_DAY).fill(seconds)
  return { known, good: known.map((value, index) => (index % 2 === 0 ? value : 0)) }
}

/** All of a file. */
function decode(bytes: Buffer): Roll {
  const blocksAt = PREFIX_BYTES + headLength(bytes)
  const head = decodeHead(bytes.subarray(PREFIX_BYTES, blocksAt))
  const block = ({ offset, length }: Place) => bytes.subarray(blocksAt + offset, blocksAt + offset + length)
  const counted = decodeChecks(block(head.checksAt), head.checks.length)
  const pasts = decodePasts(block(head.resultsAt), block(head.changesAt), head)
  return {
    dayMs: head.dayMs,
    hours: head.hours,
    ...(head.endMs !== undefined && { endMs: head.endMs }),
    ...(head.bootId !== undefined && { bootId: head.bootId }),
    series: new Map([...head.series].map(([key, place]) => [key, decodeSeries(block(place))])),
    checks: new Map(
      head.checks.map(({ check, last, before }, index) => [
        check,
        { ...counted[index], last, past: pasts[index], ...(before && { before }) } as never,
      ]),
    ),
    ...decodeLines(block(head.linesAt), head),
  }
}

test('what was rolled up is read back, to the bit', () => {
  expect(decode(encodeRoll(ROLL))).toEqual(ROLL)
})

test('a day without anything is one too', () => {
  const none: Roll = {
    dayMs: DAY_MS,
    hours: Array(24).fill(undefined),
    series: new Map(),
    checks: new Map(),
    events: [],
    alerts: [],
  }
  expect(decode(encodeRoll(none))).toEqual(none)
})

test('results of a clock that was years ahead are left out, and cost the others nothing', () => {
  const [api] = ROLL.checks.values()
  const wallMs = Float64Array.of(AFTERNOON, AFTERNOON + 9000 * DAY, AFTERNOON + MINUTE)
  const results = { wallMs, states: Uint8Array.of(3, 0, 3), latencyS: Float32Array.of(1, 2, 3) }
  const checks = new Map([['api', { ...(api as DayOfCheck), past: { results, changes: [] } }]])
  expect(decode(encodeRoll({ ...ROLL, checks })).checks.get('api')?.past.results).toEqual({
    wallMs: Float64Array.of(AFTERNOON, AFTERNOON + MINUTE),
    states: Uint8Array.of(3, 3),
    latencyS: Float32Array.of(1, 3),
  })
})

test('numbers come back from their planes, whatever they are', () => {
  fc.assert(
    fc.property(fc.float32Array({ maxLength: 50 }), (values) => {
      const back = fromPlanes(toPlanes(values))
      // By their bits: NaN and −0 are values too.
      expect([...new Uint32Array(back.buffer)]).toEqual([...new Uint32Array(values.slice().buffer)])
    }),
  )
})

test('a file that was cut off or changed anywhere is told from a whole one', () => {
  const bytes = encodeRoll(ROLL)
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] as number) ^ change
      // Some bytes of a gzip header say nothing about what is in it (RFC 1952, section 2.3: MTIME, XFL, OS).
      try {
        expect(decode(changed)).toEqual(ROLL)
      } catch (error) {
        expect(error).toBeInstanceOf(RollDamaged)
      }
      expect(() => decode(bytes.subarray(0, at))).toThrow(RollDamaged)
    }),
    { numRuns: 60 },
  )
})
