import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls'
import { afterAll, describe, expect, test } from 'vitest'
import { certificateChain } from '../../../src/checks/net/certificate.ts'
import { dial } from '../../../src/checks/net/dial.ts'
import type { CertificateChain } from '../../../src/model/check.ts'
import { daysFromNow, hasOpenssl, makeCertificates, type Pair } from '../servers/certificates.ts'

const present = hasOpenssl()
const made = present ? makeCertificates() : undefined
afterAll(() => made?.[Symbol.dispose]())

/** What is told of a server that shows this chain. */
async function shown(pair: Pair, { ca, name = 'localhost', options = {} }: Asked = {}): Promise<CertificateChain> {
  const server = createServer({ cert: pair.certificate, key: pair.key, ...options }, (socket) =>
    socket.on('error', () => {}),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const tls = { ...(ca === undefined ? {} : { ca }), serverName: name }
  const { socket } = await dial({ host: '127.0.0.1', port, tls }, AbortSignal.timeout(20_000))
  try {
    return certificateChain(socket as TLSSocket, name, Date.now())
  } finally {
    socket.destroy()
    server.close()
  }
}

interface Asked {
  readonly ca?: string
  readonly name?: string
  readonly options?: TlsOptions
}

describe.skipIf(!present)('the certificates of a server', () => {
  const { authority, server, make } = made ?? ({} as NonNullable<typeof made>)

  test('are trusted when the authority is', async () => {
    const chain = await shown(server, { ca: authority.certificate })
    expect(chain).toMatchObject({ trusted: true, protocol: 'TLS 1.3', cipher: expect.stringMatching(/^TLS_AES/) })
    expect(chain.distrust).toBeUndefined()
    expect(chain.certificates).toMatchObject([
      {
        subject: 'localhost',
        issuer: 'Example Test Root',
        names: ['localhost', '127.0.0.1', '::1'],
        key: 'ECDSA P-256',
      },
      { subject: 'Example Test Root', issuer: 'Example Test Root', root: true },
    ])
    expect(chain.certificates[0]?.fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect((chain.certificates[0]?.untilMs ?? 0) - Date.now()).toBeGreaterThan(363 * 86_400_000)
  })

  test('of an unknown issuer are not', async () => {
    expect(await shown(server)).toMatchObject({ trusted: false, distrust: 'issuer Example Test Root not known' })
  })

  test('with an unknown root are not', async () => {
    const both = { ...server, certificate: server.certificate + authority.certificate }
    const chain = await shown(both)
    expect(chain.distrust).toBe('its root Example Test Root is not trusted by this host')
    expect(chain.certificates.map(({ root }) => root)).toEqual([undefined, undefined])
  })

  test('that sign themselves are not', async () => {
    expect((await shown(make())).distrust).toBe('self-signed')
  })

  test('tell of all that is wrong', async () => {
    const old = make({ from: '20240101000000Z', until: '20241203120000Z', names: 'DNS:other.example' })
    expect((await shown(old)).distrust).toBe('expired on 3 Dec 2024, self-signed, not for the name localhost')
  })

  test('may be over, or not valid yet', async () => {
    const over = make({ issuer: authority, from: '20240101000000Z', until: '20241203120000Z' })
    expect((await shown(over, { ca: authority.certificate })).distrust).toBe('expired on 3 Dec 2024')
    const early = make({ issuer: authority, from: daysFromNow(400), until: daysFromNow(800) })
    expect((await shown(early, { ca: authority.certificate })).distrust).toMatch(/^not valid before \d+ \w+ \d{4}$/)
  })

  test('are for names', async () => {
    const other = make({ issuer: authority, names: 'DNS:*.shop.example' })
    const ca = authority.certificate
    expect((await shown(other, { ca })).distrust).toBe('not for the name localhost')
    expect((await shown(other, { ca, name: '127.0.0.1' })).distrust).toBe('not for the address 127.0.0.1')
    expect((await shown(other, { ca, name: 'www.shop.example' })).trusted).toBe(true)
  })

  test('of any name come out clean', async () => {
    const odd = make({ issuer: authority, subject: 'a\u001b[31mb\u202ec', names: 'DNS:localhost' })
    expect((await shown(odd, { ca: authority.certificate })).certificates[0]?.subject).toBe('a[31mbc')
  })

  test.each([
    ['rsa', 'RSA 2048'],
    ['ed25519', 'Ed25519'],
  ] as const)('know a key of %s', async (algorithm, key) => {
    const pair = make({ issuer: authority, algorithm })
    expect((await shown(pair, { ca: authority.certificate })).certificates[0]?.key).toBe(key)
  })

  test('of an old protocol say so', async () => {
    expect((await shown(server, { options: { maxVersion: 'TLSv1.2' } })).protocol).toBe('TLS 1.2')
  })
})
