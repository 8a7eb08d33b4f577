import { describe, expect, test } from 'vitest'
import { jumpsOf } from '../../../src/engine/causes/jumps.ts'
import { type History, NOW, viewOf } from '../../fixtures/frame.ts'

const SENDS = 'network_transmit_bytes_per_second{interface="eth0"}'

/** Jumps of a machine that has these series alone. */
const jumps = (history: Readonly<Record<string, History>>) =>
  jumpsOf(viewOf(Object.fromEntries(Object.entries(history).map(([key, shape]) => [key, shape(0)])), history), NOW)

/** Unsteady by so much, the same each time. */
const noise = (ago: number, by: number) => by * Math.sin(ago * 12.9898)

describe('a series leaves its usual range', () => {
  test('says from where to where, since when, and how far', () => {
    const [jump] = jumps({ cpu_used_ratio: (ago) => (ago < 40 ? 0.61 : 0.04 + noise(ago, 0.01)) })
    expect(jump).toMatchObject({ series: 'cpu_used_ratio', subject: 'cpu', rose: true })
    expect(jump?.text).toMatch(/^rose from [345]\.\d % to 61 %$/)
    expect(NOW - (jump?.wallMs ?? 0)).toBeGreaterThanOrEqual(35_000)
    expect(NOW - (jump?.wallMs ?? 0)).toBeLessThanOrEqual(50_000)
    expect(jump?.size).toBeGreaterThan(0.5)
  })

  test('the larger the jump, the earlier it stands', () => {
    const found = jumps({
      cpu_used_ratio: (ago) => (ago < 40 ? 0.5 : 0.2 + noise(ago, 0.05)),
      [SENDS]: (ago) => (ago < 40 ? 80e6 : 1e6),
    })
    expect(found.map(({ subject }) => subject)).toEqual(['eth0 sends', 'cpu'])
    expect(found[0]?.size).toBeGreaterThan(found[1]?.size ?? 1)
  })

  test('one that falls silent fell', () => {
    expect(jumps({ [SENDS]: (ago) => (ago < 40 ? 0 : 20e6) })[0]?.text).toBe('fell from 20.0 MB/s to 0.0 kB/s')
  })
})

describe('and is in it', () => {
  test('what waves as it always does, a peak a minute, and what creeps', () => {
    expect(jumps({ cpu_used_ratio: (ago) => 0.5 + noise(ago, 0.3) })).toEqual([])
    expect(jumps({ cpu_used_ratio: (ago) => (ago % 60 < 30 ? 0.9 : 0.1) })).toEqual([])
    expect(jumps({ memory_used_ratio: (ago) => 0.7 - ago / 30_000 })).toEqual([])
  })

  test('what is steady and moves by a breath, and what is small', () => {
    expect(jumps({ cpu_used_ratio: (ago) => (ago < 40 ? 0.03 : 0.01) })).toEqual([])
    expect(jumps({ [SENDS]: (ago) => (ago < 40 ? 400e3 : 1e3) })).toEqual([])
    expect(jumps({ load_1m: (ago) => (ago < 40 ? 12 : 8) })).toEqual([])
  })

  test('a machine that was not known three minutes ago has no usual range yet', () => {
    expect(jumps({ cpu_used_ratio: (ago) => (ago > 200 ? Number.NaN : ago < 40 ? 0.9 : 0.1) })).toEqual([])
  })

  test('what it tells itself is no traffic', () => {
    expect(jumps({ 'network_receive_bytes_per_second{interface="lo"}': (ago) => (ago < 40 ? 1e9 : 1) })).toEqual([])
  })
})
