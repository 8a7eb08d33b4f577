import { parseDuration } from '../../lib/duration.ts'
import type { Fields, SchemaOutput } from '../../lib/fields.ts'
import { parseMatcher } from '../../lib/matcher.ts'
import { tlsFields } from '../net/tls-settings.ts'
import { parseUrl, URL_FORMS } from './url.ts'

/** A status, `204`, or a class of them, `2xx`. */
const STATUS = /^[1-5](\d\d|xx)$/i
/** `token` of RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
/** `field-value` of RFC 9110, section 5.5. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

type Input = { readonly input?: unknown }

function quoted(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'a list or mapping' : JSON.stringify(value)
}

/** Milliseconds of what a certificate must have left; 0 for no matter how many. */
function leastLeft(value: unknown): number | undefined {
  const text = String(value).trim()
  return text === '0' || text === '0d' ? 0 : parseDuration(text)
}

function isMatcher(value: unknown): boolean {
  try {
    parseMatcher(String(value))
    return true
  } catch {
    return false
  }
}

/** Keys of an http check beside the common ones. What is absent has the default that its description names. */
export function httpSchema(fields: Fields) {
  const status = fields
    .scalar()
    .refine((value) => STATUS.test(String(value)), {
      error: ({ input }: Input) => `expected a status such as 200, or a class such as 2xx, got ${quoted(input)}`,
    })
    .transform((value) => String(value).toLowerCase())
  const value = fields.scalar().refine(isMatcher, {
    error: ({ input }: Input) => `expected a value or a /pattern/, got ${quoted(input)}`,
  })
  const left = fields
    .scalar()
    .refine((input) => leastLeft(input) !== undefined, {
      error: ({ input }: Input) => `expected a duration such as 14d, or 0, got ${quoted(input)}`,
    })
    .transform((input) => leastLeft(input) as number)
  const headers = fields
    .map(fields.anyText(), 'header names and their values')
    .refine((input) => Object.keys(input).every((name) => TOKEN.test(name)), {
      error: 'expected names of headers, such as Accept',
    })
    // The values may be secrets: they are not quoted.
    .refine((input) => Object.values(input).every((text) => FIELD_VALUE.test(text)), {
      error: 'expected values of headers without line breaks and control characters',
    })
  return fields.object({
    url: fields
      .text(`a URL: ${URL_FORMS}`)
      // It may hold a password: it is not quoted.
      .refine((text) => parseUrl(text) !== undefined, { error: `expected a URL: ${URL_FORMS}` })
      .describe('what is asked for'),
    method: fields
      .text('a method such as GET or POST')
      .refine((text) => TOKEN.test(text) && text.toUpperCase() !== 'CONNECT', {
        error: ({ input }: Input) => `expected a method such as GET or POST, got ${quoted(input)}`,
      })
      .optional()
      .describe('how; GET unless said'),
    headers: headers.optional().describe('headers of the request'),
    body: fields.anyText().optional().describe('body of the request'),
    auth: fields
      .object({
        basic: fields
          .object({ user: fields.anyText().describe('who asks'), password: fields.anyText().describe('and proves it') })
          .optional()
          .describe('user and password (RFC 7617)'),
        bearer: fields.text().optional().describe('a token (RFC 6750)'),
      })
      .optional()
      .describe('who asks: basic or bearer'),
    ...tlsFields(fields),
    proxy: fields
      .text('the URL of a proxy: http://host:port')
      .refine((text) => parseUrl(text)?.url.protocol === 'http:', {
        error: 'expected the URL of a proxy: http://host:port',
      })
      .optional()
      .describe('is asked in place of the server; none unless said, whatever the environment says'),
    socket: fields
      .text('the path of a Unix socket')
      .optional()
      .describe('is connected to in place of the host of the URL'),
    family: fields.oneOf('ipv4', 'ipv6').optional().describe('the kind of address; any unless said'),
    redirects: fields.integer(0, 20).optional().describe('how many are followed; 5 unless said'),
    http2: fields.oneOf('auto', 'always', 'never').optional().describe('auto, where the server chooses, unless said'),
    expect: fields
      .object({
        status: fields
          .oneOrMore(status)
          .optional()
          .describe('one of these; 2xx unless said, and 3xx where redirects are not followed'),
        headers: fields
          .map(fields.matcher(), 'header names and what they have to be')
          .optional()
          .describe('headers of the answer'),
        body: fields.matcher().optional().describe('what has to be in the body; 1 MiB of it is read'),
        json: fields
          .map(value, 'paths and what is there')
          .optional()
          .describe('values of the body, by dotted path: { status: UP }'),
        latency: fields.duration().optional().describe('slower is degraded'),
        certificate: left.optional().describe('what the certificate must have left; 14d unless said, less is degraded'),
      })
      .optional()
      .describe('what the answer has to be'),
  })
}

export type HttpSettings = SchemaOutput<ReturnType<typeof httpSchema>>
export type HttpExpect = NonNullable<HttpSettings['expect']>
