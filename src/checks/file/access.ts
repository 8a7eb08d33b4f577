/** What a path leads to, links followed. */
export type FileKind = 'file' | 'folder' | 'socket' | 'pipe' | 'device'

export interface FileFacts {
  readonly kind: FileKind
  readonly sizeBytes: number
  /** Unix milliseconds of its last change. */
  readonly changedMs: number
  readonly uid: number
}

/** Why a file tells nothing: it may not be read, or reading it fails. The message is a sentence's end: `may not be read`. */
export class FileRefusal extends Error {
  override readonly name = 'FileRefusal'
  readonly denied: boolean

  constructor(message: string, denied: boolean) {
    super(message)
    this.denied = denied
  }
}

/** How files of one place are looked at. All of it ends with the signal it was made with, and rejects with FileRefusal. */
export interface FileAccess {
  /** Undefined where there is nothing of that name. */
  readonly look: (path: string) => Promise<FileFacts | undefined>
  /** The first bytes of a regular file, as UTF-8. */
  readonly start: (path: string, bytes: number) => Promise<string>
  /** SHA-256 of all of a regular file, hexadecimal. */
  readonly sha256: (path: string) => Promise<string>
}
