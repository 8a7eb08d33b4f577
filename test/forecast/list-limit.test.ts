import { expect, test } from 'vitest'
import { forecastSeries } from '../../src/forecast/batch.ts'
import { listTimeToLimit } from '../../src/forecast/list-limit.ts'

/** Noise that is the same in every run: the sine of large numbers. */
const noise = (step: number) => Math.sin(step * 12.9898) * Math.cos(step * 78.233)

function timeOf(values: readonly number[], stepS: number, threshold: number, period?: number) {
  const ahead = forecastSeries({ values, stepS, period, horizon: 48 })
  return listTimeToLimit({ values, stepMs: stepS * 1000, ahead }, { threshold, direction: 'above' })
}

const rising = Array.from({ length: 200 }, (_, step) => 100 + step + 2 * noise(step))

test('a line reaches its limit in as many steps as it takes, whatever a step is', () => {
  // At 299 or so now, 201 more steps to 500.
  for (const stepS of [1, 60, 300, 86_400]) {
    const time = timeOf(rising, stepS, 500)
    if (time.kind !== 'heading') throw new Error(`${stepS} s: ${time.kind}`)
    const { earliest, likely, latest = Number.POSITIVE_INFINITY } = time.eta
    expect(Math.abs(likely / stepS / 201 - 1), `${stepS} s`).toBeLessThan(0.1)
    expect(earliest).toBeLessThanOrEqual(201 * stepS)
    expect(latest).toBeGreaterThanOrEqual(201 * stepS)
  }
})

test('noise heads nowhere, and what is there is there', () => {
  const flat = Array.from({ length: 200 }, (_, step) => 100 + 2 * noise(step))
  expect(timeOf(flat, 60, 500).kind).toBe('steady')
  expect(timeOf(flat, 60, 90).kind).toBe('reached')
  expect(timeOf(flat.slice(0, 10), 60, 500).kind).toBe('unknown')
})

test('a day that goes up and down crosses a limit at its time, though it has no trend', () => {
  const values = Array.from(
    { length: 24 * 8 },
    (_, hour) => 50 + 40 * Math.sin((hour / 24) * 2 * Math.PI) + noise(hour),
  )
  // It is at its middle now, on the way up.
  const mean = Array.from({ length: 24 }, (_, hour) => 50 + 40 * Math.sin(((hour + 1) / 24) * 2 * Math.PI))
  const ahead = { mean, lo80: [], hi80: [], lo95: mean.map((one) => one - 5), hi95: mean.map((one) => one + 5) }
  const at = (threshold: number) =>
    listTimeToLimit({ values, stepMs: 3_600_000, ahead }, { threshold, direction: 'above' })
  // 50 + 40 sin(2 π 4 / 24) is 84.6, an hour before 78.3.
  expect(at(80)).toMatchObject({ kind: 'heading', eta: { likely: 4 * 3600 } })
  expect(at(95).kind).toBe('steady')
})
