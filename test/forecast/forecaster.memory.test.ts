import { describe, expect, test } from 'vitest'
import {
  createForecaster,
  forecasterBytes,
  observe,
  predict,
  predictions,
  trackRecord,
} from '../../src/forecast/forecaster.ts'
import { having, MINUTES, normal, SECONDS } from './series.ts'

describe('what is kept', () => {
  test('all that is kept is in the buffer, which does not grow', () => {
    const noise = normal(20)
    const state = having(50, () => noise())
    const { buffer } = state
    const { byteLength } = buffer
    expect(byteLength).toBe(forecasterBytes(MINUTES))
    for (let step = 50; step < 5000; step++) observe(state, step * 60_000, noise())
    expect(state.buffer).toBe(buffer)
    expect(buffer.byteLength).toBe(byteLength)
    expect(Object.values(state).filter((kept) => typeof kept === 'object')).toEqual([state.plan, state.bounds, buffer])
  })

  test('two in one buffer know nothing of each other', () => {
    const slowAt = forecasterBytes(SECONDS)
    const buffer = new ArrayBuffer(slowAt + forecasterBytes(MINUTES))
    const [fast, slow] = [createForecaster(SECONDS, buffer, 0), createForecaster(MINUTES, buffer, slowAt)]
    const [one, other] = [normal(21), normal(22)]
    for (let step = 0; step < 3000; step++) {
      observe(fast, step * SECONDS.stepMs, one())
      observe(slow, step * MINUTES.stepMs, other())
    }
    for (const [state, seed, options] of [
      [fast, 21, SECONDS],
      [slow, 22, MINUTES],
    ] as const) {
      const noise = normal(seed)
      const alone = having(3000, () => noise(), options)
      for (const steps of [1, 60, 300]) expect(predict(state, steps)).toEqual(predict(alone, steps))
      expect(trackRecord(state)).toEqual(trackRecord(alone))
    }
  })

  test('what was looked up once is the same as what is asked one by one', () => {
    const noise = normal(23)
    const state = having(2000, () => noise())
    const expected = predictions(state)
    for (const steps of [1, 7.5, 60, 1440, 5000]) expect(expected(steps)).toEqual(predict(state, steps))
  })
})
