import { safeText } from '../../lib/text.ts'
import { bareHost, hostPort } from '../net/address.ts'

/** What a URL may look like, for errors. */
export const URL_FORMS = 'https://host/path, http://host:port/path or http+unix://%2Fpath%2Fof.sock/path'

/** A URL to ask, taken apart. */
export interface HttpUrl {
  /** Without user and password; `http://localhost/…` for a Unix socket. */
  readonly url: URL
  /** Path of the Unix socket of a `http+unix:` URL. */
  readonly socket?: string
  readonly basic?: { readonly user: string; readonly password: string }
}

/** Reads a URL of http, https or http+unix; undefined for anything else. */
export function parseUrl(text: string): HttpUrl | undefined {
  const unix = /^http\+unix:\/\/([^/?#]+)(.*)$/i.exec(text)
  if (unix !== null) return parseUnix(unix[1] as string, unix[2] as string)
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  if (url.port === '0') return undefined
  const { username, password } = url
  url.username = ''
  url.password = ''
  url.hash = ''
  if (username === '' && password === '') return { url }
  const user = decoded(username)
  const secret = decoded(password)
  return user === undefined || secret === undefined ? undefined : { url, basic: { user, password: secret } }
}

function parseUnix(host: string, rest: string): HttpUrl | undefined {
  const socket = decoded(host)
  if (!socket?.startsWith('/') || socket.includes('\0')) return undefined
  const text = `http://localhost${rest}`
  return URL.canParse(text) ? { url: new URL(text), socket } : undefined
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Values in a query that let in whoever has them. */
export const SECRET_NAME =
  /^(.*[_-])?(access|api)?[_-]?(key|token|secret|password|passwd|pwd|signature|sig|auth|code)$/i

/** A URL as people may see it: no user, no password, no secrets of the query. Safe text. */
export function shownUrl(url: URL): string {
  const shown = new URL(url)
  shown.username = ''
  shown.password = ''
  const query = [...shown.searchParams].map(([name, value]) =>
    SECRET_NAME.test(name) ? `${name}=…` : `${name}=${value}`,
  )
  shown.search = ''
  return safeText(query.length === 0 ? String(shown) : `${shown}?${query.join('&')}`, 2000)
}

/** The same for what was written in the settings, which may be masked or wrong. */
export function shownTarget(text: string): string {
  const parsed = parseUrl(text)
  if (parsed?.socket !== undefined) return safeText(text, 2000)
  // A scheme, and what stands before the last @ of the authority: it is no URL, but may hold a password.
  return parsed === undefined ? safeText(text.replace(/\/\/[^/]*@/, '//'), 2000) : shownUrl(parsed.url)
}

export function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}

/** `shop.example:443`. */
export function peerOf(url: URL): string {
  return hostPort(bareHost(url.hostname), portOf(url))
}
