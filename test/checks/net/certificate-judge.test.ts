import { describe, expect, test } from 'vitest'
import { judgeCertificate } from '../../../src/checks/net/certificate-judge.ts'
import type { Certificate, CertificateChain } from '../../../src/model/check.ts'

const NOW = Date.UTC(2026, 10, 25)
const DAY = 86_400_000
const wish = { name: 'shop.example', leastMs: 14 * DAY, insecure: false }

function certificate(days: number, changes: Partial<Certificate> = {}): Certificate {
  return { subject: 'shop.example', issuer: 'CA 2', fromMs: 0, untilMs: NOW + days * DAY, ...changes }
}

function chain(...certificates: readonly Certificate[]): CertificateChain {
  return { certificates, trusted: true }
}

describe('a certificate that is trusted', () => {
  test.each([
    [64.5, 'up', '64 d left', undefined],
    [14, 'up', '14 d left', undefined],
    [13.9, 'degraded', '13 d left', 'certificate for shop.example ends in 13 days'],
    [1.5, 'degraded', '1 d left', 'certificate for shop.example ends in 1 day'],
    [0.1, 'degraded', '2 h left', 'certificate for shop.example ends in 2 hours'],
  ])('with %d days left', (days, state, found, error) => {
    const verdict = judgeCertificate(chain(certificate(days)), wish, NOW)
    expect(verdict.state).toBe(state)
    expect(verdict.error).toBe(error)
    expect(verdict.expectation).toEqual({ name: 'certificate', met: state === 'up', found, wanted: '14 d or more' })
  })

  test('is judged with its issuers, but for a root', () => {
    const issuer = certificate(5, { subject: 'CA 2', issuer: 'Root' })
    const root = certificate(1, { subject: 'Root', issuer: 'Root', root: true })
    const verdict = judgeCertificate(chain(certificate(60), issuer, root), wish, NOW)
    expect(verdict).toMatchObject({ state: 'degraded', error: 'issuer CA 2 of shop.example ends in 5 days' })
    expect(judgeCertificate(chain(certificate(60), root), wish, NOW).state).toBe('up')
  })

  test('is asked for no time where nobody wants it', () => {
    expect(judgeCertificate(chain(certificate(1)), { ...wish, leastMs: 0 }, NOW)).toEqual({
      state: 'up',
      expectation: { name: 'certificate', met: true, found: '1 d left', wanted: 'trusted' },
    })
  })
})

describe('a certificate that is not trusted', () => {
  const distrusted: CertificateChain = {
    certificates: [certificate(-9)],
    trusted: false,
    distrust: 'expired on 16 Nov',
  }

  test('is down', () => {
    expect(judgeCertificate(distrusted, wish, NOW)).toEqual({
      state: 'down',
      error: 'the certificate of shop.example is not trusted: expired on 16 Nov',
      expectation: { name: 'certificate', met: false, found: 'expired on 16 Nov', wanted: 'trusted' },
    })
  })

  test('is looked at only for its time where nobody minds', () => {
    expect(judgeCertificate(distrusted, { ...wish, insecure: true }, NOW)).toMatchObject({
      state: 'degraded',
      error: 'the certificate for shop.example expired on 16 Nov',
    })
    expect(judgeCertificate({ certificates: [], trusted: false }, { ...wish, insecure: true }, NOW).state).toBe('up')
  })
})
