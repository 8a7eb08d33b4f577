import { MASK, type Secret } from '../../lib/secrets.ts'
import { isMarked } from '../expand.ts'
import { isMapping, type Mapping } from './merge.ts'

const SECRET =
  /passw(?:or)?d|passphrase|passcode|secret|token|bearer|authorization|cookie|credential|(?:api|access|private|client)[-_]?key/i
const USER = /^user(?:name)?$/i
/** `https://user:password@host`. */
const PASSWORD_OF_URL = /(:\/\/[^/?#@:\s]*:)([^/?#@\s]+)(?=@)/g
/** `?access_token=…`. */
const QUERY_OF_URL = /([?&]([^=&#\s]+)=)([^&#\s]+)/g

/** Whether a key holds a secret by its name. */
export function isSecretKey(key: string): boolean {
  return SECRET.test(key)
}

/** The same for many keys, of which few are different. */
function remembering(): (key: string) => boolean {
  const known = new Map<string, boolean>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const secret = isSecretKey(key)
    known.set(key, secret)
    return secret
  }
}

/** What stands before a secret in `Authorization` (RFC 9110, section 11.4) and tells nothing. */
const SCHEME = /^(?:bearer|basic|digest|token|apikey)\s+$/i
const MARKS = /(\$\{[^}]*\})/

/**
 * A text as it may be shown: what is expanded says only its name; what is written out is `•••` where its key says that it is a secret, and
 * where it is the password in a URL.
 */
export function shownText(key: string, written: string): string {
  if (!holdsSecret(key)) return shownUrls(written)
  if (!isMarked(written)) return MASK
  const parts = written.split(MARKS)
  return parts.map((part, index) => (index % 2 === 1 || part === '' || SCHEME.test(part) ? part : MASK)).join('')
}

/** A key of which the text is a secret: `auth` has a mapping, and what somebody writes in its place is a token. */
function holdsSecret(key: string): boolean {
  return isSecretKey(key) || key === 'auth'
}

/** A text without the passwords and tokens of URLs in it. */
function shownUrls(written: string): string {
  const masked = (all: string, before: string, secret: string) => (isMarked(secret) ? all : `${before}${MASK}`)
  const shown = written.replace(PASSWORD_OF_URL, masked)
  if (!shown.includes('://')) return shown
  return shown.replace(QUERY_OF_URL, (all, before: string, name: string, secret: string) =>
    isSecretKey(name) ? masked(all, before, secret) : all,
  )
}

/** The secrets in a value that show by the names of their keys, with the users they are passwords of, and those in URLs. */
export function secretsIn(value: unknown, written: unknown): readonly Secret[] {
  const secrets: Secret[] = []
  const seen = new Set<unknown>()
  const isSecret = remembering()

  function text(key: string, its: string, as: string, users: readonly string[]): void {
    if (isSecret(key) || key === 'auth') secrets.push({ value: its, shown: shownText(key, as), users })
    if (its.includes('@'))
      for (const [, , password = ''] of its.matchAll(PASSWORD_OF_URL))
        secrets.push({ value: decoded(password), shown: MASK })
    if (its.includes('://') && its.includes('?'))
      for (const [, , name = '', token = ''] of its.matchAll(QUERY_OF_URL))
        if (isSecret(name)) secrets.push({ value: decoded(token), shown: MASK })
  }

  function any(key: string, its: unknown, as: unknown, users: readonly string[]): void {
    if (typeof its === 'string') {
      if (its !== '') text(key, its, String(as), users)
      return
    }
    if (typeof its !== 'object' || its === null || seen.has(its)) return
    seen.add(its)
    if (Array.isArray(its))
      for (const [index, item] of its.entries()) any(key, item, (as as readonly unknown[])[index], [])
    else if (isMapping(its) && isMapping(as)) {
      const names = Object.keys(its)
      const named = names.some(isSecret) ? usersIn(its) : []
      for (const name of names) any(name, its[name], as[name], named)
    }
  }

  any('', value, written, [])
  return secrets
}

function usersIn(mapping: Mapping): readonly string[] {
  return Object.entries(mapping).flatMap(([name, user]) => (USER.test(name) && typeof user === 'string' ? [user] : []))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (!(error instanceof URIError)) throw error
    return text
  }
}
