import type { ProcessSelector } from '../../checks/check.ts'
import { safeText } from '../../lib/text.ts'
import type { Selected } from './messages.ts'
import type { Scanner } from './platform.ts'
import { selectProcesses } from './select.ts'

/** Answers the questions of checks for processes. */
export interface Selecting {
  /** A question; it is answered from the last complete scan, and waits for the first. */
  select(id: string, selector: ProcessSelector): void
  /** A scan is over; the reason where it failed. */
  scanned(failed: string | undefined): void
}

export function createSelecting(scanner: Pick<Scanner, 'rowsWhere'>, post: (answer: Selected) => void): Selecting {
  const waiting: (readonly [id: string, selector: ProcessSelector])[] = []
  let scans = 0

  function answer(id: string, selector: ProcessSelector): void {
    try {
      post({ kind: 'selected', id, rows: selectProcesses(scanner, selector) })
    } catch (error) {
      post({ kind: 'selected', id, failed: safeText((error as Error).message, 200) })
    }
  }

  return {
    select(id, selector) {
      if (scans === 0) waiting.push([id, selector])
      else answer(id, selector)
    },
    scanned(failed) {
      if (failed === undefined) scans++
      for (const [id, selector] of waiting.splice(0)) {
        if (scans > 0) answer(id, selector)
        else post({ kind: 'selected', id, failed: `the processes cannot be listed: ${failed ?? ''}` })
      }
    },
  }
}
