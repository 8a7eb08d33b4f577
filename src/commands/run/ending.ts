import type { Writable } from 'node:stream'
import { leaveAtOnce } from '../../sources/live/leave.ts'
import { bugReport, ending } from '../../ui/screen/ending.ts'

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const

/**
 * Resolves when this process is to end: by a signal, or because nobody reads what it writes any more. A second signal ends it at once, with
 * the exit code that the signal has in a shell, as does a bug, which is said on stderr. What cannot be written for another reason (a full
 * disk) is said once, and no end.
 */
export function untilEnded(stdout: Writable): Promise<undefined> {
  return new Promise((resolve) => {
    process.on('uncaughtException', (error) => {
      process.stderr.write(bugReport(error))
      leaveAtOnce(ending('bug').code)
    })
    let isEnding = false
    for (const [signal, code] of Object.entries(SIGNALS)) {
      process.on(signal, () => {
        if (isEnding) leaveAtOnce(code)
        isEnding = true
        resolve(undefined)
      })
    }
    let said = false
    stdout.removeAllListeners('error')
    stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') resolve(undefined)
      else if (!said) process.stderr.write(`healthtop: stdout: ${message}\n`)
      said = true
    })
  })
}
