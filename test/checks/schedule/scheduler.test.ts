import { expect, test } from 'vitest'
import { phaseOf } from '../../../src/checks/schedule/phase.ts'
import { MOST_AT_ONCE, MOST_OF_PEER } from '../../../src/checks/schedule/places.ts'
import { type Run, type Scheduled, Scheduler } from '../../../src/checks/schedule/scheduler.ts'
import type { CheckDefinition, CheckState } from '../../../src/model/check.ts'
import { checkDefinition } from '../definitions.ts'

const WALL = 1_700_000_000_000
const EVERY = 10_000

function scheduled(
  name: string,
  changes: Partial<CheckDefinition> & Partial<Omit<Scheduled, 'definition'>> = {},
): Scheduled {
  const { uses = 'network', peer, suspect = false, notBeforeMono, ...rest } = changes
  return { definition: checkDefinition(name, { intervalMs: EVERY, ...rest }), uses, peer, suspect, notBeforeMono }
}

interface Started {
  readonly name: string
  readonly atMono: number
  readonly dueMono: number
  readonly asked: boolean
}

/** A schedule on a clock of its own: timers fire up to 3 ms late, and each check takes as long as the test says. */
class World {
  mono = 0
  readonly scheduler = new Scheduler({ wallMs: WALL, monoMs: 0 })
  readonly started: Started[] = []
  running = 0
  most = 0
  private readonly ends: { readonly atMono: number; readonly run: Run; readonly state: CheckState }[] = []
  private readonly takes: (name: string) => readonly [ms: number, state: CheckState]

  constructor(takes: (name: string) => readonly [ms: number, state: CheckState] = () => [5, 'up']) {
    this.takes = takes
  }

  replace(all: readonly Scheduled[]): readonly Run[] {
    const stopped = this.scheduler.replace(all, this.mono)
    this.start()
    return stopped
  }

  ask(...names: string[]): void {
    this.scheduler.ask(names, this.mono)
    this.start()
  }

  start(): void {
    for (const run of this.scheduler.due(this.mono)) {
      const { definition, dueMono, asked } = run
      this.started.push({ name: definition.name, atMono: this.mono, dueMono, asked })
      const [ms, state] = this.takes(definition.name)
      this.ends.push({ atMono: this.mono + ms, run, state })
      this.most = Math.max(this.most, ++this.running)
    }
    this.ends.sort((a, b) => a.atMono - b.atMono)
  }

  until(mono: number): void {
    for (;;) {
      const end = this.ends[0]
      const wake = this.scheduler.wakeMono ?? Number.POSITIVE_INFINITY
      const nextMono = Math.min(
        end?.atMono ?? Number.POSITIVE_INFINITY,
        Math.max(this.mono, wake + (this.started.length % 4)),
      )
      if (nextMono > mono) break
      this.mono = nextMono
      if (end !== undefined && end.atMono <= nextMono) {
        this.ends.shift()
        this.running--
        this.scheduler.finished(end.run, end.state, this.mono)
      }
      this.start()
    }
    this.mono = mono
  }

  of(name: string): Started[] {
    return this.started.filter((one) => one.name === name)
  }

  times(name: string): number[] {
    return this.of(name).map(({ atMono }) => atMono)
  }
}

const many = (count: number, changes: Parameters<typeof scheduled>[1] = {}) =>
  Array.from({ length: count }, (_, index) => scheduled(`check-${index}`, changes))

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(share * (sorted.length - 1))] as number
}

test('a thousand checks start on time, spread over the interval, at the same wall times each round', () => {
  const world = new World()
  world.replace(many(1000))
  world.until(65_000)
  const late = world.started.map(({ atMono, dueMono }) => atMono - dueMono)
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0)
  expect(percentile(late, 0.99)).toBeLessThan(10)
  const second = world.started.filter(({ atMono }) => atMono >= 30_000 && atMono < 40_000)
  expect(second).toHaveLength(1000)
  const parts = new Array<number>(20).fill(0)
  for (const { atMono } of second)
    parts[Math.floor(atMono / 500) % 20] = (parts[Math.floor(atMono / 500) % 20] as number) + 1
  expect(Math.max(...parts)).toBeLessThan(80)
  expect(world.most).toBeLessThan(25)
  for (const { name, dueMono } of second) expect((WALL + dueMono) % EVERY).toBeCloseTo(phaseOf(name) * EVERY, 1)
  expect(world.scheduler.skipped).toBe(0)
})

test('the first round comes soon and spread, and no regular turn right after it', () => {
  const world = new World()
  world.replace(many(100))
  world.until(30_000)
  const first = world.started.slice(0, 100)
  expect(new Set(first.map(({ name }) => name)).size).toBe(100)
  expect(Math.max(...first.map(({ atMono }) => atMono))).toBeLessThan(2010)
  expect(Math.min(...first.map(({ atMono }) => atMono))).toBeLessThan(100)
  for (let index = 0; index < 100; index++) {
    const [one = 0, two = 0] = world.times(`check-${index}`)
    expect(two - one).toBeGreaterThanOrEqual(EVERY / 3 - 5)
    expect(two - one).toBeLessThan(EVERY * (1 + 1 / 3) + 5)
  }
})

test('never two runs of one check: turns that come meanwhile are left out and counted', () => {
  const world = new World((name) => (name === 'slow' ? [25_000, 'up'] : [5, 'up']))
  world.replace([scheduled('slow'), scheduled('quick')])
  world.until(100_000)
  const times = world.times('slow')
  for (let index = 1; index < times.length; index++)
    expect((times[index] as number) - (times[index - 1] as number)).toBeGreaterThan(25_000)
  expect(times.length).toBeGreaterThanOrEqual(3)
  expect(world.scheduler.skipped).toBeGreaterThanOrEqual(4)
  expect(world.of('quick').length).toBeGreaterThanOrEqual(10)
})

test('hanging checks wait for a place, and those of another kind do not wait for them', () => {
  const world = new World((name) => (name.startsWith('check') ? [60_000, 'down'] : [5, 'up']))
  world.replace([...many(600), scheduled('disk', { uses: 'local' })])
  world.until(30_000)
  expect(world.running).toBe(MOST_AT_ONCE.network)
  expect(world.times('disk').length).toBeGreaterThanOrEqual(3)
  for (const { atMono, dueMono } of world.of('disk')) expect(atMono - dueMono).toBeLessThan(10)
})

test('one peer is not asked by more than sixteen at once, while others go on; what waits starts in order', () => {
  const world = new World((name) => (name.startsWith('check') ? [3000, 'up'] : [5, 'up']))
  world.replace([...many(40, { peer: '10.0.0.1:80', intervalMs: 60_000 }), scheduled('other', { peer: '10.0.0.2:80' })])
  world.until(2500)
  expect(world.running).toBe(MOST_OF_PEER)
  expect(world.times('other')).toHaveLength(1)
  world.until(20_000)
  const first = world.started.filter(({ name }) => name.startsWith('check')).slice(0, 40)
  expect(first.map(({ dueMono }) => dueMono)).toEqual(first.map(({ dueMono }) => dueMono).toSorted((a, b) => a - b))
})

test('what is down is asked more seldom, and every turn again after the first success', () => {
  let state: CheckState = 'down'
  const world = new World(() => [5, state])
  world.replace([scheduled('api', { failures: 2 })])
  world.until(200_000)
  const gaps = (times: number[]) =>
    times.slice(1).map((time, index) => Math.round((time - (times[index] as number)) / EVERY))
  expect(gaps(world.times('api')).slice(1, 5)).toEqual([2, 2, 4, 4])
  state = 'unknown'
  world.until(world.mono + 40_000)
  state = 'up'
  const before = world.started.length
  world.until(world.mono + 100_000)
  const after = gaps(world.times('api').slice(before))
  expect(after.length).toBeGreaterThanOrEqual(6)
  expect(new Set(after)).toEqual(new Set([1]))
})

test('a person is not kept waiting, not even by a thousand others', () => {
  const world = new World((name) => (name === 'busy' ? [30_000, 'up'] : [1000, 'up']))
  world.replace([...many(40, { peer: 'one' }), scheduled('mine', { peer: 'one' }), scheduled('busy')])
  world.until(1500)
  expect(world.running).toBeGreaterThanOrEqual(MOST_OF_PEER)
  const started = world.started.length
  world.ask('mine', 'busy', 'nobody')
  world.until(2600)
  const next = world.started.slice(started).find(({ name }) => name.startsWith('check') || name === 'mine')
  expect(next).toMatchObject({ name: 'mine', asked: true })
  // It runs already, and that is its answer.
  expect(world.of('busy').filter(({ asked }) => asked)).toHaveLength(0)
})

test('what a person asks for moves no turn', () => {
  const world = new World()
  world.replace([scheduled('api')])
  world.until(25_000)
  const turns = world.times('api').slice(1)
  world.ask()
  expect(world.of('api').at(-1)).toMatchObject({ atMono: 25_000, asked: true })
  world.until(45_000)
  const after = world.of('api').filter(({ asked }) => !asked)
  for (const { dueMono } of after.slice(1))
    expect((dueMono - (turns[0] as number)) / EVERY).toBeCloseTo(
      Math.round((dueMono - (turns[0] as number)) / EVERY),
      2,
    )
})

test('a reload stops what is gone or changed, and leaves alone what did not change', () => {
  const world = new World((name) => (name === 'api' ? [5, 'down'] : [60_000, 'up']))
  world.replace([scheduled('api'), scheduled('gone'), scheduled('changed')])
  world.until(50_000)
  const due = world.scheduler.wakeMono
  const stopped = world.replace([scheduled('changed', { timeoutMs: 777 }), scheduled('api'), scheduled('new')])
  expect(stopped.map(({ definition }) => definition.name).sort()).toEqual(['changed', 'gone'])
  const before = world.of('api').length
  world.until(52_000)
  // The new and the changed one start soon; a run of it that ends late is nobody's.
  expect(world.times('new')).toHaveLength(1)
  expect(world.times('changed').filter((time) => time > 50_000)).toHaveLength(1)
  expect(due).toBeDefined()
  world.until(90_000)
  // Still backed off: at most one of four turns.
  expect(world.of('api').length - before).toBeLessThanOrEqual(1)
  expect(world.of('gone').filter(({ atMono }) => atMono > 50_000)).toEqual([])
})

test('suspects run one at a time, each until it ended once; what is left out waits until its time', () => {
  const world = new World((name) => (name.startsWith('check') ? [500, 'up'] : [5, 'up']))
  world.replace([
    ...many(5, { suspect: true, intervalMs: 60_000 }),
    scheduled('other'),
    scheduled('bad', { suspect: true, notBeforeMono: 40_000 }),
  ])
  world.ask('bad')
  world.until(5000)
  const suspects = world.started.filter(({ name }) => name.startsWith('check')).map(({ atMono }) => atMono)
  expect(suspects).toHaveLength(5)
  for (let index = 1; index < 5; index++)
    expect((suspects[index] as number) - (suspects[index - 1] as number)).toBeGreaterThanOrEqual(500)
  world.until(39_000)
  expect(world.of('bad')).toEqual([])
  world.until(41_000)
  expect(world.of('bad')).toHaveLength(1)
})

test('a thread that stood still runs each once, not every turn that it missed', () => {
  const world = new World()
  world.replace(many(20))
  world.until(20_000)
  const before = world.started.length
  world.mono = 320_000
  world.start()
  world.until(320_500)
  expect(world.started.length - before).toBeLessThanOrEqual(22)
  world.until(340_000)
  for (let index = 0; index < 20; index++)
    expect(world.times(`check-${index}`).filter((time) => time > 321_000).length).toBeGreaterThanOrEqual(1)
})

test('the next turns are told once each time they change', () => {
  const world = new World()
  world.replace([scheduled('api'), scheduled('db')])
  const first = world.scheduler.takeNext()
  expect([...first.keys()].sort()).toEqual(['api', 'db'])
  expect(world.scheduler.takeNext().size).toBe(0)
  world.until(3000)
  const second = world.scheduler.takeNext()
  expect(second.get('api')).toBeGreaterThan(first.get('api') as number)
})
