import type { Socket } from 'node:net'
import { PeerError } from './peer-error.ts'

/** Why listening ended: it was enough, the peer said no more, it said too much, the time was over, the connection broke. */
export type Ending = 'enough' | 'closed' | 'limit' | 'time' | 'broken'

export interface Heard {
  /** What was taken; what came behind it stays for the next who listens. */
  readonly bytes: Buffer
  readonly ending: Ending
  /** Of a connection that broke. */
  readonly error?: NodeJS.ErrnoException
}

/** What comes in many small parts is looked at no more often than this: else a peer that drips would cost a search for every byte. */
const LOOK_MS = 10
/** And a search that takes long comes after a pause that is so many times as long: it is this thread's time. */
const REST = 9

/**
 * Listens until `taken` says how many of the bytes so far it wants, at most to `limit` bytes. Rejects only with what `taken` throws. Who
 * dialled destroys the socket.
 */
export function hear(
  socket: Socket,
  taken: (bytes: Buffer) => number | undefined,
  limit: number,
  signal: AbortSignal,
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    let bytes: Buffer = Buffer.alloc(0)
    let chunks: Buffer[] = []
    let size = 0
    let lookAt = Number.NEGATIVE_INFINITY
    let later: NodeJS.Timeout | undefined
    let open = true

    const settle = (end: () => void) => {
      open = false
      clearTimeout(later)
      signal.removeEventListener('abort', stop)
      socket.removeListener('readable', take).removeListener('end', ended)
      socket.removeListener('error', broke).removeListener('close', ended)
      end()
    }
    /** Whether it was enough. */
    const look = () => {
      clearTimeout(later)
      later = undefined
      const begun = performance.now()
      bytes = Buffer.concat([bytes, ...chunks]).subarray(0, limit)
      chunks = []
      try {
        const count = taken(bytes)
        if (count === undefined) {
          const ended = performance.now()
          lookAt = ended + Math.max(LOOK_MS, REST * (ended - begun))
          return
        }
        settle(() => {
          if (count < bytes.length) socket.unshift(bytes.subarray(count))
          resolve({ bytes: bytes.subarray(0, count), ending: 'enough' })
        })
      } catch (error) {
        settle(() => reject(error))
      }
    }
    const finish = (ending: Ending, error?: NodeJS.ErrnoException) => {
      if (open) look()
      if (open) settle(() => resolve({ bytes, ending, ...(error !== undefined && { error }) }))
    }
    const take = () => {
      const chunk = socket.read() as Buffer | null
      if (chunk === null || !open) return
      chunks.push(chunk)
      size += chunk.length
      if (size >= limit) finish('limit')
      else if (performance.now() >= lookAt) look()
      else later ??= setTimeout(look, lookAt - performance.now())
    }
    // Its own end may be heard of before the signal is.
    const ended = () => finish(signal.aborted ? 'time' : 'closed')
    const broke = (error: NodeJS.ErrnoException) => finish(signal.aborted ? 'time' : 'broken', error)
    const stop = () => finish('time')

    signal.addEventListener('abort', stop)
    socket.on('readable', take).on('end', ended).on('error', broke).on('close', ended)
    if (signal.aborted) stop()
    else if (socket.errored) broke(socket.errored)
    else if (socket.readableEnded || socket.destroyed) ended()
    else take()
  })
}

/** The longest line that a server of mail may send is far shorter: RFC 5321 says 512 bytes, RFC 9051 8192. */
const LONGEST_LINE = 16 * 1024

/** The next line, without its end. Throws PeerError; `during` is what the peer was doing: `in the greeting`. */
export async function hearLine(socket: Socket, from: string, during: string, signal: AbortSignal): Promise<string> {
  const line = (bytes: Buffer) => {
    const end = bytes.indexOf(0x0a)
    return end < 0 ? undefined : end + 1
  }
  const heard = await hear(socket, line, LONGEST_LINE, signal)
  if (heard.ending === 'enough') return heard.bytes.toString('utf8').replace(/\r?\n$/, '')
  throw silence(heard, from, during)
}

/** What an end that is not the wanted one says. */
function silence({ ending, bytes }: Heard, from: string, during: string): PeerError {
  if (ending === 'time') {
    const what = bytes.length === 0 ? 'said nothing' : 'did not end its line'
    return new PeerError('timeout', `connected, but ${from} ${what} ${during}`)
  }
  if (ending === 'limit') return new PeerError('answer', `${from} sent a line without an end ${during}`)
  if (ending === 'broken') return new PeerError('reset', `connection reset by ${from} ${during}`)
  return new PeerError('closed', `${from} closed the connection ${during}`)
}
