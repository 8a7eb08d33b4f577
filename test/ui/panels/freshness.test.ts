import { expect, test } from 'vitest'
import { freshness } from '../../../src/ui/panels/freshness.ts'
import { silenceOf } from '../../../src/ui/panels/silence.ts'
import { frameOf } from '../../fixtures/frame.ts'

const NOW = 1_000_000
const frame = (agoMs: number, everyMs: number) =>
  frameOf({ wallMs: NOW, measuredMs: { network: NOW - agoMs }, paceMs: { network: everyMs } })

test('what is read more seldom may be older before it is stale', () => {
  const state = (agoMs: number, everyMs: number) => freshness(frame(agoMs, everyMs), 'network').state
  expect([state(3000, 1000), state(4000, 1000)]).toEqual(['fresh', 'stale'])
  expect([state(12_000, 5000), state(13_000, 5000)]).toEqual(['fresh', 'stale'])
})

test('so may lists', () => {
  const silence = (agoMs: number, everyMs: number) => silenceOf(frame(agoMs, everyMs), 'network', NOW - agoMs)
  expect([silence(5000, 2000), silence(6000, 2000)]).toEqual([undefined, 'no answer 6 s'])
  expect([silence(24_000, 10_000), silence(26_000, 10_000)]).toEqual([undefined, 'no answer 26 s'])
})
