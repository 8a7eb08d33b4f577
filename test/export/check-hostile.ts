import type { CheckStatus } from '../../src/model/check.ts'
import { definitionOf, resultOf, statusOf } from '../fixtures/checks.ts'

/** Text that no format may let through as it is: escapes, quotes, ends of sections and lines, bars, markup, and very much of it. */
export const HOSTILE = '\u001b]0;owned\u0007\u001b[2J|\'"`<b>&amp;]]>\r\n\u0000\u202e\ud800$(id)=;'

/** A check of which every text is hostile, though it should never have come so far. */
export const HOSTILE_CHECK: CheckStatus = statusOf({
  definition: definitionOf(`${HOSTILE}name`, {
    type: 'exec',
    target: HOSTILE + 'x'.repeat(10_000),
    group: HOSTILE,
    labels: { team: HOSTILE },
    settings: { headers: { authorization: 'Bearer hunter2' } },
  }),
  state: 'down',
  reason: HOSTILE,
  error: HOSTILE + 'y'.repeat(10_000),
  last: resultOf(`${HOSTILE}name`, {
    state: 'down',
    reason: HOSTILE,
    error: HOSTILE,
    latencyS: 0.5,
    facts: [{ name: HOSTILE, value: HOSTILE }],
    headers: [{ name: 'set-cookie', value: 'session=hunter2' }],
    values: [
      { label: HOSTILE, value: 1.5, unit: HOSTILE },
      { label: 'large', value: 1e21, unit: 'B' },
      { label: 'nothing', value: Number.NaN, unit: '' },
    ],
    expectations: [{ name: HOSTILE, met: false, found: HOSTILE, wanted: HOSTILE }],
  }),
})

/** Characters that do something to a terminal, or end a line, but for the line feeds that a format makes itself. */
export const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\ufffe\uffff]/
