import { describe, expect, test } from 'vitest'
import type { Phases } from '../../../../src/model/check.ts'
import { grownSpan, grownText, phaseSpans, slowSpan } from '../../../../src/ui/panels/check/phases.ts'
import { API, definitionOf, resultOf, statusOf } from '../../../fixtures/checks.ts'

const status = (phases: Phases, usualPhases: Phases) =>
  statusOf({ definition: definitionOf('api'), last: resultOf('api', { phases }), usualPhases })

describe('phases', () => {
  test('follow each other; one that did not happen is none', () => {
    const spans = phaseSpans(status({ transfer: 0.1, connect: 0.2, first_byte: 0.3 }, { connect: 0.1 }))
    expect(spans.map(({ phase }) => phase)).toEqual(['connect', 'first_byte', 'transfer'])
    expect(spans.map(({ fromS }) => fromS)).toEqual([0, 0.2, 0.5])
    expect(spans[0]?.usualS).toBe(0.1)
    expect(spans[1]).not.toHaveProperty('usualS')
  })
  test('the one that grew most is told against what is usual', () => {
    const grown = grownSpan(phaseSpans(API))
    expect(grown && grownText(grown)).toBe('first byte took 786 ms, usually 161 ms')
  })
  test('what a network does by itself is no growth, and neither is a little of much', () => {
    expect(grownSpan(phaseSpans(status({ dns: 0.004 }, { dns: 0.001 })))).toBeUndefined()
    expect(grownSpan(phaseSpans(status({ tls: 0.14 }, { tls: 0.1 })))).toBeUndefined()
    expect(grownSpan(phaseSpans(status({ tls: 0.4 }, {})))).toBeUndefined()
  })
  test('of what was always slow the one that takes most of the time is told', () => {
    const always = { connect: 0.001, first_byte: 0.68, transfer: 0.0013 }
    expect(slowSpan(phaseSpans(status(always, { ...always, transfer: 0.0001 })))?.phase).toBe('first_byte')
    expect(slowSpan(phaseSpans(status(always, {})))?.phase).toBe('first_byte')
    expect(slowSpan(phaseSpans(status({ dns: 0.3, first_byte: 0.4 }, { dns: 0.01, first_byte: 0.4 })))?.phase).toBe(
      'dns',
    )
    expect(slowSpan(phaseSpans(status({ dns: 0, first_byte: 0 }, {})))).toBeUndefined()
    expect(slowSpan([])).toBeUndefined()
  })
})
