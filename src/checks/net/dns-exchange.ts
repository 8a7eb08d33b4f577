import { hostPort } from './address.ts'
import { hear } from './conversation.ts'
import { exchangeDatagram } from './datagram.ts'
import { dial } from './dial.ts'
import { type DnsAnswer, decodeAnswer, encodeQuestion, type RecordType } from './dns-message.ts'
import { PeerError } from './peer-error.ts'

export interface NameServer {
  /** An address, never a name. */
  readonly address: string
  readonly port: number
}

export interface Question {
  /** One of `questionName`. */
  readonly name: string
  readonly type: RecordType
  readonly transport: 'udp' | 'tcp'
}

/** Before a message over TCP stands its length in two bytes (RFC 1035 4.2.2, RFC 7766). */
const LENGTH_BYTES = 2
const LONGEST = LENGTH_BYTES + 65_535

/**
 * Asks a name server, which has `waitMs` to answer; over UDP the question is sent again after a third of that, and an answer that does not
 * fit is fetched over TCP. Rejects with PeerError, with the system's error, or with the signal's reason; nothing is left open then.
 */
export async function askNameServer(
  server: NameServer,
  question: Question,
  waitMs: number,
  signal: AbortSignal,
): Promise<DnsAnswer> {
  signal.throwIfAborted()
  const turn = new AbortController()
  const stop = () => turn.abort(signal.reason)
  const timer = setTimeout(
    () => turn.abort(new PeerError('timeout', `no answer from ${hostPort(server.address, server.port)}`)),
    waitMs,
  )
  signal.addEventListener('abort', stop)
  try {
    if (question.transport === 'tcp') return await overTcp(server, question, turn.signal)
    const answer = await overUdp(server, question, waitMs / 3, turn.signal)
    return answer.truncated ? await overTcp(server, question, turn.signal) : answer
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

async function overUdp(
  { address, port }: NameServer,
  { name, type }: Question,
  resendMs: number,
  signal: AbortSignal,
): Promise<DnsAnswer> {
  const payload = encodeQuestion(randomId(), name, type)
  let answer: DnsAnswer | undefined
  let nonsense: string | undefined
  const accepts = (bytes: Buffer) => {
    try {
      answer = decodeAnswer(bytes, payload)
      if (answer === undefined) nonsense ??= 'answers another question'
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      nonsense = 'answers what is no DNS message'
    }
    return answer !== undefined
  }
  try {
    await exchangeDatagram({ address, port, payload, resendMs }, accepts, signal)
    return answer as DnsAnswer
  } catch (error) {
    // Anybody can send nonsense in a server's name, so that it counts only when nothing better came.
    if (signal.aborted && nonsense !== undefined)
      throw new PeerError('garbage', `${hostPort(address, port)} ${nonsense}`)
    throw error
  }
}

async function overTcp(
  { address, port }: NameServer,
  { name, type }: Question,
  signal: AbortSignal,
): Promise<DnsAnswer> {
  const payload = encodeQuestion(randomId(), name, type)
  const from = hostPort(address, port)
  const { socket } = await dial({ host: address, port }, signal)
  try {
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUInt16BE(payload.length)
    socket.write(Buffer.concat([length, payload]))
    const whole = (bytes: Buffer) => {
      if (bytes.length < LENGTH_BYTES) return undefined
      const end = LENGTH_BYTES + bytes.readUInt16BE(0)
      return bytes.length < end ? undefined : end
    }
    const heard = await hear(socket, whole, LONGEST, signal)
    if (heard.ending === 'time') throw signal.reason
    if (heard.ending === 'broken') throw Object.assign(heard.error as Error, { address, port })
    if (heard.ending !== 'enough') throw new PeerError('closed', `${from} closed the connection without a whole answer`)
    const answer = decodeAnswer(heard.bytes.subarray(LENGTH_BYTES), payload)
    if (answer === undefined) throw new PeerError('garbage', `${from} answers another question`)
    return answer
  } catch (error) {
    if (error instanceof RangeError) throw new PeerError('garbage', `${from} answers what is no DNS message`)
    throw error
  } finally {
    socket.destroy()
  }
}

/** A number that nobody can guess (RFC 5452, section 4.3). */
function randomId(): number {
  return crypto.getRandomValues(new Uint16Array(1))[0] as number
}
