import { durationText } from '../../lib/duration.ts'
import { got } from '../../lib/fields.ts'
import { sizeText } from '../../lib/size.ts'
import type { Metric, Unit } from '../../model/metric.ts'
import { expectedValue, parseValue } from '../../model/threshold.ts'
import type { Path } from '../position.ts'
import type { Told } from './problems.ts'

/** More digits than anybody writes are what binary fractions make of them. */
const DIGITS = 12

/** A value of a metric as it was written, in the metric's unit; undefined where it is none, which has been told. */
export function readValue(said: string | number, { unit }: Metric, path: Path, { tell }: Told): number | undefined {
  const value = parseValue(String(said).trim(), unit)
  if (value !== undefined && Number.isFinite(value)) return value
  tell(path, `expected ${expectedValue(unit)}, got ${got(said)}`)
  return undefined
}

/** A value as a person would write it in a configuration: `90%`, `2GiB`, `40MB/s`, `500ms`, `80`. It reads back as the very same. */
export function writtenValue(value: number, unit: Unit | undefined): string | number {
  const text = textOf(value, unit)
  return text !== undefined && parseValue(text, unit) === value ? text : value
}

function textOf(value: number, unit: Unit | undefined): string | undefined {
  switch (unit) {
    case 'ratio':
      return `${Number((value * 100).toPrecision(DIGITS))}%`
    case 'bytes':
      return sizeText(value)
    case 'bytes_per_second':
      return `${sizeText(value)}/s`
    case 'seconds': {
      const ms = Number((value * 1000).toPrecision(DIGITS))
      return Number.isInteger(ms) && ms > 0 ? durationText(ms) : undefined
    }
    default:
      return undefined
  }
}
