import { safeText } from '../../../lib/text.ts'
import { decode } from '../../decode.ts'
import type { Bytes } from '../../probe.ts'
import { withoutPadding } from '../processes/padding.ts'

/** A program can be given hundreds of thousands, and all cross threads with each scan. */
const MOST_ARGUMENTS = 32_768

/** One that is longer is cut: nobody reads on, and there may be hundreds of them. */
const MAX_LENGTH = 32 * 1024

/**
 * Arguments from /proc/PID/cmdline, each safe to show. A program that wrote its title over its arguments leaves NULs or spaces at the end:
 * they go. At most 32,768. Empty for zombies and threads of the kernel. Source: proc_pid_cmdline(5).
 */
export function parseArguments(bytes: Bytes): string[] {
  const text = withoutPadding(decode(bytes))
  if (text === '') return []
  return text.split('\0', MOST_ARGUMENTS).map((argument) => safeText(argument, MAX_LENGTH))
}
