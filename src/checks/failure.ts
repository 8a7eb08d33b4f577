import { MatchTimeout } from '../lib/matcher.ts'
import { safeText } from '../lib/text.ts'
import type { CheckOutcome } from '../model/check.ts'
import { down, unknown } from './check.ts'
import { hostPort } from './net/address.ts'
import { CertificateError } from './net/certificate-error.ts'
import { PeerError } from './net/peer-error.ts'
import { isTlsError, tlsFailureText } from './net/tls-failure.ts'

const LONGEST = 300

/** Something of this host that a check needs could not be had, which says nothing of the service. The message is for people. */
export class HostError extends Error {
  override readonly name = 'HostError'
}

/** The whole time of a check is over: the reason of its signal. */
export class CheckTimeout extends Error {
  override readonly name = 'CheckTimeout'

  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs < 1000 ? `${timeoutMs} ms` : `${timeoutMs / 1000} s`}`)
  }
}

/** What Node tells of an error of the system; `hostname` where a name was looked up. */
interface SystemError extends NodeJS.ErrnoException {
  readonly address?: string
  readonly port?: number
  readonly hostname?: string
}

type Words = (from: string, error: SystemError) => CheckOutcome

const reset: Words = (from) => down('reset', `connection reset by ${from}`)
const noRoute: Words = (from) => down('unreachable', `no route to ${from}`)
const forbidden: Words = (from) => unknown('permission', `this user may not use ${from}`)
const noFiles: Words = () => unknown('resources', 'this machine has no more file descriptors')
const noName: Words = (_, { hostname, message }) =>
  down('dns', hostname === undefined ? message : `there is no address for the name ${hostname}`)
const namesSilent: Words = (_, { hostname }) => down('dns', `no name server answered for ${hostname ?? 'the name'}`)

/** Codes of errno(3). */
const SYSTEM: Readonly<Record<string, Words>> = {
  ECONNREFUSED: (from) => down('refused', `connection refused by ${from}`),
  ECONNRESET: reset,
  EPIPE: reset,
  ECONNABORTED: reset,
  ETIMEDOUT: (from) => down('timeout', `no answer from ${from}`),
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  EHOSTDOWN: noRoute,
  ENETDOWN: noRoute,
  EAFNOSUPPORT: noRoute,
  EADDRNOTAVAIL: (from) => down('unreachable', `this machine has no address from which ${from} can be reached`),
  ENOENT: (from) => down('missing', `there is no ${from}`),
  EACCES: forbidden,
  EPERM: forbidden,
  EMFILE: noFiles,
  ENFILE: noFiles,
  ENOMEM: () => unknown('resources', 'this machine has no more memory'),
  ENOBUFS: () => unknown('resources', 'this machine has no more memory for sockets'),
  EAGAIN: () => unknown('resources', 'this machine can start no more processes'),
}

/** Codes of getaddrinfo(3) and of c-ares, as node:dns has them. */
const NAMES: Readonly<Record<string, Words>> = {
  ENOTFOUND: noName,
  ENODATA: noName,
  ENONAME: noName,
  EAI_NONAME: noName,
  EAI_AGAIN: (_, { hostname }) => down('dns', `the name ${hostname ?? ''} cannot be resolved for now`),
  ETIMEOUT: namesSilent,
  ECONNREFUSED: namesSilent,
  ESERVFAIL: (_, { hostname }) => down('dns', `the name server failed on ${hostname ?? 'the name'}`),
  EREFUSED: (_, { hostname }) => down('dns', `the name server refuses to answer for ${hostname ?? 'the name'}`),
}

/** What an error of the system, the network or a check says of a service, in words; `target` is named where the error names nobody. */
export function failureOf(error: unknown, target: string): CheckOutcome {
  const outcome = outcomeOf(error, target)
  return { ...outcome, error: safeText(outcome.error ?? '', LONGEST) }
}

function outcomeOf(error: unknown, target: string): CheckOutcome {
  if (error instanceof AggregateError && error.errors.length > 0) return outcomeOf(mostTelling(error.errors), target)
  if (error instanceof CheckTimeout) return down('timeout', error.message)
  if (error instanceof PeerError) return down(error.reason, error.message)
  if (error instanceof HostError) return unknown('host', error.message)
  if (error instanceof MatchTimeout) return unknown('pattern', error.message)
  if (error instanceof CertificateError) return unknown('certificate', error.message)
  if (!(error instanceof Error) || isBug(error)) return unknown('bug', `the check failed inside: ${messageOf(error)}`)
  return ofSystem(error, fromOf(error, target))
}

function ofSystem(error: SystemError, from: string): CheckOutcome {
  const { code, syscall, message } = error
  // What could not be done and says no more than that: nothing is known of the service.
  if (code === undefined) return unknown('failed', message)
  const overTls: boolean = isTlsError(error)
  if (overTls) return down('tls', tlsFailureText(error, from))
  const lookingUp = error.hostname !== undefined || /^(getaddrinfo|query|resolve)/.test(syscall ?? '')
  const words = (lookingUp ? NAMES[code] : undefined) ?? SYSTEM[code] ?? NAMES[code]
  return words?.(from, error) ?? down('error', message)
}

function isBug(error: Error): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError].some((kind) => error instanceof kind)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Whom it was with: `127.0.0.1:25`, a socket's path, or the target. */
function fromOf({ address, port, path }: SystemError, target: string): string {
  if (address !== undefined) return port === undefined ? address : hostPort(address, port)
  return path ?? target
}

/** Several addresses failed, and of them the first whose server said something: a host without IPv6 says nothing of the service. */
function mostTelling(errors: readonly unknown[]): unknown {
  const silent = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ETIMEDOUT'])
  return errors.find((error) => !silent.has((error as SystemError | undefined)?.code ?? '')) ?? errors[0]
}
