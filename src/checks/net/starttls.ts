import { isIPv6, type Socket } from 'node:net'
import { hearLine } from './conversation.ts'
import { quoted } from './expected.ts'
import { PeerError } from './peer-error.ts'

/** Protocols that begin in plain text and go over to TLS. */
export const STARTTLS_PROTOCOLS = ['smtp', 'imap', 'pop3'] as const
export type StarttlsProtocol = (typeof STARTTLS_PROTOCOLS)[number]

/** On these ports servers speak one of them, and never TLS from the start (RFC 5321, 6409, 9051, 1939). */
const USUAL: Readonly<Record<number, StarttlsProtocol>> = { 25: 'smtp', 587: 'smtp', 143: 'imap', 110: 'pop3' }

/** What is spoken on a port before TLS, as far as the port says. */
export function usualStarttls(port: number): StarttlsProtocol | undefined {
  return USUAL[port]
}

/** Lines of one answer: more is no answer but an attempt to keep us. */
const MOST_LINES = 100

interface Talk {
  readonly socket: Socket
  readonly from: string
  readonly signal: AbortSignal
}

/**
 * Talks until the server is ready for TLS: what comes next is the handshake. Throws PeerError when it does not know STARTTLS, says
 * something else, or said more than its answer: text that was sent before TLS would count as sent in it, and anybody on the way can have
 * added it (CVE-2011-0411, RFC 3207 section 6, RFC 9051 section 11.3).
 */
export async function startTls(
  protocol: StarttlsProtocol,
  socket: Socket,
  from: string,
  signal: AbortSignal,
): Promise<void> {
  await TALKS[protocol]({ socket, from, signal })
  if (socket.readableLength > 0)
    throw new PeerError('starttls', `${from} sent text behind its answer to STARTTLS, before TLS began`)
}

const TALKS: Readonly<Record<StarttlsProtocol, (talk: Talk) => Promise<void>>> = { smtp, imap, pop3 }

const GREETING = 'in the greeting'
const ANSWER = 'in the answer to STARTTLS'

function unexpected({ from }: Talk, wanted: string, line: string): PeerError {
  return new PeerError('answer', `expected ${wanted} of ${from}, got ${quoted(line)}`)
}

function notOffered({ from }: Talk, line?: string): PeerError {
  return new PeerError('starttls', `${from} does not offer STARTTLS${line === undefined ? '' : `: ${quoted(line)}`}`)
}

/** RFC 3207, and the replies of RFC 5321 4.2. */
async function smtp(talk: Talk): Promise<void> {
  const greeting = await smtpReply(talk, GREETING)
  if (!greeting.last.startsWith('220')) throw unexpected(talk, 'an SMTP greeting', greeting.last)
  talk.socket.write(`EHLO ${addressLiteral(talk.socket.localAddress)}\r\n`)
  const hello = await smtpReply(talk, 'in the answer to EHLO')
  if (!hello.last.startsWith('250')) throw notOffered(talk, hello.last)
  if (!hello.lines.some((line) => /^250[ -]STARTTLS\s*$/i.test(line))) throw notOffered(talk)
  talk.socket.write('STARTTLS\r\n')
  const ready = await smtpReply(talk, ANSWER)
  if (!ready.last.startsWith('220')) throw notOffered(talk, ready.last)
}

/** Who has no name says its address (RFC 5321 4.1.3). */
function addressLiteral(address = '127.0.0.1'): string {
  return isIPv6(address) ? `[IPv6:${address.replace(/%.*/, '')}]` : `[${address}]`
}

async function smtpReply(
  talk: Talk,
  during: string,
): Promise<{ readonly lines: readonly string[]; readonly last: string }> {
  const lines: string[] = []
  while (lines.length < MOST_LINES) {
    const line = await hearLine(talk.socket, talk.from, during, talk.signal)
    lines.push(line)
    if (/^\d{3}(?: |$)/.test(line)) return { lines, last: line }
    if (!/^\d{3}-/.test(line)) throw unexpected(talk, 'an SMTP reply', line)
  }
  throw endless(talk, during)
}

function endless({ from }: Talk, during: string): PeerError {
  return new PeerError('answer', `${from} sent more than ${MOST_LINES} lines ${during}`)
}

/** RFC 9051 6.2.1. */
async function imap(talk: Talk): Promise<void> {
  const greeting = await hearLine(talk.socket, talk.from, GREETING, talk.signal)
  if (/^\* PREAUTH/i.test(greeting)) throw notOffered(talk, greeting)
  if (!/^\* OK/i.test(greeting)) throw unexpected(talk, 'an IMAP greeting', greeting)
  talk.socket.write('a1 STARTTLS\r\n')
  for (let lines = 0; lines < MOST_LINES; lines++) {
    const line = await hearLine(talk.socket, talk.from, ANSWER, talk.signal)
    if (/^a1 OK/i.test(line)) return
    if (/^a1 /i.test(line)) throw notOffered(talk, line)
    if (!line.startsWith('* ')) throw unexpected(talk, 'an IMAP answer', line)
  }
  throw endless(talk, ANSWER)
}

/** RFC 2595 4. */
async function pop3(talk: Talk): Promise<void> {
  const greeting = await hearLine(talk.socket, talk.from, GREETING, talk.signal)
  if (!greeting.startsWith('+OK')) throw unexpected(talk, 'a POP3 greeting', greeting)
  talk.socket.write('STLS\r\n')
  const answer = await hearLine(talk.socket, talk.from, ANSWER, talk.signal)
  if (answer.startsWith('-ERR')) throw notOffered(talk, answer)
  if (!answer.startsWith('+OK')) throw unexpected(talk, 'a POP3 answer', answer)
}
