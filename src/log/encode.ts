import type { Line } from './line.ts'

/** Enough for any chart, and a line of 200 series stays near 7 KB. */
const DIGITS = 6

/**
 * A line as it stands in the file, without its newline. Numbers that are no whole ones are cut to six significant digits, times to whole
 * milliseconds; what is no number is left out of `values` and `null` elsewhere. Source: RFC 8259, which has neither NaN nor Infinity.
 */
export function encodeLine(line: Line): string {
  if (line.kind !== 'metrics') return JSON.stringify(line, plain)
  let values = ''
  for (const key in line.values) {
    const value = line.values[key] as number
    if (Number.isFinite(value)) values += `${values === '' ? '' : ','}${JSON.stringify(key)}:${short(value)}`
  }
  return `{"v":${line.v},"t":${Math.round(line.t)},"kind":"metrics","values":{${values}}}`
}

function plain(key: string, value: unknown): unknown {
  if (typeof value !== 'number') return value
  if (!Number.isFinite(value)) return null
  return isTime(key) ? Math.round(value) : short(value)
}

function short(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS))
}

/** Whether a member holds milliseconds: `t`, `since_ms`, `wallMs`. */
function isTime(key: string): boolean {
  return key === 't' || key.endsWith('Ms') || key.endsWith('_ms')
}
