import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Rates } from '../../src/engine/rates.ts'
import { sample } from './samples.ts'

const RX = 'network_receive_bytes_total{interface="eth0"}'
const TX = 'network_transmit_bytes_total{interface="eth0"}'
const RX_RATE = 'network_receive_bytes_per_second{interface="eth0"}'
const TX_RATE = 'network_transmit_bytes_per_second{interface="eth0"}'

/** Rates of successive samples of counters, `[monoMs, counters]` each. */
function series(...steps: [number, Record<string, number>][]): Record<string, number>[] {
  const rates = new Rates()
  return steps.map(([monoMs, counters]) => Object.fromEntries(rates.accept(sample(monoMs, { counters }))))
}

describe('rates', () => {
  test('rise a second over the time that really passed', () => {
    expect(series([0, { [RX]: 1000 }], [1000, { [RX]: 1500 }], [3000, { [RX]: 2500 }])).toEqual([
      {},
      { [RX_RATE]: 500 },
      { [RX_RATE]: 500 },
    ])
  })

  test('a counter that falls gives nothing that once', () => {
    const rx = [100, 200, 50, 80].map((value, i): [number, Record<string, number>] => [i * 1000, { [RX]: value }])
    expect(series(...rx)).toEqual([{}, { [RX_RATE]: 100 }, {}, { [RX_RATE]: 30 }])
  })

  test('a device made anew gives nothing, not even for its counters that rose', () => {
    expect(
      series([0, { [RX]: 1000, [TX]: 10 }], [1000, { [RX]: 5, [TX]: 20 }], [2000, { [RX]: 10, [TX]: 30 }]),
    ).toEqual([{}, {}, { [RX_RATE]: 5, [TX_RATE]: 10 }])
  })

  test('nor does one that was away for a sample', () => {
    expect(series([0, { [RX]: 10 }], [1000, {}], [2000, { [RX]: 20 }], [3000, { [RX]: 30 }])).toEqual([
      {},
      {},
      {},
      { [RX_RATE]: 10 },
    ])
  })

  test('a gap of more than 2.5 intervals gives nothing, one of just that does', () => {
    expect(series([0, { [RX]: 0 }], [2500, { [RX]: 2500 }], [5001, { [RX]: 5000 }])).toEqual([
      {},
      { [RX_RATE]: 1000 },
      {},
    ])
  })

  test('a monotonic clock that stands or starts over gives nothing', () => {
    expect(series([5000, { [RX]: 0 }], [5000, { [RX]: 10 }], [100, { [RX]: 20 }])).toEqual([{}, {}, {}])
  })

  test('sources do not mix', () => {
    const rates = new Rates()
    rates.accept(sample(0, { source: 'a', counters: { [RX]: 0 } }))
    expect(rates.accept(sample(1000, { source: 'b', counters: { [RX]: 500 } }))).toEqual([])
  })

  test('are never negative, and equal the rise unless some counter fell', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 4000 }), fc.nat(2 ** 40), fc.nat(2 ** 40)), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(steps, (list) => {
        const rates = new Rates()
        let mono = 0
        let before: { mono: number; rx: number; tx: number } | undefined
        for (const [elapsed, rx, tx] of list) {
          mono += elapsed
          const given = Object.fromEntries(rates.accept(sample(mono, { counters: { [RX]: rx, [TX]: tx } })))
          for (const value of Object.values(given)) expect(value).toBeGreaterThanOrEqual(0)
          const good = before !== undefined && elapsed <= 2500 && rx >= before.rx && tx >= before.tx
          if (good && before !== undefined) {
            expect(given[RX_RATE]).toBeCloseTo(((rx - before.rx) / elapsed) * 1000, 3)
            expect(given[TX_RATE]).toBeCloseTo(((tx - before.tx) / elapsed) * 1000, 3)
          } else expect(given).toEqual({})
          before = { mono, rx, tx }
        }
      }),
    )
  })

  test('forget devices that come and go', () => {
    const rates = new Rates()
    const steps = 500
    for (let i = 0; i < steps; i++) {
      const counters = { [RX]: i, [`network_receive_bytes_total{interface="veth${i}"}`]: 1 }
      const given = rates.accept(sample(i * 1000, { counters }))
      expect(given).toEqual(i === 0 ? [] : [[RX_RATE, 1]])
    }
  })
})

describe('shares', () => {
  const cpu = (user: number, system: number, idle: number, iowait: number) => ({
    cpu_user_seconds_total: user,
    cpu_nice_seconds_total: 0,
    cpu_system_seconds_total: system,
    cpu_idle_seconds_total: idle,
    cpu_iowait_seconds_total: iowait,
    cpu_irq_seconds_total: 0,
    cpu_steal_seconds_total: 0,
  })

  test('are the rise of some counters over that of all', () => {
    const [, given] = series([0, cpu(0, 0, 0, 0)], [1000, cpu(2, 1, 4, 1)])
    expect(given).toMatchObject({
      cpu_used_ratio: 3 / 8,
      cpu_user_ratio: 2 / 8,
      cpu_system_ratio: 1 / 8,
      cpu_iowait_ratio: 1 / 8,
      cpu_steal_ratio: 0,
    })
  })

  test('leave out what neither side counts, and wait when one counts it for the first time', () => {
    const { cpu_iowait_seconds_total: _, ...container } = cpu(0, 0, 0, 0)
    const later = { ...container, cpu_user_seconds_total: 1, cpu_idle_seconds_total: 3 }
    const [, given] = series([0, container], [1000, later])
    expect(given?.cpu_used_ratio).toBe(0.25)
    expect(given).not.toHaveProperty('cpu_iowait_ratio')
    expect(series([0, container], [1000, cpu(1, 0, 3, 0)])[1]).not.toHaveProperty('cpu_used_ratio')
  })

  test('iowait may fall a little: 0', () => {
    const [, given] = series([0, cpu(0, 0, 0, 5)], [1000, cpu(1, 1, 2, 4.9)])
    expect(given).toMatchObject({ cpu_used_ratio: 0.5, cpu_iowait_ratio: 0 })
  })

  test('iowait that falls by more than all that rose is a reset', () => {
    const [, given] = series([0, cpu(0, 0, 0, 50)], [1000, cpu(1, 1, 2, 1)])
    expect(given?.cpu_used_ratio).toBeUndefined()
  })

  test('any other mode that falls is a reset', () => {
    const [, given] = series([0, cpu(5, 0, 0, 0)], [1000, cpu(4, 1, 2, 0)])
    expect(given?.cpu_used_ratio).toBeUndefined()
  })

  test('of nothing are not known', () => {
    const [, given] = series(
      [0, { tcp_segments_sent_total: 5, tcp_segments_resent_total: 1 }],
      [1000, { tcp_segments_sent_total: 5, tcp_segments_resent_total: 1 }],
    )
    expect(given).toEqual({})
  })

  test('keep their labels', () => {
    const core = (busy: number, all: number) => ({
      'core_busy_seconds_total{core="3"}': busy,
      'core_seconds_total{core="3"}': all,
    })
    expect(series([0, core(0, 0)], [1000, core(0.25, 1)])[1]).toEqual({ 'core_used_ratio{core="3"}': 0.25 })
  })
})
