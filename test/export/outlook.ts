import type { Outlook } from '../../src/export/outlook.ts'
import type { LimitForecast, Prediction } from '../../src/model/forecast.ts'

/** A Monday afternoon; the tests run in UTC. */
export const NOW_MS = Date.UTC(2025, 10, 24, 14, 32, 7)

/** A prediction whose band widens by `wide` a step to each side, at the 80 % level by half of it. */
export const around = (mean: number, wide: number): Prediction => ({
  mean,
  low80: mean - wide / 2,
  high80: mean + wide / 2,
  low95: mean - wide,
  high95: mean + wide,
})

/** A disk that was at half an hour ago 60 % and is at 70 % now, and goes on like that for a quarter of an hour. */
export function outlookOf(over: Partial<Outlook> = {}): Outlook {
  const ahead = Array.from({ length: 15 }, (_, step) => around(0.7 + (step + 1) / 300, 0.002 * (step + 1)))
  return {
    series: 'disk_used_ratio{mount="/var"}',
    unit: 'ratio',
    nowMs: NOW_MS,
    value: 0.7,
    history: { stepMs: 60_000, values: Array.from({ length: 31 }, (_, minute) => 0.6 + minute / 300) },
    samples: 31,
    stepMs: 60_000,
    horizonMs: 900_000,
    ahead,
    ...over,
  }
}

/** A limit of `/var` that is reached in about three hours. */
export function limitOf(over: Partial<LimitForecast> = {}): LimitForecast {
  return {
    series: 'disk_used_ratio{mount="/var"}',
    threshold: 0.95,
    direction: 'above',
    family: 'disk',
    subject: '/var',
    limit: '95 %',
    asOfMs: NOW_MS,
    time: { kind: 'heading', eta: { earliest: 9600, likely: 11_400, latest: 14_700 } },
    perHour: 0.012,
    record: { overS: 86_400, inside: 0.94 },
    ...over,
  }
}
