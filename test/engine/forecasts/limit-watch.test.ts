import { describe, expect, test } from 'vitest'
import { createEngine } from '../../../src/engine/engine.ts'
import type { LimitForecast } from '../../../src/model/forecast.ts'
import type { Frame } from '../../../src/model/frame.ts'
import type { Sample } from '../../../src/model/sample.ts'
import type { Batch } from '../../../src/model/source.ts'
import { rowOf } from '../../fixtures/watched.ts'
import { batch, START_MS, sample } from '../samples.ts'

const mountState = (path: string) => `mount{device="/dev/sda",mount="${path}",type="ext4"}`
const used = (path: string) => `disk_used_ratio{mount="${path}"}`

/** A machine with mounts, each as full as a function of the second says; NaN while it does not answer. */
class Machine {
  readonly engine = createEngine({ rules: [] })
  readonly mounts: Record<string, (second: number) => number>
  frame: Frame
  second = 0

  constructor(mounts: Record<string, (second: number) => number>) {
    this.mounts = mounts
    this.frame = this.engine.tick(START_MS, 0)
  }

  run(seconds: number, over: Partial<Batch> = {}, sampleOver: Partial<Sample> = {}): this {
    for (const end = this.second + seconds; this.second < end; this.second++) {
      const gauges: Record<string, number> = {}
      const states: Record<string, string> = {}
      for (const [path, value] of Object.entries(this.mounts)) {
        const ratio = value(this.second)
        states[mountState(path)] = Number.isNaN(ratio) ? 'no answer' : 'ok'
        if (!Number.isNaN(ratio)) gauges[used(path)] = ratio
      }
      const mono = this.second * 1000
      const all = { gauges: { ...gauges, ...sampleOver.gauges }, states }
      this.frame = this.engine.accept(batch(mono, [sample(mono, { ...sampleOver, ...all })], over))
    }
    return this
  }

  of(series: string, threshold?: number): LimitForecast | undefined {
    return this.frame.forecasts.find(
      (forecast) => forecast.series === series && (threshold === undefined || forecast.threshold === threshold),
    )
  }
}

describe('limits in a frame', () => {
  test('a mount that fills has its times, a quiet one is steady, and what comes sooner stands first', () => {
    // A thousandth a second: from 0.6 to 0.95 takes 350 s, to 1 it takes 400.
    const machine = new Machine({ '/': () => 0.3, '/var': (second) => 0.5 + second / 1000 }).run(101)
    const { frame } = machine
    const [first, second] = frame.forecasts
    expect([first?.subject, first?.limit, second?.limit]).toEqual(['/var', '95 %', '100 %'])
    expect(first?.time.kind).toBe('heading')
    const eta = first?.time.kind === 'heading' ? first.time.eta : undefined
    expect(eta?.likely).toBeGreaterThan(300)
    expect(eta?.likely).toBeLessThan(400)
    expect(eta?.earliest).toBeLessThanOrEqual(eta?.likely as number)
    expect(eta?.latest ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(eta?.likely as number)
    expect(first?.severity).toBe('warning')
    expect(first?.perHour).toBeGreaterThan(3)
    expect(machine.of(used('/'))?.time).toEqual({ kind: 'steady' })
  })

  test('says nothing of the first samples, and what is full is reached', () => {
    const machine = new Machine({ '/': () => 0.3, '/full': () => 0.99 })
    expect(machine.run(10).of(used('/'))?.time).toEqual({ kind: 'unknown' })
    expect(machine.run(60).of(used('/full'), 0.95)?.time).toEqual({ kind: 'reached' })
  })

  test('a mount that stops answering has no times', () => {
    const machine = new Machine({ '/': (second) => (second < 100 ? 0.3 : Number.NaN) })
    expect(machine.run(95).of(used('/'))).toBeDefined()
    expect(machine.run(30).of(used('/'))).toBeUndefined()
  })

  test('the list is the same between two looks', () => {
    const machine = new Machine({ '/': (second) => 0.3 + second / 1000 }).run(61)
    const before = machine.frame.forecasts
    expect(machine.run(5).frame.forecasts).toBe(before)
    expect(machine.run(10).frame.forecasts).not.toBe(before)
  })

  test('a certificate ends when it ends', () => {
    const machine = new Machine({ '/': () => 0.3 })
    const key = 'check_certificate_seconds{check="shop"}'
    machine.run(12, {}, { gauges: { [key]: 9 * 86_400 } })
    const eta = { earliest: 9 * 86_400, likely: 9 * 86_400, latest: 9 * 86_400 }
    expect(machine.of(key)?.time).toEqual({ kind: 'heading', eta })
    expect(machine.of(key)?.severity).toBeUndefined()
  })

  test('names who writes to what fills, and nobody where nobody is seen to write', () => {
    const writer = rowOf({ name: 'vacuum-logs', pid: 9377, writeBytesPerSecond: 38e6 })
    const small = rowOf({ name: 'journald', pid: 598, writeBytesPerSecond: 2000 })
    const filling = (rows: ReturnType<typeof rowOf>[]) =>
      new Machine({ '/var': (second) => 0.5 + second / 1000 })
        .run(101, { leaders: { cpu: rows, memory: [] } })
        .of(used('/var'))?.cause
    expect(filling([small, writer])).toBe('vacuum-logs writes 38.0 MB/s')
    expect(filling([small])).toBeUndefined()
  })
})
