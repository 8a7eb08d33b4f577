import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  checkForecast,
  directionOf,
  type RawForecastOptions,
  thresholdOf,
} from '../../../src/commands/forecast/options.ts'
import { wantedSeries } from '../../../src/commands/forecast/series.ts'
import { UsageError } from '../../../src/commands/options.ts'
import { unitOf } from '../../../src/model/scale.ts'

function refused(raw: RawForecastOptions, series?: string): string {
  try {
    checkForecast(raw, series)
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  return 'not refused'
}

test('a host is sampled for a minute and told as a table, unless told otherwise', () => {
  expect(checkForecast({}, undefined)).toEqual({ kind: 'host', format: 'table' })
  expect(
    checkForecast({ for: '5m', horizon: '4h', threshold: '95%', plot: true, format: 'table' }, 'cpu_used_ratio'),
  ).toEqual({
    kind: 'host',
    series: 'cpu_used_ratio',
    forMs: 300_000,
    horizonMs: 4 * 3_600_000,
    threshold: '95%',
    format: 'plot',
  })
  expect(checkForecast({ file: 'a.csv', format: 'json' }, undefined)).toEqual({
    kind: 'file',
    path: 'a.csv',
    format: 'json',
  })
  expect(checkForecast({ stdin: true }, undefined)).toEqual({ kind: 'lines' })
})

test('what does not go together is told', () => {
  expect(refused({ stdin: true, plot: true })).toBe('--stdin: each line says what is wanted; leave out --plot')
  expect(refused({ stdin: true }, 'load_1m')).toBe('--stdin: each line says what is wanted; leave out "load_1m"')
  expect(refused({ plot: true, format: 'json' }, 'load_1m')).toBe('--plot: a picture is no JSON; leave out --format')
  expect(refused({ file: 'a.csv' }, 'load_1m')).toBe('--file: the series is what the file holds; leave out "load_1m"')
  expect(refused({ file: 'a.csv', for: '60s' })).toMatch(/^--for: says how long this host is sampled/)
  expect(refused({ file: '' })).toBe('--file: expected a file, or - for stdin, got nothing')
  expect(refused({ plot: true })).toBe('--plot: of which series? Name it: healthtop forecast cpu_used_ratio --plot')
  expect(refused({ threshold: '95%' })).toMatch(/^--threshold: of which series\?/)
})

test('mistakes say what to write instead', () => {
  expect(refused({ format: 'csv' })).toBe('--format: expected one of table, json, got "csv"')
  expect(refused({ horizon: '4 hours' })).toBe('--horizon: expected a duration such as 90s, 30m or 4h, got "4 hours"')
  expect(refused({ horizon: '9999d' })).toBe('--horizon: expected 1ms to 3650d, got "9999d"')
  expect(refused({ for: '500ms' })).toBe('--for: expected 1s to 1d, got "500ms"')
  expect(() => thresholdOf('95', 'ratio')).toThrow('--threshold: expected a share such as 95% or 0.95, got "95"')
})

test('a limit is reached from where the series is, unless a side was said', () => {
  expect(directionOf({ value: 5 }, 3)).toBe('above')
  expect(directionOf({ value: 5 }, 7)).toBe('below')
  expect(directionOf({ value: 5 }, undefined)).toBe('above')
  expect(directionOf({ value: 5, direction: 'above' }, 7)).toBe('above')
})

const WORDS = /"([^"]*)"|'([^']*)'|(\S+)/g
const VALUES: readonly string[] = ['--horizon', '--threshold', '--format', '--for', '--file']

test('every line of the help and of docs/forecast.md is one', () => {
  const text = ['src/commands/command-line/forecast.ts', 'docs/forecast.md']
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  const lines = [...text.matchAll(/^(?:.*\| )?healthtop forecast(?: [^#<\n]*)?/gm)].map(([line]) => line)
  expect(lines.length).toBeGreaterThan(8)
  for (const line of lines) {
    const words = [...line.replace(/.*healthtop forecast/, '').matchAll(WORDS)].map(
      ([, double, single, bare]) => double ?? single ?? bare ?? '',
    )
    const raw: Record<string, string | boolean> = {}
    let series: string | undefined
    for (let at = 0; at < words.length; at++) {
      const word = words[at] as string
      if (VALUES.includes(word)) raw[word.slice(2)] = words[++at] ?? ''
      else if (word.startsWith('--')) raw[word.slice(2)] = true
      else series = word
    }
    const wanted = checkForecast(raw, series)
    if (wanted.kind === 'lines' || wanted.threshold === undefined) continue
    const named = wanted.kind === 'host' ? wantedSeries(wanted.series ?? '').name : undefined
    expect(
      () => thresholdOf(wanted.threshold ?? '', named === undefined ? undefined : unitOf(named)),
      line,
    ).not.toThrow()
  }
})
