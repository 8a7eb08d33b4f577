import { parseMatcher } from '../lib/matcher.ts'
import { safeText } from '../lib/text.ts'
import { defineCheck, TargetError } from './check.ts'
import { type HttpExpect, httpSchema } from './http/settings.ts'
import { parseUrl, peerOf, shownTarget, URL_FORMS } from './http/url.ts'

/** `200`, `2xx`, `200,204`. */
const STATUSES = /^[1-5](\d\d|xx)(\s*,\s*[1-5](\d\d|xx))*$/i

/** Sends a request over HTTP/1.1 or HTTP/2 and judges the answer: status, header, body, JSON, latency, certificate. */
export const http = defineCheck({
  type: 'http',
  help: 'sends a request; judges status, headers, body, JSON, latency and certificate',
  uses: 'network',
  schema: httpSchema,
  target: ({ url, socket }) => (socket === undefined ? shownTarget(url) : `${shownTarget(url)} at ${safeText(socket)}`),
  schemes: ['http', 'https', 'http+unix'],
  parseTarget: (target, expect) => {
    if (parseUrl(target) === undefined) {
      throw new TargetError(`expected ${URL_FORMS}, got "${shownTarget(target).slice(0, 100)}"`)
    }
    return { url: target, ...(expect === undefined ? {} : { expect: expected(expect) }) }
  },
  peer: ({ url, socket }) => {
    const parsed = parseUrl(url)
    return socket ?? parsed?.socket ?? (parsed && peerOf(parsed.url))
  },
  prepare: async (settings) => {
    const { prepareHttp } = await import('./http/run.ts')
    return prepareHttp(settings)
  },
  run: async (settings, context) => {
    // What speaks HTTP takes a while to load; whoever only reads a configuration does not need it.
    const { runHttp } = await import('./http/run.ts')
    return runHttp(settings, context)
  },
})

function expected(text: string): HttpExpect {
  if (STATUSES.test(text)) return { status: text.split(',').map((status) => status.trim().toLowerCase()) }
  try {
    return { body: parseMatcher(text) }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new TargetError(`expected a status such as 200 or 2xx, a text or a /pattern/, got "${safeText(text, 100)}"`)
  }
}
