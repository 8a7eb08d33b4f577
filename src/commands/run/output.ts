import { fstatSync } from 'node:fs'
import type { Writable } from 'node:stream'

/** What its reader does not take is queued up to so much. */
const MOST_QUEUED = 1024 * 1024

/** Lines for somebody who may read slowly, or not at all. */
export interface Output {
  write(line: string): void
  /** Resolves when all is taken, or after a time: nobody waits for a reader. */
  end(waitMs: number): Promise<void>
}

/** `lost`: the line that stands for so many that could not be queued. */
export function createOutput(to: Writable, lost: (count: number) => string): Output {
  let missing = 0

  function sayLost(): void {
    if (missing === 0) return
    to.write(lost(missing))
    missing = 0
  }

  to.on('drain', sayLost)
  return {
    write(line) {
      if (line === '') return
      if (to.destroyed || to.writableLength > MOST_QUEUED) missing++
      else to.write(line)
    },
    end(waitMs) {
      to.off('drain', sayLost)
      if (to.destroyed || to.writableLength === 0) return Promise.resolve()
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, waitMs)
        to.write('', () => {
          clearTimeout(timer)
          resolve()
        })
      })
    },
  }
}

/** Whether a descriptor goes to the journal: `$JOURNAL_STREAM` names its device and inode, and may be inherited by who writes elsewhere. systemd.exec(5). */
export function isJournal(fd: number, { JOURNAL_STREAM: stream }: NodeJS.ProcessEnv): boolean {
  if (stream === undefined) return false
  try {
    const { dev, ino } = fstatSync(fd)
    return stream === `${dev}:${ino}`
  } catch {
    // Closed by whoever started us.
    return false
  }
}
