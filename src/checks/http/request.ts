import type { HttpSettings } from './settings.ts'
import type { HttpUrl } from './url.ts'

/** One request, before it is known over which connection it goes. */
export interface HttpRequest {
  readonly url: URL
  readonly method: string
  /** Names as they were written; a name stands once. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** It may show the client certificate, and use the Unix socket: it goes to the origin that the settings name. */
  readonly own: boolean
}

/** Sent to every host, however it was come to. Any other header that the settings name may be a secret of the first one. */
export const HARMLESS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'content-type',
  'pragma',
  'user-agent',
])
const OF_BODY = /^content-/i

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`
}

/** The value of Proxy-Authorization or Authorization for what a URL said; undefined where it said nothing. */
export function credentialsOf({ basic: said }: HttpUrl): string | undefined {
  return said === undefined ? undefined : basic(said.user, said.password)
}

/** The first request of a check. */
export function firstRequest(settings: HttpSettings, target: HttpUrl): HttpRequest {
  const { auth } = settings
  const authorization =
    auth?.basic !== undefined
      ? basic(auth.basic.user, auth.basic.password)
      : auth?.bearer !== undefined
        ? `Bearer ${auth.bearer}`
        : credentialsOf(target)
  const usual = {
    accept: '*/*',
    'user-agent': 'healthtop',
    ...(authorization === undefined ? {} : { authorization }),
  }
  const said = settings.headers ?? {}
  const names = new Set(Object.keys(said).map((name) => name.toLowerCase()))
  const rest = Object.entries(usual).filter(([name]) => !names.has(name))
  return {
    url: target.url,
    method: (settings.method ?? 'GET').toUpperCase(),
    headers: { ...Object.fromEntries(rest), ...said },
    ...(settings.body === undefined ? {} : { body: settings.body }),
    own: true,
  }
}

export const REDIRECTS = new Set([301, 302, 303, 307, 308])

/**
 * The request that a redirect leads to (RFC 9110, section 15.4, and fetch.spec.whatwg.org for what browsers do with the method); undefined
 * where it leads to neither http nor https. Another origin is sent no header field that could be a secret; a body only by 307 and 308, which
 * are there for that.
 */
export function redirected(request: HttpRequest, status: number, location: string): HttpRequest | undefined {
  if (!URL.canParse(location, request.url.href)) return undefined
  const url = new URL(location, request.url)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  // Credentials in a Location are for whoever wrote it.
  url.username = ''
  url.password = ''
  url.hash = ''
  const toGet =
    (status === 303 && request.method !== 'HEAD') || ((status === 301 || status === 302) && request.method === 'POST')
  const sameOrigin = url.origin === request.url.origin
  const headers = Object.entries(request.headers).filter(
    ([name]) => (sameOrigin || HARMLESS.has(name.toLowerCase())) && !(toGet && OF_BODY.test(name)),
  )
  return {
    url,
    method: toGet ? 'GET' : request.method,
    headers: Object.fromEntries(headers),
    ...(!toGet && request.body !== undefined ? { body: request.body } : {}),
    own: request.own && sameOrigin,
  }
}
