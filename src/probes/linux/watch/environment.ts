import { safeText } from '../../../lib/text.ts'
import type { EnvironmentVariable } from '../../../model/watch.ts'
import { decode } from '../../decode.ts'
import type { Bytes } from '../../probe.ts'

/** Longer values are cut: nobody reads on. */
const MAX_LENGTH = 32 * 1024
const MAX_NAME = 256

const SECRET_NAME = /pass|pwd|secret|token|key|credential|auth|dsn|private|cookie|session|salt|signature/i
/** The folder a shell is in and was in. */
const FOLDER_NAME = /^(?:OLD)?PWD$/
/** `postgres://user:password@host`. No scheme is as long as thirty: without an end, a long value of letters alone would take seconds. */
const SECRET_URL = /[a-z][a-z\d+.-]{0,30}:\/\/[^\s/:@]*:[^\s/@]+@/i

/**
 * The environment a process was started with, `NAME=value` separated by NULs, in its order; each marked when its name sounds like a secret
 * or its value is a URL with a password. What has no `=` is not a variable (a title written over it). Source: proc_pid_environ(5).
 */
export function parseEnvironment(bytes: Bytes): EnvironmentVariable[] {
  return decode(bytes)
    .split('\0')
    .flatMap((text): EnvironmentVariable[] => {
      const equals = text.indexOf('=')
      if (equals <= 0) return []
      const name = safeText(text.slice(0, equals), MAX_NAME)
      const value = safeText(text.slice(equals + 1), MAX_LENGTH)
      return [{ name, value, secret: (SECRET_NAME.test(name) && !FOLDER_NAME.test(name)) || SECRET_URL.test(value) }]
    })
}
