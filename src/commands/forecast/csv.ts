import { safeText, truncate } from '../../lib/text.ts'

/** The lines of a file of times and values, as far as they were read. */
export interface CsvReader {
  /** Takes the next line. */
  line(text: string): void
  /** Unix milliseconds and values, in the order of the file; gaps are left out. */
  readonly times: readonly number[]
  readonly values: readonly number[]
  /** What is wrong, `data.csv:12: expected a number, got "abc"`: the first of them. */
  readonly problems: readonly string[]
  /** How many there are. */
  readonly problemCount: number
}

/** Whoever has more mistakes than that has one mistake, many times. */
const MOST_PROBLEMS = 10
/** What is quoted of a field. */
const QUOTED = 40
/** How people write that there is no value. */
const GAPS = new Set(['', 'nan', 'null', 'na', 'n/a', '-'])
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
/** ISO 8601 as exports write it: a date, perhaps a time, perhaps a zone. */
const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|[+-]\d\d(?::?\d\d)?))?)?$/i
/** Unix times as large as this are milliseconds: as seconds they would lie in the year 5138. */
const MS_FROM = 1e11

/**
 * Reads lines of `time,value`. The separator (comma, semicolon, tab) is that of the first line, which may be a heading; with a semicolon or
 * a tab a comma is a decimal point. Empty lines and lines that begin with # are passed. `name` is what errors call the file.
 */
export function createCsvReader(name: string): CsvReader {
  const times: number[] = []
  const values: number[] = []
  const problems: string[] = []
  let problemCount = 0
  let lineNumber = 0
  let separator: string | undefined

  function wrong(text: string): void {
    problemCount++
    if (problems.length < MOST_PROBLEMS) problems.push(`${name}:${lineNumber}: ${text}`)
  }

  return {
    times,
    values,
    problems,
    get problemCount() {
      return problemCount
    },
    line(text) {
      lineNumber++
      const line = (lineNumber === 1 ? text.replace(/^\ufeff/, '') : text).trim()
      if (line === '' || line.startsWith('#')) return
      const first = separator === undefined
      separator ??= separatorOf(line)
      const fields = line.split(separator).map(unquoted)
      if (first && fields.every((field) => timeOf(field) === undefined && numberOf(field, separator) === undefined))
        return
      if (fields.length !== 2) return wrong(`expected time and value, got ${quoted(line)}`)
      const [time, value] = fields as [string, string]
      const at = timeOf(time)
      if (at === undefined) return wrong(`expected a time (Unix or ISO 8601), got ${quoted(time)}`)
      if (GAPS.has(value.toLowerCase())) return
      const figure = numberOf(value, separator)
      if (figure === undefined) return wrong(`expected a number, got ${quoted(value)}`)
      times.push(at)
      values.push(figure)
    },
  }
}

function separatorOf(line: string): string {
  return line.includes('\t') ? '\t' : line.includes(';') ? ';' : ','
}

function unquoted(field: string): string {
  const text = field.trim()
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1).trim() : text
}

function quoted(text: string): string {
  return text === '' ? 'nothing' : `"${truncate(safeText(text, 500), QUOTED)}"`
}

function numberOf(text: string, separator: string | undefined): number | undefined {
  const plain = separator === ',' ? text : text.replace(',', '.')
  const value = NUMBER.test(plain) ? Number(plain) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}

/** Unix milliseconds of a time. A time of day without a zone is of this machine's, as in ISO 8601; a date alone begins at midnight UTC. */
function timeOf(text: string): number | undefined {
  if (NUMBER.test(text)) {
    const value = Number(text)
    const ms = Math.abs(value) >= MS_FROM ? value : value * 1000
    return Math.abs(ms) <= 8.64e15 ? ms : undefined
  }
  if (!ISO.test(text)) return undefined
  const parsed = Date.parse(
    text
      .toUpperCase()
      .replace(/^(\S+) (?=\d)/, '$1T')
      .replace(/ ?UTC$/, 'Z')
      .replace(' ', '')
      .replace(',', '.')
      .replace(/([+-]\d\d)(\d\d)$/, '$1:$2')
      .replace(/(T.*[+-]\d\d)$/, '$1:00'),
  )
  return Number.isNaN(parsed) ? undefined : parsed
}
