/** How much of the log is kept: what is older, or more, is removed, the oldest first. */
export interface LogSettings {
  readonly keepMs: number
  readonly sizeBytes: number
}

/** Where nothing was said. */
export const LOG_DEFAULTS: LogSettings = { keepMs: 14 * 86_400_000, sizeBytes: 500 * 1024 ** 2 }
