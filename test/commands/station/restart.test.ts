import { expect, test } from 'vitest'
import { builtinRules } from '../../../src/alerts/builtin.ts'
import type { Rule } from '../../../src/alerts/rule.ts'
import { createKeeping, type Keeping } from '../../../src/commands/station/keeping.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import { readHistory } from '../../../src/log/history.ts'
import type { Line } from '../../../src/log/line.ts'
import { readLog } from '../../../src/log/read.ts'
import { type Alert, alertKey } from '../../../src/model/alert.ts'
import type { CheckOutcome, CheckStatus } from '../../../src/model/check.ts'
import type { Frame } from '../../../src/model/frame.ts'
import type { AlertCommand, Batch } from '../../../src/model/source.ts'
import { START_MS, sample } from '../../engine/samples.ts'
import { leadersOf } from '../../fixtures/alerts.ts'
import { definitionOf, resultOf } from '../../fixtures/checks.ts'
import { rowOf } from '../../fixtures/watched.ts'
import { all, TemporaryLog, tallied } from '../../log/logs.ts'

const MINUTE_S = 60
const HOUR_S = 3600
/** The first run measures for two hours, the second one begins three minutes after it. */
const FIRST_ENDS = 2 * HOUR_S
/** Seconds between two measurements. */
const STEP = 5
const SECOND_BEGINS = FIRST_ENDS + 3 * MINUTE_S
const MOUNT = { 'mount{device="/dev/sdb1",mount="/var",type="ext4"}': 'ok' }
const DISK = 'disk_used_ratio{mount="/var"}'
/** 95 % are there ten hours after the start. */
const diskAt = (second: number) => 0.45 + (0.05 * second) / HOUR_S
/** The service fails for six minutes in the first hour, and from four minutes before the end on. */
const API_FAILS = { from: 30 * MINUTE_S, to: 36 * MINUTE_S, again: 116 * MINUTE_S }
/** Memory is short from a little later on, and held by the same process, until ten minutes after the start of the second run. */
const MEMORY_SHORT = { from: 115 * MINUTE_S + 20, to: SECOND_BEGINS + 10 * MINUTE_S }
const JAVA = rowOf({ pid: 812, name: 'java', memoryBytes: 8e9, startTicks: 81_200 })

/** Nobody but java is behind it: known by that alone that it belongs to what was before. */
const STALLS: Rule = {
  name: 'stalls',
  when: { kind: 'metric', metric: 'pressure_memory_some_ratio', where: {}, above: 0.5 },
  blames: 'memory',
  forMs: 0,
  keepMs: 0,
  severity: 'warning',
  labels: {},
  origin: 'healthtop.yaml:3',
}

/** What the machine is like at a second. */
function batchAt(
  second: number,
  first: boolean,
): Omit<Batch, 'wallMs' | 'monoMs'> & { readonly outcome?: CheckOutcome } {
  const gauges = {
    cpu_used_ratio: second < HOUR_S ? 0.8 : 0.1,
    memory_used_ratio: second >= MEMORY_SHORT.from && second < MEMORY_SHORT.to ? 0.93 : 0.5,
    pressure_memory_some_ratio: second === SECOND_BEGINS + 2 * MINUTE_S ? 0.6 : 0,
    [DISK]: diskAt(second),
  }
  const failing = (second >= API_FAILS.from && second < API_FAILS.to) || second >= API_FAILS.again
  const outcome: CheckOutcome = failing
    ? { state: 'down', reason: 'refused', error: 'refused by 127.0.0.1:80' }
    : { state: 'up', latencyS: 0.02 }
  return {
    samples: [sample(0, { everyMs: STEP * 1000, gauges, states: MOUNT })],
    leaders: leadersOf({ memory: [JAVA] }),
    ...(first && { checks: { definitions: [definitionOf('api', { intervalMs: 10_000 })] } }),
    ...(second % 10 === 0 && !first && { outcome }),
  }
}

/** An engine and what is kept of it in a state folder, as a station joins them, its clocks in the hand of the test. */
class Run {
  frame: Frame | undefined
  readonly #keeping: Keeping
  readonly #engine = createEngine({ rules: [...builtinRules, STALLS] })
  /** The monotonic clock of each run has its own origin. */
  readonly #origin: number
  #second: number

  constructor(state: string, second: number) {
    this.#second = second
    this.#origin = second - 5000
    // Two hours go by while the disk is asked for the first time: that takes it as long as it really does.
    const clock = { wallMs: () => this.#wallMs, monoMs: () => performance.now() }
    this.#keeping = createKeeping({
      state,
      log: { keepMs: 14 * 86_400_000, sizeBytes: 500e6 },
      run: { pid: 1, version: '0', interval_ms: STEP * 1000 },
      monitor: {
        restore: (history) => this.#engine.restore(history, this.#wallMs, this.#monoMs),
        tell: (news) => this.#accept({ samples: [], ...news }),
      },
      worker: {
        readHistory,
        maintain: () => Promise.reject(new Error('nobody asks')),
        end: async () => {},
      },
      clock,
    })
  }

  get #wallMs(): number {
    return START_MS + this.#second * 1000
  }

  get #monoMs(): number {
    return (this.#second - this.#origin) * 1000
  }

  #accept(parts: Omit<Batch, 'wallMs' | 'monoMs'>): void {
    const [wallMs, monoMs] = [this.#wallMs, this.#monoMs]
    const samples = parts.samples.map((one) => ({ ...one, wallMs, monoMs }))
    this.frame = this.#engine.accept({ ...parts, samples, wallMs, monoMs })
    this.#keeping.take(this.frame, { kind: 'own' })
  }

  /** Reads the past after the first frame, as a dashboard does, which waits for nothing. */
  async begin(): Promise<this> {
    this.#measure(true)
    await this.#keeping.begin()
    return this
  }

  until(second: number): Frame {
    while (this.#second < second) {
      this.#second += STEP
      this.#measure(false)
    }
    return this.frame as Frame
  }

  command(command: AlertCommand): void {
    expect(this.#engine.command(command, this.#wallMs)).toEqual({ ok: true })
    this.#accept({ samples: [] })
  }

  end(): Promise<void> {
    return this.#keeping.end()
  }

  #measure(first: boolean): void {
    const { outcome, ...batch } = batchAt(this.#second, first)
    const result = outcome && resultOf('api', outcome, { wallMs: this.#wallMs, monoMs: this.#monoMs })
    this.#accept({ ...batch, ...(result && { checks: { results: [result] } }) })
  }
}

function alertOf({ alerts }: Frame, name: string): Alert {
  const alert = alerts.find((one) => one.name === name)
  if (alert === undefined) throw new Error(`no ${name} among ${alerts.map((one) => one.name).join(', ')}`)
  return alert
}

/** The middle of the day of the first run, as a chart reads it. */
function cpuAt({ metrics }: Frame, second: number): number | undefined {
  const endMs = START_MS + second * 1000
  return metrics.window('cpu_used_ratio', { endMs, stepMs: 60_000, count: 1, by: 'mean' })[0]
}

/** Every line of a kind, as it was written. */
async function linesOf<K extends Line['kind']>(
  log: TemporaryLog,
  kind: K,
): Promise<readonly Extract<Line, { kind: K }>[]> {
  const lines = (await all(readLog(log.folder, {}, tallied()))).map(({ line }) => line)
  return lines.filter((line): line is Extract<Line, { kind: K }> => line.kind === kind)
}

test('what a run knew the next one goes on with, and the log tells each thing once', async () => {
  using log = new TemporaryLog()
  const first = await new Run(log.state, 0).begin()
  const before = first.until(FIRST_ENDS)
  const [down, short] = [alertOf(before, 'check-down'), alertOf(before, 'memory-low')]
  // Memory is short for a minute when the second failure in a row comes.
  expect(short.incident).toBe(down.incident)
  first.command({ kind: 'acknowledge', alert: down.id, note: 'on it' })
  first.command({ kind: 'silence', alert: short.id })
  await first.end()

  const second = await new Run(log.state, SECOND_BEGINS).begin()
  const after = second.until(SECOND_BEGINS + 2 * STEP)
  // Nobody was there for three minutes, and an hour before the machine was busy until it was not.
  expect(cpuAt(after, HOUR_S - MINUTE_S)).toBeCloseTo(0.8, 2)
  expect(cpuAt(after, HOUR_S + 5 * MINUTE_S)).toBeCloseTo(0.1, 2)
  expect(cpuAt(after, FIRST_ENDS + 2 * MINUTE_S)).toBeNaN()
  const limit = after.forecasts.find(({ subject, threshold }) => subject === '/var' && threshold === 0.95)
  if (limit?.time.kind !== 'heading') throw new Error(`/var: ${limit?.time.kind}`)
  expect(Math.abs(limit.time.eta.likely - (10 * HOUR_S - SECOND_BEGINS))).toBeLessThan(0.1 * 8 * HOUR_S)
  // Ten minutes of a hundred and twenty; parts are of five minutes, and a failure counts from its second in a row.
  const { availability } = after.checks[0] as CheckStatus
  expect(Math.abs((availability.day as number) - 110 / 120)).toBeLessThan(5 / 120)

  expect(alertOf(after, 'check-down')).toMatchObject({ id: down.id, state: 'firing', sinceMs: down.sinceMs })
  expect(alertOf(after, 'check-down').acknowledged).toMatchObject({ note: 'on it' })
  expect(alertOf(after, 'memory-low')).toMatchObject({ id: short.id, silenced: { key: alertKey(short) } })
  expect(alertOf(after, 'memory-low').cause).toBe(short.cause)
  expect(after.records.map(({ alert }) => alert.id)).toEqual(before.records.map(({ alert }) => alert.id))
  expect(after.events.map(({ text }) => text)).toContain('acknowledged: on it')

  // The same process is suspected of it as of what was before.
  const joined = second.until(SECOND_BEGINS + 2 * MINUTE_S)
  expect(alertOf(joined, 'stalls').incident).toBe(down.incident)
  const over = second.until(SECOND_BEGINS + 15 * MINUTE_S)
  expect(over.alerts.map(({ name }) => name)).toEqual(['check-down'])
  expect(over.events.map(({ subject, text }) => `${subject} ${text}`)).toContain('memory well again')
  expect(over.marks.silences).toEqual([])
  await second.end()

  const third = await new Run(log.state, SECOND_BEGINS + HOUR_S).begin()
  expect(third.until(SECOND_BEGINS + HOUR_S + 2 * STEP).alerts.map(({ id }) => id)).toEqual([down.id])
  await third.end()

  const told = (await linesOf(log, 'event')).map(({ event, level, subject, text }) =>
    [event, level, subject, text].join(' '),
  )
  expect(told).toEqual([
    'started event healthtop started watching',
    'check critical api down, refused by 127.0.0.1:80',
    'check ok api well again',
    'check critical api down, refused by 127.0.0.1:80',
    'alert warning memory 93 % used',
    'acknowledged event api acknowledged: on it',
    'silenced event memory silenced until it resolves',
    'ended event healthtop ended',
    'started event healthtop started watching',
    'alert warning memory stalled 60 % of the time',
    'alert ok memory well again',
    'alert ok memory well again',
    'ended event healthtop ended',
    'started event healthtop started watching',
    'ended event healthtop ended',
  ])
  const resolved = (await linesOf(log, 'alert')).filter(({ state }) => state === 'resolved')
  expect(resolved.map(({ name, resolution }) => `${name} ${resolution}`)).toEqual([
    'check-down cleared',
    'stalls cleared',
    'memory-low cleared',
  ])
})
