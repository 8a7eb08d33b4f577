import fc from 'fast-check'
import { expect, test } from 'vitest'
import { advance, failuresSoFar, type Standing, UNJUDGED } from '../../../src/engine/checks/standing.ts'
import type { CheckState } from '../../../src/model/check.ts'

const OUTCOMES: Readonly<Record<string, CheckState>> = { u: 'up', s: 'degraded', d: 'down', '?': 'unknown' }
const LETTERS: Readonly<Record<CheckState, string>> = { up: 'u', degraded: 's', down: 'd', unknown: '?' }

/** The state after each of some results, a letter each, a second apart; `-` while nothing was judged. */
function states(outcomes: string, failures: number, successes: number): string {
  return follow(outcomes, failures, successes)
    .map(({ state, judged }) => (judged ? LETTERS[state] : '-'))
    .join('')
}

function follow(outcomes: string, failures: number, successes: number): Standing[] {
  let standing = UNJUDGED
  return [...outcomes].map((letter, second) => {
    standing = advance(standing, OUTCOMES[letter] as CheckState, second * 1000, { failures, successes }).standing
    return standing
  })
}

test('the first answer is up at once, failures wait from the start', () => {
  expect(states('u', 3, 3)).toBe('u')
  expect(states('dddu', 3, 1)).toBe('--du')
  expect(states('ddu', 3, 2)).toBe('--u')
  expect(states('???', 2, 1)).toBe('-??')
})

test('a first answer that is slow is up until it was slow often enough', () => {
  expect(states('ss', 2, 1)).toBe('us')
  expect(states('s', 1, 1)).toBe('s')
})

test('so many failures in a row are down; one answer in between starts over', () => {
  expect(states('uddudddd', 3, 1)).toBe('uuuuuudd')
})

test('so many answers in a row are up again', () => {
  expect(states('udduduu', 2, 2)).toBe('uuddddu')
})

test('degraded turns after as many results as down, and back as up does', () => {
  expect(states('ussuss', 2, 1)).toBe('uusuus')
  expect(states('dds', 2, 1)).toBe('-ds')
  expect(states('ddss', 2, 2)).toBe('-dds')
  expect(states('ddsuu', 2, 2)).toBe('-ddsu')
})

test('unknown takes as long as down does, and a row of both is unknown', () => {
  expect(states('u??', 2, 1)).toBe('uu?')
  expect(states('ud?', 2, 1)).toBe('uu?')
  expect(states('udd?d??', 2, 1)).toBe('uudddd?')
  expect(states('u??dd', 2, 1)).toBe('uu??d')
  expect(states('u??u', 2, 1)).toBe('uu?u')
})

test('what alternates between slow and down does not stay well', () => {
  expect(states('udsds', 2, 1)).toBe('uusss')
})

test('a turn says of which results it was made', () => {
  let standing = UNJUDGED
  const turns = [...'uududdd'].map((letter, second) => {
    const next = advance(standing, OUTCOMES[letter] as CheckState, second * 1000, { failures: 3, successes: 1 })
    standing = next.standing
    return next.turn
  })
  expect(turns.filter((turn) => turn !== undefined)).toEqual([
    { state: 'up', row: { count: 1, sinceMs: 0 } },
    { state: 'down', row: { count: 3, sinceMs: 4000 } },
  ])
})

test('failures that do not count yet are counted', () => {
  const counts = (outcomes: string) => follow(outcomes, 3, 1).map(failuresSoFar)
  expect(counts('uddd')).toEqual([0, 1, 2, 0])
  expect(counts('dd')).toEqual([1, 2])
  expect(counts('usd')).toEqual([0, 1, 2])
  expect(counts('u???d')).toEqual([0, 1, 2, 0, 1])
})

const outcome = fc.constantFrom('u', 's', 'd', '?')

test('whatever comes: enough equal results in a row always give their state', () => {
  fc.assert(
    fc.property(
      fc.array(outcome, { maxLength: 40 }),
      outcome,
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
      (before, last, failures, successes) => {
        const all = before.join('') + last.repeat(Math.max(failures, successes))
        expect(states(all, failures, successes).at(-1)).toBe(last)
      },
    ),
  )
})

test('whatever comes: no turn without a result that is at least as bad, or at least as good', () => {
  const badness: Readonly<Record<CheckState, number>> = { up: 0, degraded: 1, unknown: 2, down: 3 }
  fc.assert(
    fc.property(fc.array(outcome, { minLength: 1, maxLength: 60 }), (outcomes) => {
      const all = follow(outcomes.join(''), 2, 2)
      for (const [index, { state, judged }] of all.entries()) {
        const before = all[index - 1]
        if (!judged || before?.judged !== true || before.state === state) continue
        const now = badness[OUTCOMES[outcomes[index] as string] as CheckState]
        if (badness[state] > badness[before.state]) expect(now).toBeGreaterThanOrEqual(badness[state])
        else expect(now).toBeLessThanOrEqual(badness[state])
      }
    }),
  )
})
