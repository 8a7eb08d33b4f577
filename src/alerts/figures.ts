import { durationText } from '../lib/duration.ts'
import { sizeText } from '../lib/size.ts'
import { metricOf } from '../model/catalogue/catalogue.ts'

/** A limit as it was said, to its last digit: `90 %`, `99.5 %`, `4 GiB`, `5 MB/s`, `500 ms`, `0.5/s`. */
export function limitText(metric: string, value: number): string {
  switch (metricOf(metric)?.unit) {
    case 'ratio':
      return `${exact(value * 100)} %`
    case 'bytes':
      return apart(sizeText(value))
    case 'bytes_per_second':
      return `${apart(sizeText(value))}/s`
    case 'seconds':
      return timeText(value * 1000)
    case 'per_second':
      return `${exact(value)}/s`
    case 'celsius':
      return `${exact(value)} °C`
    default:
      return exact(value)
  }
}

/** A time as it was said: `500 ms`, `90 s`, `1 min`, `4 h`, `14 d`. */
export function timeText(ms: number): string {
  if (ms <= 0) return `${exact(ms / 1000)} s`
  return apart(durationText(Number(exact(ms)))).replace(/ m$/, ' min')
}

/** Without the digits that binary fractions add. */
function exact(value: number): string {
  return String(Number(value.toPrecision(9)))
}

/** A figure and its unit with a space between. */
function apart(text: string): string {
  const [, figure, unit] = /^([\d.]+)([A-Za-z]+)$/.exec(text) ?? []
  return figure === undefined ? `${text} B` : `${figure} ${unit}`
}
