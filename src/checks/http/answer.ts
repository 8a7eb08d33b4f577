import type { Phases } from '../../model/check.ts'

/** Bytes of header fields that are read. */
export const MAX_HEADERS = 64 * 1024

/** What came back. Nothing of it is safe text yet. */
export interface HttpAnswer {
  readonly status: number
  /** Empty in HTTP/2. */
  readonly statusText: string
  /** Names in lower case, in the order they came. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
  /** There is more of the body than was read. */
  readonly cut: boolean
  /** `first_byte` and `transfer`. */
  readonly phases: Phases
}

/** What else an exchange has to know. */
export interface Exchange {
  /** Whether the body of an answer with that status is read. */
  readonly wantsBody: (status: number) => boolean
  /** Header fields beside those of the request. */
  readonly extra: Readonly<Record<string, string>>
}
