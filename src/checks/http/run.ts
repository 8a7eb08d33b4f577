import type { CheckOutcome } from '../../model/check.ts'
import { type CheckContext, unknown } from '../check.ts'
import { familyOf } from '../net/endpoint.ts'
import type { TlsOptions } from '../net/secure-context.ts'
import { tlsOptions } from '../net/tls-settings.ts'
import { loadTls, type Way } from './connection.ts'
import type { HttpClient } from './exchange.ts'
import { httpFailure } from './failure.ts'
import { follow } from './follow.ts'
import { warmHttp2 } from './h2/warm.ts'
import { judgeArrival } from './judge.ts'
import { maskOf } from './mask.ts'
import { credentialsOf, firstRequest } from './request.ts'
import type { HttpSettings } from './settings.ts'
import { parseUrl } from './url.ts'
import { warmClient } from './warm-client.ts'

const FOLLOWED = 5

/** What takes a while the first time, and is none of the server's time. Rejects with CertificateError. */
export async function prepareHttp(settings: HttpSettings): Promise<{ client: HttpClient; tls: TlsOptions }> {
  const [client, tls] = await Promise.all([warmClient(), tlsOptions(settings)])
  const secure = parseUrl(settings.url)?.url.protocol === 'https:'
  if (secure) (await loadTls()).prepare(tls)
  if (settings.http2 === 'always' || (secure && settings.http2 !== 'never')) await warmHttp2()
  return { client, tls }
}

/** Asks once, redirects and all, and judges what came. */
export async function runHttp(settings: HttpSettings, { signal, now }: CheckContext): Promise<CheckOutcome> {
  const target = parseUrl(settings.url)
  if (target === undefined) return unknown('setting', 'the URL cannot be read')
  let prepared: Awaited<ReturnType<typeof prepareHttp>>
  try {
    prepared = await prepareHttp(settings)
  } catch (error) {
    return httpFailure(error, settings.url)
  }
  const { client, tls } = prepared
  const way = wayOf(settings, tls, target.socket)
  const most = settings.redirects ?? FOLLOWED
  const request = firstRequest(settings, target)
  const arrival = await follow(client, request, way, {
    most,
    insecure: settings.insecure === true,
    proxyAuthorization: way.proxy === undefined ? undefined : credentialsOf(way.proxy),
    signal,
    now,
  })
  return judgeArrival(arrival, settings, maskOf(request, settings), now().wallMs)
}

function wayOf(settings: HttpSettings, tls: TlsOptions, unixSocket: string | undefined): Way {
  const socket = settings.socket ?? unixSocket
  const proxy = settings.proxy === undefined ? undefined : parseUrl(settings.proxy)
  return {
    http2: settings.http2 ?? 'auto',
    tls,
    ...familyOf(settings.family),
    ...(socket === undefined ? {} : { socket }),
    ...(proxy === undefined ? {} : { proxy }),
  }
}
