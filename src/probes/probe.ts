import type { Values } from '../model/sample.ts'

/** Bytes of a file as they were read: valid until the next read of the same reader. */
export type Bytes = Uint8Array

/** What a probe reads through: everything below one root folder (`/`, or a recorded tree), by descriptors that stay open. */
export interface HostFiles {
  /** The folder below which `proc/`, `sys/`, `etc/`, `run/` are; `/` for this machine. */
  readonly root: string
  /** The whole content of a file below the root, such as `proc/stat`. Throws the system's error when it cannot be read. */
  read(path: string): Bytes
  /** As `read`; undefined where the file does not exist or may not be read. */
  optional(path: string): Bytes | undefined
  /** Names in a folder, sorted; empty where it does not exist. */
  list(path: string): readonly string[]
}

/** Measures one thing. No state of its own: rates are made by the engine from counters. */
export interface Probe {
  /** Short lower-case name: the `source` of its samples. */
  readonly name: string
  /** Milliseconds between two reads. */
  readonly everyMs: number
  /** Metric names of the catalogue it can give. */
  readonly series: readonly string[]
  /** Reads and parses. A throw becomes a failed sample with the error's message. */
  read(files: HostFiles, out: Values): void
}

/** What a slow probe works with. */
export interface SlowContext {
  readonly files: HostFiles
  /** Ends at the deadline, or when measuring ends: what was begun must stop then. */
  readonly signal: AbortSignal
  /**
   * Runs a program without a shell and gives what it wrote to stdout (at most 1 MB). Undefined where there is no such program; rejects
   * with its last line of stderr when it fails, and when the signal ends it.
   */
  run(program: string, args: readonly string[]): Promise<string | undefined>
}

/** As a probe, for what has to wait for others (a child, a library): it runs beside the ticks, never twice at once. */
export interface SlowProbe {
  readonly name: string
  readonly everyMs: number
  /** Milliseconds after which it is ended and has failed. */
  readonly deadlineMs: number
  readonly series: readonly string[]
  /** It asks this very machine, not files below a root: left out where a recorded tree is read. */
  readonly asksMachine: boolean
  measure(context: SlowContext, out: Values): Promise<void>
}

/** Text that is not what its format promises. `field` says which part. */
export class ParseError extends Error {
  override readonly name = 'ParseError'
  constructor(file: string, field: string, text: string) {
    super(`${file}: ${field}: expected a number, got "${text.slice(0, 40)}"`)
  }
}
