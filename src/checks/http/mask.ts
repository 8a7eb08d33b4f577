import { HARMLESS, type HttpRequest } from './request.ts'
import type { HttpSettings } from './settings.ts'
import { SECRET_NAME } from './url.ts'

/** Shorter ones are no secrets, and to mask them would spoil what is shown. */
const SHORTEST = 4

/**
 * Masks what a request told in confidence: some servers answer with what they were sent. Values of all header fields but those that tell
 * nothing, passwords, tokens, and such values in the query.
 */
export function maskOf(request: HttpRequest, { auth }: Pick<HttpSettings, 'auth'>): (text: string) => string {
  const headers = Object.entries(request.headers).filter(([name]) => !HARMLESS.has(name.toLowerCase()))
  const query = [...request.url.searchParams].filter(([name]) => SECRET_NAME.test(name))
  const secrets = [
    ...headers.flatMap(([, value]) => [value, ...wordsOf(value)]),
    ...query.map(([, value]) => value),
    auth?.basic?.password,
    auth?.bearer,
  ]
  const all = [...new Set(secrets)]
    .filter((secret) => secret !== undefined)
    .filter((secret) => secret.length >= SHORTEST)
    .sort((a, b) => b.length - a.length)
  return (text) => all.reduce((masked, secret) => masked.replaceAll(secret, '…'), text)
}

/** `Basic abc` is told in two words, and the first is no secret; the second may hold a password that is told in the clear. */
function wordsOf(value: string): readonly string[] {
  const [, scheme = '', word = ''] = /^(Basic|Bearer)\s+(\S+)$/i.exec(value) ?? []
  if (scheme.toLowerCase() !== 'basic') return [word]
  const plain = Buffer.from(word, 'base64').toString('utf8')
  return [word, plain, plain.slice(plain.indexOf(':') + 1)]
}
