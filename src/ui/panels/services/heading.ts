import type { CheckStatus } from '../../../model/check.ts'
import { type Segment, segment } from '../../paint/segments.ts'
import { style } from '../../screen/style.ts'
import type { Token } from '../../theme/tokens.ts'
import { type Condition, conditionOf } from './words.ts'

const DIM = style('dim')

interface Count {
  readonly word: string
  readonly tone: Token
  readonly count: number
}

/** Words that have a place of their own among the counts; everything else that is degraded is a warning. */
const PLACES: readonly string[] = [
  'up',
  'waiting',
  'failing',
  'unknown',
  'flapping',
  'warning',
  'slow',
  'certificate',
  'down',
]
const WAITING = new Set(['not asked yet', 'waits'])

/** How many there are of each, from what is well to what is worst. */
function countsOf(checks: readonly CheckStatus[]): readonly Count[] {
  const numbers = new Map<Condition, number>()
  for (const check of checks) {
    const condition = conditionOf(check)
    numbers.set(condition, (numbers.get(condition) ?? 0) + 1)
  }
  const counts = new Map<string, Count>()
  for (const [{ word: own, tone }, number] of numbers) {
    const word = own === 'well' ? 'up' : WAITING.has(own) ? 'waiting' : PLACES.includes(own) ? own : 'warning'
    const count = (counts.get(word)?.count ?? 0) + number
    counts.set(word, { word, tone: word === 'up' ? 'text' : word === 'waiting' ? 'dim' : tone, count })
  }
  return [...counts.values()].sort((a, b) => PLACES.indexOf(a.word) - PLACES.indexOf(b.word))
}

function countSegments(counts: readonly Count[], short: boolean): Segment[] {
  return counts.flatMap(({ word, tone, count }, index) => [
    segment(index === 0 ? '' : '  ', DIM),
    segment(String(count), style(tone, tone === 'text' || tone === 'dim' ? {} : { bold: true })),
    segment(` ${short && word === 'certificate' ? 'cert' : word}`, DIM),
  ])
}

/** `10 up  1 slow  1 certificate  1 down`, and less of it; the first that fits is taken. What is worst is never left out. */
export function checkHeadlines(checks: readonly CheckStatus[], unchecked: number): readonly (readonly Segment[])[] {
  const counts = countsOf(checks)
  const others = unchecked === 0 ? [] : [segment(`${unchecked} not checked  `, DIM)]
  const bad = counts.filter(({ word }) => word !== 'up' && word !== 'waiting')
  const fewer = bad.map((_, index) => countSegments(bad.slice(index), true))
  return [
    [...others, ...countSegments(counts, false)],
    countSegments(counts, false),
    countSegments(counts, true),
    ...fewer,
  ]
}
