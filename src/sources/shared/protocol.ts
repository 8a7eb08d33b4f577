import type { Alert, AlertRecord, Marks } from '../../model/alert.ts'
import type { LogEvent } from '../../model/event.ts'
import type { ProcessId, ProcessQuery } from '../../model/processes.ts'
import type { Batch, Command, Measurer, Outcome, Scheduling } from '../../model/source.ts'
import type { WatchRequest } from '../../model/watch.ts'
import type { ClientContent } from '../live/messages.ts'

/** The version of the protocol: every line carries it, and who speaks another is told so. */
export const PROTOCOL_VERSION = 1

/** A client's line may be so long: a question about a tree of which thousands of branches are folded. */
export const CLIENT_LINE = 1024 * 1024
/** A server's: what a newcomer is told first, with the records of 500 alerts. */
export const SERVER_LINE = 64 * 1024 * 1024

/** The server says something at least this often, so that silence means that it hangs or is stopped. */
export const ALIVE_EVERY_MS = 2000

/** What is the same for all who are told: who asks what has answers of their own, and what happened is told with the alerts. */
export type Common = Omit<Batch, 'processes' | 'watched' | 'told' | 'cost' | 'events'>

/** A list of things with an id, as far as it is another than before. */
export interface ListChange<T> {
  /** Those that are new or not as they were. */
  readonly set: readonly T[]
  /** All ids in their order, where that is another than before. */
  readonly order?: readonly string[]
}

/** A list in front of which things are put, and that is then cut to a length. */
export interface GrownList<T> {
  readonly front: readonly T[]
  readonly length: number
}

/** What changed of what the server judges; parts that did not are absent. */
export interface ToldChange {
  readonly alerts?: ListChange<Alert>
  readonly records?: ListChange<AlertRecord>
  readonly events?: GrownList<LogEvent>
  readonly marks?: Marks
}

/** First line of the server. */
export interface ServerHello {
  readonly kind: 'hello'
  readonly pid: number
  readonly command: Measurer['command']
  /** Of healthtop. */
  readonly version: string
  /** The host's name. */
  readonly host: string
  readonly can: readonly Command['kind'][]
  /** Monotonic times mean something within one boot only. */
  readonly bootId?: string
  readonly monoMs: number
}

/** What the server says. */
export type FromServer =
  | ServerHello
  /** What was measured for all, and what this client asked for. */
  | { readonly kind: 'batch'; readonly batch: Common; readonly own?: ClientContent }
  | { readonly kind: 'told'; readonly change: ToldChange }
  /** The commands it takes, when those are others. */
  | { readonly kind: 'can'; readonly can: readonly Command['kind'][] }
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: Outcome }
  | { readonly kind: 'scheduling'; readonly id: number; readonly scheduling?: Scheduling }
  | { readonly kind: 'alive' }
  /** Last line, where it does not go on with a client. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Last line of a server that ends. */
  | { readonly kind: 'bye' }

/** What a client says; `hello` first. */
export type FromClient =
  | { readonly kind: 'hello'; readonly pid: number; readonly version: string }
  | { readonly kind: 'query'; readonly query: ProcessQuery }
  | { readonly kind: 'watch'; readonly request?: WatchRequest }
  | { readonly kind: 'command'; readonly id: number; readonly command: Command }
  | { readonly kind: 'inspect'; readonly id: number; readonly target: ProcessId }
  /** It is to measure from now on: a dashboard lets a service have its place. */
  | { readonly kind: 'yield' }

/** JSON has no NaN and no infinities; a text that begins with this is such a number. Texts that are shown never have it (text safety). */
const NUMBER_MARK = '\0'
/** As JSON writes the mark. */
const ESCAPED_MARK = '\\u0000'
const NUMBERS: ReadonlyMap<string, number> = new Map(
  [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((value) => [`${NUMBER_MARK}${value}`, value]),
)

/** A value as JSON that `fromJson` makes the same of again, NaN and infinities included. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'number' && !Number.isFinite(part)) return `${NUMBER_MARK}${part}`
    return typeof part === 'string' && part.startsWith(NUMBER_MARK) ? `${NUMBER_MARK}${part}` : part
  })
}

/** Throws SyntaxError. */
export function fromJson(text: string): unknown {
  if (!text.includes(ESCAPED_MARK)) return JSON.parse(text)
  return JSON.parse(text, (_, part: unknown) => {
    if (typeof part !== 'string' || !part.startsWith(NUMBER_MARK)) return part
    return NUMBERS.get(part) ?? part.slice(NUMBER_MARK.length)
  })
}

/** The line of a message, its end included. */
export function lineOf(message: FromServer | FromClient): string {
  return `{"v":${PROTOCOL_VERSION},${toJson(message).slice(1)}\n`
}

/** The line of a batch, of which the part that is for all was made JSON once. */
export function batchLine(common: string, own: ClientContent | undefined): string {
  const mine = own === undefined ? '' : `,"own":${toJson(own)}`
  return `{"v":${PROTOCOL_VERSION},"kind":"batch","batch":${common}${mine}}\n`
}

/** A message of some kind, or why a line is none. */
export type Read =
  | { readonly ok: true; readonly message: { readonly kind: string } & Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly reason: string }

/** Reads a line as far as both sides do it alike: JSON, of this version, of some kind. */
export function readLine(line: string): Read {
  let said: unknown
  try {
    said = fromJson(line)
  } catch {
    return { ok: false, reason: 'a line is no JSON' }
  }
  if (typeof said !== 'object' || said === null) return { ok: false, reason: 'a line is no message' }
  const { v, kind, ...rest } = said as Readonly<Record<string, unknown>>
  if (v !== PROTOCOL_VERSION)
    return { ok: false, reason: `this healthtop speaks version ${PROTOCOL_VERSION}, not ${versionText(v)}` }
  if (typeof kind !== 'string') return { ok: false, reason: 'a message says not what kind it is' }
  return { ok: true, message: { kind, ...rest } }
}

function versionText(v: unknown): string {
  return typeof v === 'number' ? String(v) : 'what came'
}
