import { parseComparison } from '../lib/comparison.ts'
import { parseDuration } from '../lib/duration.ts'
import { parseSize } from '../lib/size.ts'
import type { Unit } from './metric.ts'

/** A limit as a person says it. Without a direction it is reached from where the series is. */
export interface Threshold {
  readonly value: number
  readonly direction?: 'above' | 'below'
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const POWERS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 }

/** What can be said of a value of a unit, as an error tells it. */
const EXPECTED: Readonly<Record<Unit, string>> = {
  ratio: 'a share such as 95% or 0.95',
  bytes: 'a size such as 2GiB or 500MB',
  bytes_per_second: 'a size a second such as 40MB or 40MB/s',
  seconds: 'a duration such as 500ms, 3s or 14d, or seconds',
  per_second: 'a number such as 250 or 1.5k',
  count: 'a number such as 250 or 1.5k',
  hertz: 'a frequency such as 800MHz or 3.4GHz',
  celsius: 'degrees such as 80',
  watts: 'watts such as 65',
  rpm: 'a number such as 1200',
}

/**
 * Reads a limit for a series of a unit (undefined: plain numbers, sizes too), in the unit of the series: `95%`, `0.95`, `2GiB`, `500ms`,
 * and with a side `>95%`, `<10%`. Otherwise says what was expected.
 */
export function parseThreshold(text: string, unit: Unit | undefined): Threshold | { readonly expected: string } {
  const read = parseComparison(text, (value) => parseValue(value, unit))
  if (read === undefined || read.op === '!=')
    return { expected: unit === undefined ? 'a number such as 250' : EXPECTED[unit] }
  const { op, value } = read
  return { value, ...(op !== '=' && { direction: op.startsWith('<') ? ('below' as const) : ('above' as const) }) }
}

/** What can be said of a value of a unit, as an error tells it: `a share such as 95% or 0.95`. */
export function expectedValue(unit: Unit): string {
  return EXPECTED[unit]
}

/** Reads a value as a person says it, in the unit of its series (undefined: a plain number, or a size); undefined for anything else. */
export function parseValue(text: string, unit: Unit | undefined): number | undefined {
  const number = NUMBER.test(text) ? Number(text) : undefined
  switch (unit) {
    case 'ratio':
      return parseShare(text, number)
    case 'bytes':
      return parseSize(text) ?? number
    case 'bytes_per_second':
      return parseSize(text.replace(/\/s$/, '')) ?? number
    case 'seconds': {
      const ms = parseDuration(text)
      return ms === undefined ? number : ms / 1000
    }
    case 'per_second':
      return number ?? withPower(text.replace(/\/s$/, ''), '')
    case 'count':
      return number ?? withPower(text, '')
    case 'hertz':
      return number ?? withPower(text, 'Hz')
    case 'celsius':
      return number ?? withPower(text, '°?C', false)
    case 'watts':
      return number ?? withPower(text, 'W', false)
    case 'rpm':
      return number ?? withPower(text, 'rpm', false)
    case undefined:
      return number ?? parseSize(text)
  }
}

/** Without a % a number above 1 is more likely 95 of 100 than 95 times all there is, and has to say so. */
function parseShare(text: string, number: number | undefined): number | undefined {
  const percent = /^(.+?)\s*%$/.exec(text)?.[1]
  if (percent !== undefined) return NUMBER.test(percent) ? Number(percent) / 100 : undefined
  return number !== undefined && Math.abs(number) > 1 ? undefined : number
}

/** `1.5k`, `3.4 GHz`, `80 °C`: a number, perhaps a power of a thousand, perhaps a unit. */
function withPower(text: string, unit: string, powers = true): number | undefined {
  const match = new RegExp(`^(\\S+?)\\s*(${powers ? '[kmg]?' : ''})(?:${unit})?$`, 'i').exec(text)
  const figure = match?.[1] ?? ''
  if (!NUMBER.test(figure)) return undefined
  return Number(figure) * (POWERS[(match?.[2] ?? '').toLowerCase()] ?? 1)
}
