import fc from 'fast-check'
import { expect, test } from 'vitest'
import { QuotaTime } from '../../../../src/probes/linux/cgroup/quota-time.ts'

test('idle is what the quota allowed and nobody used', () => {
  const time = new QuotaTime()
  expect(time.advance(100, 2, 50)).toEqual({ allowedSeconds: 0, idleSeconds: 0 })
  expect(time.advance(101, 2, 50.5)).toEqual({ allowedSeconds: 2, idleSeconds: 1.5 })
  expect(time.advance(103, 2, 50.5)).toEqual({ allowedSeconds: 6, idleSeconds: 5.5 })
})

test('what was used beyond the quota of a moment is taken from later idle time', () => {
  const time = new QuotaTime()
  time.advance(0, 1, 0)
  expect(time.advance(1, 1, 1.25).idleSeconds).toBe(0)
  expect(time.advance(2, 1, 1.75).idleSeconds).toBe(0.25)
})

test('a quota that was made smaller is not paid back for ever', () => {
  const time = new QuotaTime()
  time.advance(0, 0.5, 0)
  time.advance(10, 0.5, 80)
  time.advance(11, 0.5, 80)
  expect(time.advance(12, 0.5, 80).idleSeconds).toBe(0.5)
})

test('a counter that starts over costs one step', () => {
  const time = new QuotaTime()
  time.advance(0, 1, 50)
  time.advance(1, 1, 50)
  expect(time.advance(2, 1, 3)).toEqual({ allowedSeconds: 1, idleSeconds: 1 })
  expect(time.advance(3, 1, 3)).toEqual({ allowedSeconds: 2, idleSeconds: 2 })
})

test('neither ever falls, and idle never exceeds what was allowed', () => {
  const amount = fc.double({ min: 0, max: 4, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(amount, amount, amount)), (steps) => {
      const time = new QuotaTime()
      let before = { allowedSeconds: 0, idleSeconds: 0 }
      let [uptime, used] = [0, 0]
      for (const [elapsed, cores, more] of steps) {
        uptime += elapsed
        used += more
        const now = time.advance(uptime, cores, used)
        expect(now.allowedSeconds).toBeGreaterThanOrEqual(before.allowedSeconds)
        expect(now.idleSeconds).toBeGreaterThanOrEqual(before.idleSeconds)
        expect(now.idleSeconds).toBeLessThanOrEqual(now.allowedSeconds + 1e-9)
        before = now
      }
    }),
  )
})
