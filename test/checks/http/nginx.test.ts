import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasOpenssl, makeCertificates } from '../servers/certificates.ts'
import { leavingNothing } from '../servers/loopback.ts'
import { hasNginx, type Nginx, startNginx } from '../servers/nginx.ts'
import { ask, fact } from './asked.ts'

const present = hasNginx() && hasOpenssl()

describe.skipIf(!present)('nginx', () => {
  const made = present ? makeCertificates() : undefined
  let nginx: Nginx
  let plain: string
  let secure: string
  const ca = made?.authority.certificatePath

  beforeAll(async () => {
    const { server } = made as NonNullable<typeof made>
    nginx = await startNginx(([port, securePort], folder) =>
      [
        'gzip on; gzip_min_length 0; gzip_types *;',
        'server {',
        `listen 127.0.0.1:${port}; listen [::1]:${port}; listen unix:${folder}/nginx.sock;`,
        'location = /healthz { return 200 "ok"; }',
        'location = /moved { return 301 /healthz; }',
        'location = /closed { return 444; }',
        'location = /slow { limit_rate 10; }',
        '}',
        'server {',
        `listen 127.0.0.1:${securePort} ssl http2;`,
        `ssl_certificate ${server.certificatePath}; ssl_certificate_key ${server.keyPath};`,
        'location = /healthz { return 200 "ok"; }',
        '}',
      ].join('\n'),
    )
    writeFileSync(join(nginx.folder, 'html/big'), 'x'.repeat(3 * 1024 * 1024))
    writeFileSync(join(nginx.folder, 'html/slow'), 'x'.repeat(10_000))
    plain = `http://localhost:${nginx.ports[0]}`
    secure = `https://localhost:${nginx.ports[1]}`
  })

  afterAll(async () => {
    await nginx?.[Symbol.asyncDispose]()
    made?.[Symbol.dispose]()
  })

  test('is well', async () => {
    const outcome = await leavingNothing(() => ask({ url: `${plain}/healthz`, expect: { body: 'ok' } }))
    expect(outcome).toMatchObject({
      state: 'up',
      headers: expect.arrayContaining([{ name: 'server', value: expect.stringMatching(/^nginx/) }]),
    })
    expect(fact(outcome, 'answer')).toBe('200 OK, 2 B, HTTP/1.1')
  })

  test('speaks HTTP/2 over TLS', async () => {
    const outcome = await leavingNothing(() => ask({ url: `${secure}/healthz`, ca, method: 'HEAD' }))
    expect(outcome).toMatchObject({ state: 'up', certificate: { trusted: true } })
    expect(fact(outcome, 'answer')).toBe('200 OK, 0 B, HTTP/2')
    const big = await leavingNothing(() => ask({ url: `${secure}/big`, ca }))
    expect(fact(big, 'answer')).toBe('200 OK, more than 1 MiB, HTTP/2')
    const packed = await ask({
      url: `${secure}/healthz`,
      ca,
      headers: { 'accept-encoding': 'gzip' },
      expect: { body: 'ok' },
    })
    expect(packed.state).toBe('up')
    const sent = await ask({ url: `${secure}/healthz`, ca, method: 'POST', body: 'x'.repeat(300_000) })
    expect(fact(sent, 'answer')).toBe('200 OK, 2 B, HTTP/2')
    expect(await ask({ url: `${secure}/missing`, ca })).toMatchObject({
      state: 'down',
      error: 'expected status 2xx, got 404 Not Found',
    })
  })

  test('is asked at its Unix socket, and by IPv6', async () => {
    const socket = join(nginx.folder, 'nginx.sock')
    expect(await ask({ url: 'http://localhost/healthz', socket })).toMatchObject({ state: 'up' })
    expect(await ask({ url: `${plain}/healthz`, family: 'ipv6' })).toMatchObject({ state: 'up' })
  })

  test('moves, compresses what is big, and closes without a word', async () => {
    const moved = await ask({ url: `${plain}/moved` })
    expect(fact(moved, 'redirected')).toBe(`once to ${plain}/healthz`)
    const big = await ask({ url: `${plain}/big`, headers: { 'accept-encoding': 'gzip' } })
    expect(fact(big, 'answer')).toBe('200 OK, more than 1 MiB, HTTP/1.1')
    expect(big.headers).toContainEqual({ name: 'content-encoding', value: 'gzip' })
    expect(await ask({ url: `${plain}/closed` })).toMatchObject({ state: 'down', reason: 'reset' })
  })

  test('cannot drip for longer than the signal lets it', async () => {
    const outcome = await leavingNothing(() => ask({ url: `${plain}/slow` }, { timeoutMs: 300 }))
    expect(outcome).toMatchObject({ state: 'down', reason: 'timeout' })
  })

  test('is told what it gets wrong: TLS without, and plain with', async () => {
    const plainly = await ask({ url: `http://localhost:${nginx.ports[1]}/` })
    expect(plainly).toMatchObject({ state: 'down', error: 'expected status 2xx, got 400 Bad Request' })
    expect(await ask({ url: `https://localhost:${nginx.ports[0]}/` })).toMatchObject({ state: 'down', reason: 'tls' })
  })
})
