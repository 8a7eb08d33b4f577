import { type Context, createContext, Script } from 'node:vm'

/** What a text has to be: hold a text, or match a regular expression. Plain data, which crosses threads. */
export type Matcher = { readonly text: string } | { readonly source: string; readonly flags: string }

/** A pattern that takes longer than this on an answer could take for ever. */
const DEADLINE_MS = 100

/**
 * Short patterns without repetition, groups and references to them: what they take grows with the text alone. They go without the watchdog,
 * which starts a thread for each use, and gives up what only got no processor in time.
 */
const STEADY = /^(?:[^\\*+?{(]|\\[^1-9k]){1,100}$/

/** A pattern that was given up; the answer says nothing about the service. */
export class MatchTimeout extends Error {
  override readonly name = 'MatchTimeout'
}

let realm: { readonly context: Context & { re?: RegExp; text?: string }; readonly script: Script } | undefined

/**
 * The part of `text` that matches; undefined when none does. Patterns come from people and texts from servers, and together they may
 * take exponential time, so they run under V8's watchdog (`timeout` of node:vm also interrupts regular expressions). Throws MatchTimeout.
 */
export function findMatch(matcher: Matcher, text: string): RegExpExecArray | undefined {
  if ('text' in matcher) {
    const index = text.indexOf(matcher.text)
    return index < 0 ? undefined : (Object.assign([matcher.text], { index, input: text }) as RegExpExecArray)
  }
  const re = new RegExp(matcher.source, matcher.flags)
  if (STEADY.test(matcher.source)) return re.exec(text) ?? undefined
  try {
    return watched(re, text)
  } catch (error) {
    if (!isTimeout(error)) throw error
  }
  // The watchdog counts time in which this thread had no processor, too.
  try {
    return watched(re, text)
  } catch (error) {
    if (!isTimeout(error)) throw error
    throw new MatchTimeout(`${matcherText(matcher)} took longer than ${DEADLINE_MS} ms on ${text.length} characters`)
  }
}

function watched(re: RegExp, text: string): RegExpExecArray | undefined {
  realm ??= { context: createContext({}), script: new Script('re.exec(text)') }
  const { context, script } = realm
  context.re = re
  context.text = text
  try {
    return (script.runInContext(context, { timeout: DEADLINE_MS }) as RegExpExecArray | null) ?? undefined
  } finally {
    // The text may be a megabyte, and the realm stays.
    context.text = ''
  }
}

function isTimeout(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}

/** `/ok|UP/`, or the text in quotes. */
export function matcherText(matcher: Matcher): string {
  return 'text' in matcher ? JSON.stringify(matcher.text) : `/${matcher.source}/${matcher.flags}`
}

/** Reads `/ok/i` as a pattern and anything else as a text. Throws SyntaxError for a pattern that is none. */
export function parseMatcher(text: string): Matcher {
  const found = /^\/(.+)\/([a-z]*)$/s.exec(text)
  if (found === null) return { text }
  const [, source = '', flags = ''] = found
  // Throws what is wrong with it. State between two uses (g, y) means nothing here.
  const compiled = new RegExp(source, flags.replace(/[gy]/g, ''))
  return { source, flags: compiled.flags }
}
