import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { CheckTimeout, failureOf, HostError } from '../../src/checks/failure.ts'
import { CertificateError } from '../../src/checks/net/certificate-error.ts'
import { PeerError } from '../../src/checks/net/peer-error.ts'
import { MatchTimeout } from '../../src/lib/matcher.ts'
import { freeTcpPort } from './servers/loopback.ts'

function systemError(code: string, more: object = {}): Error {
  return Object.assign(new Error(`connect ${code}`), { code, ...more })
}

const told = (error: unknown) => {
  const { state, reason, error: text } = failureOf(error, 'shop.example:25')
  return [state, reason, text]
}

/** The error that Node really gives. */
async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error('it did not fail')
    },
    (error: unknown) => error,
  )
}

function connecting(options: { port: number; host: string } | { path: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    connect(options, resolve).on('error', reject)
  })
}

test('nobody listens, as Node tells it', async () => {
  const port = await freeTcpPort()
  const error = await errorOf(connecting({ port, host: '127.0.0.1' }))
  expect(told(error)).toEqual(['down', 'refused', `connection refused by 127.0.0.1:${port}`])
})

test('of several addresses the one that says something is told, as Node tells it', async () => {
  const port = await freeTcpPort()
  const error = new AggregateError([
    systemError('ENETUNREACH', { address: '2001:db8::1', port }),
    await errorOf(connecting({ port, host: '127.0.0.1' })),
  ])
  expect(told(error)).toEqual(['down', 'refused', `connection refused by 127.0.0.1:${port}`])
})

test('a socket that is not there, and a name that does not exist', async () => {
  expect(told(await errorOf(connecting({ path: '/nowhere/socket' })))).toEqual([
    'down',
    'missing',
    'there is no /nowhere/socket',
  ])
  // RFC 6761: no name below `invalid` exists; where nobody can be asked that is told instead.
  const [state, reason] = told(await errorOf(lookup('no.such.host.invalid')))
  expect([state, reason]).toEqual(['down', 'dns'])
})

test('errors of the network, in words', () => {
  const at = { address: '::1', port: 25 }
  expect(told(systemError('ECONNRESET', at))).toEqual(['down', 'reset', 'connection reset by [::1]:25'])
  expect(told(systemError('EPIPE'))).toEqual(['down', 'reset', 'connection reset by shop.example:25'])
  expect(told(systemError('ETIMEDOUT', at))).toEqual(['down', 'timeout', 'no answer from [::1]:25'])
  expect(told(systemError('EHOSTUNREACH', at))).toEqual(['down', 'unreachable', 'no route to [::1]:25'])
  expect(told(systemError('ENETUNREACH', at))).toEqual(['down', 'unreachable', 'no route to [::1]:25'])
  expect(told(systemError('EPROTO', at))[1]).toBe('tls')
  expect(told(systemError('ERR_SSL_WRONG_VERSION_NUMBER', at))).toEqual(['down', 'tls', '[::1]:25 does not speak TLS'])
})

test('errors of names, in words', () => {
  const name = (code: string) => told(systemError(code, { hostname: 'shop.example', syscall: 'queryA' }))
  expect(name('ENOTFOUND')).toEqual(['down', 'dns', 'there is no address for the name shop.example'])
  expect(name('ENODATA')[1]).toBe('dns')
  expect(name('EAI_AGAIN')).toEqual(['down', 'dns', 'the name shop.example cannot be resolved for now'])
  expect(name('ETIMEOUT')).toEqual(['down', 'dns', 'no name server answered for shop.example'])
  // Of a name server, not of the service.
  expect(name('ECONNREFUSED')).toEqual(['down', 'dns', 'no name server answered for shop.example'])
  expect(name('ESERVFAIL')).toEqual(['down', 'dns', 'the name server failed on shop.example'])
})

test('what says nothing of the service is unknown', () => {
  expect(told(systemError('EACCES', { address: '/run/x.sock' }))).toEqual([
    'unknown',
    'permission',
    'this user may not use /run/x.sock',
  ])
  expect(told(systemError('EMFILE'))).toEqual(['unknown', 'resources', 'this machine has no more file descriptors'])
  expect(told(new MatchTimeout('/(a+)+$/ took longer'))).toEqual(['unknown', 'pattern', '/(a+)+$/ took longer'])
  expect(told(new CertificateError('the key is encrypted'))).toEqual(['unknown', 'certificate', 'the key is encrypted'])
  expect(told(new HostError('the processes cannot be listed'))).toEqual([
    'unknown',
    'host',
    'the processes cannot be listed',
  ])
  expect(told(new Error('systemctl: ended with status 1'))).toEqual([
    'unknown',
    'failed',
    'systemctl: ended with status 1',
  ])
})

test('a mistake in a check is no word of the service', () => {
  const bug = errorOfMistake()
  expect(told(bug)).toEqual(['unknown', 'bug', `the check failed inside: ${(bug as Error).message}`])
  expect(told(Object.assign(new RangeError('Port should be > 0'), { code: 'ERR_SOCKET_BAD_PORT' }))[1]).toBe('bug')
  expect(told('thrown')).toEqual(['unknown', 'bug', 'the check failed inside: thrown'])
})

function errorOfMistake(): unknown {
  try {
    return (undefined as unknown as { x: { y: number } }).x.y
  } catch (error) {
    return error
  }
}

test('a timeout names its time, and what a peer did is told as it is', () => {
  expect(told(new CheckTimeout(3000))).toEqual(['down', 'timeout', 'no answer within 3 s'])
  expect(told(new CheckTimeout(1500))[2]).toBe('no answer within 1.5 s')
  expect(told(new CheckTimeout(200))[2]).toBe('no answer within 200 ms')
  expect(told(new PeerError('closed', 'it hung up'))).toEqual(['down', 'closed', 'it hung up'])
})

test('text from outside is safe and short', () => {
  const [, reason, text] = told(systemError('EWEIRD', { message: `\x1b[31mred\x07\n${'x'.repeat(1000)}` }))
  expect(reason).toBe('error')
  expect(text).toMatch(/^\[31mred x{200,}$/)
  expect(String(text).length).toBeLessThanOrEqual(300)
})
