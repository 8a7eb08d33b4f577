/** Names of the error codes of RFC 9113, section 7, by their number. */
const NAMES = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
] as const

export type ErrorName = (typeof NAMES)[number]

/** `REFUSED_STREAM`; `error 0x1f` for a code that nobody defined. */
export function errorName(code: number): string {
  return NAMES[code] ?? `error 0x${code.toString(16)}`
}

export function errorCode(name: ErrorName): number {
  return NAMES.indexOf(name)
}

/** A peer that HTTP/2 cannot go on with. Nothing of it but `tell` is for people; all of it is safe text. */
export class Http2Error extends Error {
  override readonly name = 'Http2Error'
  /** What the peer is told of it. */
  readonly code: ErrorName
  /** The sentence for people, by whom it was with. */
  readonly tell: (from: string) => string

  /** `what` was wrong: `a frame of another stream`. */
  constructor(code: ErrorName, what: string, tell = (from: string) => `HTTP/2 with ${from} failed: ${what}`) {
    super(what)
    this.code = code
    this.tell = tell
  }
}

/** A header that is longer than anybody reads. */
export function overlong(): Http2Error {
  return new Http2Error(
    'ENHANCE_YOUR_CALM',
    'a header longer than 64 KiB',
    (from) => `the header fields of ${from} are longer than 64 KiB`,
  )
}
