import { expect, test } from 'vitest'
import {
  beginSupervision,
  healthOf,
  type Supervision,
  type SupervisionAction,
  type SupervisionEvent,
  supervise,
  timingFor,
} from '../../../src/sources/live/supervision.ts'

const timing = timingFor(1000)
const WALL = 1_700_000_000_000

/** Drives the core over a clock of its own. */
class Run {
  mono = 0
  state: Supervision = beginSupervision('worker', this.now(), timing)
  readonly actions: (readonly [mono: number, action: SupervisionAction])[] = []

  now() {
    return { wallMs: WALL + this.mono, monoMs: this.mono }
  }

  event(event: SupervisionEvent): void {
    const { state, actions } = supervise(this.state, event, this.now(), timing)
    this.state = state
    for (const action of actions) this.actions.push([this.mono, action])
  }

  /** Lets time pass, with each timer firing when it is wanted. */
  until(mono: number, busyWith?: string): void {
    while (this.state.wakeMono <= mono) {
      this.mono = this.state.wakeMono
      this.event({ kind: 'timer', busyWith })
    }
    this.mono = mono
  }

  /** Lets the worker speak once a second. */
  speakUntil(mono: number): void {
    while (this.mono + 1000 <= mono) {
      this.until(this.mono + 1000)
      this.event({ kind: 'message' })
    }
  }

  times(action: SupervisionAction): number[] {
    return this.actions.filter(([, name]) => name === action).map(([mono]) => mono)
  }
}

test('a worker that speaks is left alone', () => {
  const run = new Run()
  run.until(100)
  run.event({ kind: 'message' })
  run.speakUntil(120_000)
  expect(run.actions).toEqual([])
  expect(healthOf(run.state)).toEqual({
    name: 'worker',
    state: 'running',
    sinceMs: WALL + 100,
    lastMs: WALL + 119_100,
    restarts: 0,
  })
})

test('silence is told each second, and after five seconds the worker is left behind', () => {
  const run = new Run()
  run.event({ kind: 'message' })
  run.until(5500, 'reading process 4711')
  expect(run.times('tell')).toEqual([2500, 3500, 4500, 5000])
  expect(run.times('abandon')).toEqual([5000])
  expect(run.state.health).toEqual({
    name: 'worker',
    state: 'restarting',
    reason: 'no answer for 5 s while reading process 4711',
    sinceMs: WALL + 5000,
    restarts: 0,
  })
  run.until(6000)
  expect(run.times('start')).toEqual([6000])
  run.event({ kind: 'message' })
  expect(healthOf(run.state)).toMatchObject({ state: 'running', restarts: 1, sinceMs: WALL + 6000 })
  expect(healthOf(run.state).reason).toBeUndefined()
})

test('a worker that never says its first word is left behind too, however long the interval', () => {
  const slow = timingFor(3_600_000)
  let state = beginSupervision('worker', { wallMs: WALL, monoMs: 0 }, slow)
  const step = supervise(state, { kind: 'timer' }, { wallMs: WALL, monoMs: state.wakeMono }, slow)
  expect(step.actions).toEqual(['abandon', 'tell'])
  state = step.state
  expect(state.health.reason).toBe('no answer for 10 s')
})

test('the pauses between restarts double up to a minute', () => {
  const run = new Run()
  for (let restart = 0; restart < 8; restart++) {
    run.event({ kind: 'ended', reason: 'worker ended' })
    run.until(run.state.restartMono)
  }
  const starts = run.times('start')
  expect(starts.map((mono, index) => mono - (starts[index - 1] ?? 0))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
  ])
  expect(run.state.health).toMatchObject({ state: 'restarting', reason: 'worker ended', restarts: 8, sinceMs: WALL })
})

test('after a minute of health the pauses start over, before it they do not', () => {
  const run = new Run()
  const pauseAfter = (healthMs: number) => {
    run.event({ kind: 'message' })
    run.speakUntil(run.mono + healthMs)
    run.event({ kind: 'ended', reason: 'worker ended' })
    const pause = run.state.restartMono - run.mono
    run.until(run.state.restartMono)
    return pause
  }
  expect([pauseAfter(1000), pauseAfter(59_000), pauseAfter(61_000), pauseAfter(1000)]).toEqual([1000, 2000, 1000, 2000])
})

test('while there is no worker, ages move each second', () => {
  const run = new Run()
  for (let restart = 0; restart < 3; restart++) {
    run.event({ kind: 'ended', reason: 'worker ended' })
    run.until(run.state.restartMono)
  }
  expect(run.times('tell')).toEqual([0, 1000, 1000, 2000, 3000, 3000, 4000, 5000, 6000, 7000])
})

test('when this thread itself stood still the worker is not to blame', () => {
  const run = new Run()
  run.event({ kind: 'message' })
  run.mono = 60_000
  run.event({ kind: 'timer' })
  expect(run.actions).toEqual([])
  // Two and a half seconds of silence before, as many after.
  run.until(64_000)
  expect(run.times('abandon')).toEqual([62_500])
})

test('no more than four threads are left hanging', () => {
  const run = new Run()
  run.until(600_000)
  expect(run.times('abandon')).toHaveLength(4)
  expect(run.times('start')).toHaveLength(3)
  run.event({ kind: 'freed' })
  run.until(700_000)
  expect(run.times('start')).toHaveLength(4)
})
