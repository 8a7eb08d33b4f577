import { type Comparison, compares, comparisonText } from '../../lib/comparison.ts'
import { durationText } from '../../lib/duration.ts'
import { findMatch, type Matcher, matcherText } from '../../lib/matcher.ts'
import { safeText } from '../../lib/text.ts'
import { size, span } from '../../lib/units.ts'
import type { Expectation } from '../../model/check.ts'
import type { FileFacts } from './access.ts'

/** What may be expected of a file that is there. Age in milliseconds, size in bytes. */
export interface FileWishes {
  readonly kind?: 'file' | 'folder' | 'socket' | undefined
  readonly age?: Comparison | undefined
  readonly size?: Comparison | undefined
  /** `sha256:` and 64 hexadecimal digits. */
  readonly checksum?: string | undefined
  readonly content?: Matcher | undefined
}

/** An expectation, and what is wrong where it is not met: the end of a sentence that begins with the path. */
export interface FileRow extends Expectation {
  readonly wrong: string
}

/** What can be told without reading it. */
export function factRows(wishes: FileWishes, facts: FileFacts, nowWallMs: number): FileRow[] {
  const rows: FileRow[] = []
  const kind = wishes.kind ?? (wishes.content || wishes.checksum ? 'file' : undefined)
  if (kind !== undefined) {
    const wrong = `is a ${facts.kind}, expected a ${kind}`
    rows.push({ name: 'kind', met: facts.kind === kind, found: facts.kind, wanted: kind, wrong })
  }
  if (wishes.age !== undefined) {
    const age = Math.max(0, nowWallMs - facts.changedMs)
    const [found, wanted] = [span(age / 1000), comparisonText(wishes.age, durationText)]
    const wrong = `is ${found} old, expected ${wanted}`
    rows.push({ name: 'age', met: compares(wishes.age, age), found, wanted, wrong })
  }
  if (wishes.size !== undefined) {
    const [found, wanted] = [sizeText(facts.sizeBytes), comparisonText(wishes.size, sizeText)]
    const wrong = `has ${found}, expected ${wanted}`
    rows.push({ name: 'size', met: compares(wishes.size, facts.sizeBytes), found, wanted, wrong })
  }
  return rows
}

/** What its content is compared with; `text` is where it begins. Throws MatchTimeout. */
export function contentRow(content: Matcher, text: string): FileRow {
  const match = findMatch(content, text)
  const wanted = safeText(matcherText(content), 200)
  const found = match === undefined ? 'nothing like it' : safeText(match[0], 200)
  const wrong = `does not ${'text' in content ? 'hold' : 'match'} ${wanted}`
  return { name: 'content', met: match !== undefined, found, wanted, wrong }
}

/** `sum` is what was computed, hexadecimal. */
export function checksumRow(checksum: string, sum: string): FileRow {
  const found = `sha256:${sum}`
  const wrong = `has the checksum ${found.slice(0, 19)}…, expected ${checksum.slice(0, 19)}…`
  return { name: 'checksum', met: found === checksum.toLowerCase(), found, wanted: checksum, wrong }
}

export function sizeText(bytes: number): string {
  const { figure, unit } = size(bytes)
  return `${figure} ${unit}`
}
