import { isIPv6 } from 'node:net'
import { type Matcher, parseMatcher } from '../../lib/matcher.ts'
import { safeText } from '../../lib/text.ts'
import { TargetError } from '../check.ts'

/** Where a server listens. */
export interface Endpoint {
  /** A name, or an address without brackets. */
  readonly host: string
  readonly port: number
}

/**
 * Reads `host:port`, `[::1]:port`, and, where there is a usual port, `host`, `[::1]` and `::1`; undefined for anything else.
 */
export function parseEndpoint(text: string, usualPort?: number): Endpoint | undefined {
  if (isIPv6(text)) return usualPort === undefined ? undefined : { host: text, port: usualPort }
  const match = /^(?:\[([^\][\s]+)\]|([^\s/@:[\]]+))(?::(\d{1,5}))?$/.exec(text)
  if (match === null) return undefined
  const [, bracketed, plain, figures] = match
  if (bracketed !== undefined && !isIPv6(bracketed)) return undefined
  const port = figures === undefined ? usualPort : Number(figures)
  if (port === undefined || port < 1 || port > 65_535) return undefined
  return { host: (bracketed ?? plain) as string, port }
}

/** The parts of a target such as `tls://localhost:25?starttls=smtp`. */
export interface TargetParts {
  /** What stands between the scheme and the question mark. */
  readonly authority: string
  readonly options: ReadonlyMap<string, string>
}

/** Says what a target of the command line should look like, and what it was. */
export function targetError(expected: string, target: string): TargetError {
  return new TargetError(`expected ${expected}, got "${safeText(withoutPassword(target), 100)}"`)
}

/** Nobody logs in here, but whoever copied a URL may have a password in it: `tcp://user:password@host`. */
function withoutPassword(target: string): string {
  return target.replace(/^((?:[a-z][a-z0-9+.-]*:)?(?:\/\/)?)[^/@]*:[^/]*@/i, '$1')
}

/** Takes a target apart. Throws TargetError with `expected` where it has a path, or an option that is not among `known`. */
export function targetParts(target: string, expected: string, known: readonly string[] = []): TargetParts {
  const match = /^[a-z]+:\/\/([^/?#\s]+)\/?(?:\?([^#\s]*))?$/i.exec(target)
  if (match === null) throw targetError(expected, target)
  const options = new Map(new URLSearchParams(match[2] ?? ''))
  if (![...options.keys()].every((key) => known.includes(key))) throw targetError(expected, target)
  return { authority: match[1] as string, options }
}

/** The endpoint of a target. Throws TargetError with `expected` where there is none. */
export function targetEndpoint({ authority }: TargetParts, expected: string, usualPort?: number): Endpoint {
  const endpoint = parseEndpoint(authority, usualPort)
  if (endpoint === undefined) throw targetError(expected, authority)
  return endpoint
}

/** What `--expect` said. Throws TargetError for a pattern that is none. */
export function targetMatcher(expect: string): Matcher {
  try {
    return parseMatcher(expect)
  } catch (error) {
    if (error instanceof SyntaxError) throw targetError('a text or a /pattern/', expect)
    throw error
  }
}

/** The family of addresses that settings name, as `dial` takes it. */
export function familyOf(family: 'ipv4' | 'ipv6' | undefined): { readonly family?: 4 | 6 } {
  return family === undefined ? {} : { family: family === 'ipv4' ? 4 : 6 }
}
