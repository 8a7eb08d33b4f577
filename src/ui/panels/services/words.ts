import type { CheckStatus } from '../../../model/check.ts'
import { detailText, isTrouble, longReason, shorterReasons, stateWord } from '../../../model/check-words.ts'
import type { Glyphs } from '../../theme/glyphs.ts'
import type { Token } from '../../theme/tokens.ts'

/** How a check stands, for the eye. */
export interface Condition {
  readonly word: string
  readonly symbol: keyof Pick<Glyphs, 'critical' | 'warning' | 'well' | 'unknown'>
  /** Colour of the symbol and of the words that say what is wrong. */
  readonly tone: Token
  /** Something is wrong with it: its name stands out. */
  readonly trouble: boolean
}

const UNASKED: Condition = { word: 'not asked yet', symbol: 'unknown', tone: 'dim', trouble: false }
const DOWN: Condition = { word: 'down', symbol: 'critical', tone: 'crit', trouble: true }
const FAILING: Condition = { word: 'failing', symbol: 'warning', tone: 'warn2', trouble: true }
const WAITS: Condition = { word: 'waits', symbol: 'unknown', tone: 'unknown', trouble: false }
const UNKNOWN: Condition = { word: 'unknown', symbol: 'unknown', tone: 'unknown', trouble: true }
const UNJUDGED: Condition = { ...UNKNOWN, trouble: false }
const FLAPPING: Condition = { word: 'flapping', symbol: 'warning', tone: 'warn', trouble: true }
const WELL: Condition = { word: 'well', symbol: 'well', tone: 'ok', trouble: false }

/** Its state in one word, with symbol and colour. One that was never asked, or waits for another, is no trouble. */
export function conditionOf(check: CheckStatus): Condition {
  if (!check.asked) return UNASKED
  switch (check.state) {
    case 'down':
      return DOWN
    case 'degraded':
      return { word: stateWord(check), symbol: 'warning', tone: 'warn', trouble: true }
    case 'unknown':
      if (check.failing > 0) return FAILING
      if (check.reason === 'dependency') return WAITS
      return isTrouble(check) ? UNKNOWN : UNJUDGED
    case 'up':
      if (check.flapping) return FLAPPING
      return check.failing > 0 ? FAILING : WELL
  }
}

/** Since when it is as its condition says: what fails, and is not down yet, since the first of those failures. */
export function sinceOf({ failing, state, sinceMs, results }: CheckStatus): number {
  return failing > 0 && state !== 'down' && state !== 'degraded' ? (results.at(-failing)?.wallMs ?? sinceMs) : sinceMs
}

/** `failed 1 of 3`: not often enough in a row to count as down. */
function failingText({ failing, definition }: CheckStatus): string {
  return `failed ${failing} of ${definition.failures}`
}

/** What a check waits for that is down: `waits for db`. */
function waitingText({ definition, error }: CheckStatus): string {
  const other = definition.depends.find((name) => error?.includes(name) === true) ?? definition.depends[0]
  return other === undefined ? 'waits' : `waits for ${other}`
}

/** Why it is not well, as a sentence; empty where all is well. */
export function longWhy(check: CheckStatus): string {
  const { asked, reason, error, failing, state, last } = check
  if (!asked) return 'not asked yet'
  if (reason === 'dependency') return [waitingText(check), error ?? ''].filter((part) => part !== '').join(': ')
  const why = longReason(check)
  if (failing === 0 || state === 'down') return why
  return [failingText(check), why || (last?.outcome.error ?? '')].filter((part) => part !== '').join(': ')
}

/** Why it is not well, from the sentence, where there is room for one, to one word; nothing where all is well. */
function troubleTexts(check: CheckStatus, wide: boolean): readonly string[] {
  const { reason, failing, state } = check
  const sentence = longWhy(check)
  if (sentence === '') return []
  const long = wide ? [sentence] : []
  if (!check.asked) return [sentence, 'not asked']
  if (reason === 'dependency') return [...long, waitingText(check), 'waits']
  if (failing > 0 && state !== 'down') return [...long, failingText(check), 'failing']
  // Where sentences have room, the beginning of one says more than a word; elsewhere the word does.
  if (wide) return [sentence, ...(state === 'degraded' ? [] : [detailText(check)]), ...shorterReasons(check)]
  return [...shorterReasons(check), ...(reason === undefined ? [] : [reason])]
}

/** Types whose last look says more than their target, which is little more than their name. */
const FACTS_FIRST: ReadonlySet<string> = new Set(['process', 'file', 'systemd', 'exec'])

/** What was found, in few words: `5 processes`, `changed 14:02`, `active (running)`, `200 OK, 318 B`. */
function factOf({ definition, last }: CheckStatus): string | undefined {
  const facts = last?.outcome.facts
  const named = (name: string) => facts?.find((fact) => fact.name === name)?.value
  if (definition.type === 'process') {
    const count = named('processes')
    if (count !== undefined) return count === '1' ? '1 process' : `${count} processes`
  }
  if (definition.type === 'file') {
    const changed = named('changed')
    if (changed !== undefined) return `changed ${changed}`
  }
  return facts?.[0]?.value
}

/** How much a list says of each. */
export interface WhyLook {
  /** There is room for sentences. */
  readonly wide: boolean
  /** The target has a column of its own. */
  readonly targetShown: boolean
  /** What is said of what is well where nothing else has room. */
  readonly well: string
}

/** What there is to say of what is well: what was found, else where it was asked; that nobody configured it. */
function wellTexts(check: CheckStatus, { wide, targetShown, well }: WhyLook): readonly string[] {
  const { target, origin, type } = check.definition
  const fact = factOf(check)
  if (fact !== undefined && (targetShown || FACTS_FIRST.has(type))) {
    // `active (running)`, `200 OK, 318 B`: the first part stands for the rest.
    return [fact, fact.split(/,| \(/, 1)[0] ?? fact, fact.replace(/^changed /, '')]
  }
  if (targetShown) return ['']
  if (origin !== 'discovered') return wide ? [target] : [target, well]
  const port = /:\d{1,5}(?=\/?$)/.exec(target)?.[0]
  if (port === undefined) return [`found ${target}`, 'found']
  return [`found ${target}`, `found ${port}`, port]
}

/** What the last column says, from most to least: why it is not well, or what there is to say of what is. */
export function whyTexts(check: CheckStatus, list: WhyLook): readonly string[] {
  const trouble = troubleTexts(check, list.wide)
  return trouble.length > 0 ? trouble : wellTexts(check, list)
}
