import { isIP, isIPv4 } from 'node:net'
import { domainToASCII } from 'node:url'
import { readName } from './dns-name.ts'
import { recordText } from './dns-record.ts'

/** Types of records that can be asked for, by their numbers (IANA, RFC 1035, 2782, 3596, 8659). */
export const RECORDS = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  CAA: 257,
} as const

export type RecordType = keyof typeof RECORDS

export const RECORD_TYPES = Object.keys(RECORDS) as readonly RecordType[]

const IN = 1
const HEADER_BYTES = 12
const LONGEST_LABEL = 63
const LONGEST_NAME = 255

const RESPONSE = 0x8000
const TRUNCATED = 0x0200
const RECURSION_DESIRED = 0x0100

/** Response codes that say something of the name or of the server (RFC 1035 4.1.1). */
export const RCODE = {
  noError: 0,
  formatError: 1,
  serverFailure: 2,
  nxDomain: 3,
  notImplemented: 4,
  refused: 5,
} as const

export interface DnsAnswer {
  readonly rcode: number
  /** It did not fit into a datagram. */
  readonly truncated: boolean
  /** The records of the type that was asked for, as zone files write them, names without the last dot. Safe text. */
  readonly answers: readonly string[]
  /** The name that the name asked for is an alias of. Safe text. */
  readonly alias?: string
}

/** A name that cannot be asked for. */
export class NameError extends Error {
  override readonly name = 'NameError'
}

/** The name under which an address is looked up (RFC 1035 3.5, RFC 3596 2.5). */
function reverseName(address: string): string {
  if (isIPv4(address)) return `${address.split('.').reverse().join('.')}.in-addr.arpa`
  const [head = '', tail] = address.split('::')
  const groups = (part: string | undefined) => (part ? part.split(':') : []).flatMap(hexGroups)
  const front = groups(head)
  const back = groups(tail)
  const middle = Array.from({ length: 8 - front.length - back.length }, () => '0')
  const figures = [...front, ...middle, ...back].map((group) => group.padStart(4, '0')).join('')
  return `${[...figures].reverse().join('.')}.ip6.arpa`
}

/** The last four bytes of an IPv6 address may be written as IPv4. */
function hexGroups(group: string): readonly string[] {
  if (!group.includes('.')) return [group]
  const bytes = group.split('.').map(Number) as [number, number, number, number]
  return [(bytes[0] * 256 + bytes[1]).toString(16), (bytes[2] * 256 + bytes[3]).toString(16)]
}

/** The name to ask for: in ASCII, without the last dot; for PTR, an address is turned round. Throws NameError. */
export function questionName(name: string, type: RecordType): string {
  if (type === 'PTR' && isIP(name) !== 0) return reverseName(name)
  const ascii = /^[\x21-\x7e]+$/.test(name) ? name : domainToASCII(name)
  const bare = ascii.replace(/\.$/, '')
  const labels = bare.split('.')
  if (bare !== '' && labels.some((label) => label === '')) throw new NameError(`"${name}" is no name for DNS`)
  if (labels.some((label) => label.length > LONGEST_LABEL))
    throw new NameError(`"${name}" is no name for DNS: a part is longer than ${LONGEST_LABEL} characters`)
  if (bare.length > LONGEST_NAME - 2)
    throw new NameError(`"${name}" is no name for DNS: it is longer than ${LONGEST_NAME - 2} characters`)
  return bare
}

/**
 * A question as it goes over the wire (RFC 1035 4). It asks for recursion, and says nothing of EDNS, which old servers and boxes between
 * answer with errors: an answer above 512 bytes is fetched over TCP. `name` is one of `questionName`.
 */
export function encodeQuestion(id: number, name: string, type: RecordType): Buffer {
  const labels = name === '' ? [] : name.split('.')
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt16BE(id, 0)
  header.writeUInt16BE(RECURSION_DESIRED, 2)
  header.writeUInt16BE(1, 4)
  const end = Buffer.alloc(5)
  end.writeUInt16BE(RECORDS[type], 1)
  end.writeUInt16BE(IN, 3)
  return Buffer.concat([
    header,
    ...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')])),
    end,
  ])
}

/**
 * Reads the answer to a question; undefined for one to another question, such as a late or a forged one. Throws RangeError for what is no
 * DNS message.
 */
export function decodeAnswer(bytes: Buffer, question: Buffer): DnsAnswer | undefined {
  if (bytes.length < HEADER_BYTES) throw new RangeError('shorter than a header')
  const flags = bytes.readUInt16BE(2)
  if (bytes.readUInt16BE(0) !== question.readUInt16BE(0) || (flags & RESPONSE) === 0) return undefined
  const rcode = flags & 0xf
  const truncated = (flags & TRUNCATED) !== 0
  const questions = bytes.readUInt16BE(4)
  // A server that cannot read a question may leave it out of its answer.
  if (questions === 0 && rcode !== RCODE.noError) return { rcode, truncated, answers: [] }
  if (questions !== 1) return undefined
  const asked = bytes.subarray(HEADER_BYTES, question.length)
  if (asked.toString('latin1').toLowerCase() !== question.toString('latin1', HEADER_BYTES).toLowerCase())
    return undefined
  // What was cut off is not wanted: the whole is asked for over TCP.
  if (truncated) return { rcode, truncated, answers: [] }
  return { rcode, truncated, ...readAnswers(bytes, question.length, bytes.readUInt16BE(6)) }
}

function readAnswers(bytes: Buffer, from: number, count: number): Pick<DnsAnswer, 'answers' | 'alias'> {
  const type = bytes.readUInt16BE(from - 4)
  const answers: string[] = []
  let alias: string | undefined
  let at = from
  for (let index = 0; index < count; index++) {
    at = readName(bytes, at).next
    const found = bytes.readUInt16BE(at)
    const group = bytes.readUInt16BE(at + 2)
    const start = at + 10
    at = start + bytes.readUInt16BE(at + 8)
    if (at > bytes.length) throw new RangeError('a record that ends behind the message')
    if (group !== IN) continue
    if (found === type) answers.push(recordText(bytes, found, start, at))
    else if (found === RECORDS.CNAME) alias = recordText(bytes, found, start, at)
  }
  return { answers, ...(alias !== undefined && { alias }) }
}
