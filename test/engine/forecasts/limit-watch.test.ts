import { describe, expect, test } from 'vitest'
import { createEngine } from '../../../src/engine/engine.ts'
import type { LimitForecast } from '../../../src/model/forecast.ts'
import type { Frame } from '../../../src/model/frame.ts'
import type { Sample } from '../../../src/model/sample.ts'
import type { Batch } from '../../../src/model/source.ts'
import { leadersOf } from '../../fixtures/alerts.ts'
import { rowOf, WATCHED } from '../../fixtures/watched.ts'
import { batch, START_MS, sample } from '../samples.ts'

const mountState = (path: string, type: string) => `mount{device="/dev/sda",mount="${path}",type="${type}"}`
const used = (path: string) => `disk_used_ratio{mount="${path}"}`

/** A machine with mounts, each as full as a function of the second says; NaN while it does not answer. */
class Machine {
  readonly engine = createEngine({ rules: [] })
  readonly mounts: Record<string, (second: number) => number>
  readonly type: string
  frame: Frame
  second = 0

  constructor(mounts: Record<string, (second: number) => number>, type = 'ext4') {
    this.mounts = mounts
    this.type = type
    this.frame = this.engine.tick(START_MS, 0)
  }

  run(seconds: number, over: Partial<Batch> = {}, sampleOver: Partial<Sample> = {}): this {
    for (const end = this.second + seconds; this.second < end; this.second++) {
      const gauges: Record<string, number> = {}
      const states: Record<string, string> = {}
      for (const [path, value] of Object.entries(this.mounts)) {
        const ratio = value(this.second)
        states[mountState(path, this.type)] = Number.isNaN(ratio) ? 'no answer' : 'ok'
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

  test('what is a block away from its limit is there: nobody is told of no time at all', () => {
    const machine = new Machine({ '/': () => 0.3, '/full': (second) => Math.min(0.9999, 0.99 + second / 10_000) })
    expect(machine.run(160).of(used('/full'), 1)?.time.kind).not.toBe('heading')
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

  test('a time is looked at the more often, the sooner it is', () => {
    const machine = new Machine({ '/': (second) => 0.5 + second / 1000 }).run(415)
    const seconds = () => machine.of(used('/'), 0.95)?.asOfMs
    const before = seconds()
    expect(machine.run(5).of(used('/'), 0.95)?.time.kind).toBe('heading')
    expect(seconds()).toBeGreaterThan(before as number)
  })

  test('of a process that is not watched any more nothing is left', () => {
    const machine = new Machine({ '/': () => 0.3 })
    const series = 'process_memory_bytes{process="node"}'
    const watched = { ...WATCHED, label: 'node' }
    machine.run(40, { watched }, { gauges: { [series]: 1e9, memory_total_bytes: 16e9 } })
    expect(machine.of(series)?.time).toEqual({ kind: 'steady' })
    machine.run(30, {}, { gauges: { memory_total_bytes: 16e9 } })
    expect(machine.of(series)).toBeUndefined()
  })

  test('names who writes as fast as it fills, and nobody else', () => {
    const writer = rowOf({ name: 'vacuum-logs', pid: 9377, writeBytesPerSecond: 38e6 })
    const elsewhere = rowOf({ name: 'dd', pid: 9400, writeBytesPerSecond: 900e6 })
    const small = rowOf({ name: 'journald', pid: 598, writeBytesPerSecond: 2000 })
    // A thousandth of 40 GB a second is 40 MB/s.
    const filling = (rows: ReturnType<typeof rowOf>[], type?: string) =>
      new Machine({ '/var': (second) => 0.5 + second / 1000 }, type)
        .run(101, { leaders: leadersOf({ write: rows }) }, { gauges: { 'disk_total_bytes{mount="/var"}': 40e9 } })
        .of(used('/var'))?.cause
    expect(filling([small, writer, elsewhere])).toBe('vacuum-logs writes 38.0 MB/s')
    expect(filling([small, elsewhere])).toBeUndefined()
    // What is written into memory is not counted: whoever is seen to write does it elsewhere.
    expect(filling([writer], 'tmpfs')).toBeUndefined()
  })
})
