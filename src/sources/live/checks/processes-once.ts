import { spawn } from 'node:child_process'
import type { ProcessSelector } from '../../../checks/check.ts'
import type { ProcessRow } from '../../../model/processes.ts'
import { openHost } from '../host.ts'
import type { HostOptions } from '../platform.ts'
import { selectProcesses } from '../select.ts'

/** Processes of one scan. Who has them must close them. */
export interface ScannedProcesses {
  select(selector: ProcessSelector): readonly ProcessRow[]
  close(): void
}

/** Scans the processes of a host once, on this thread. Rejects with the system's error. */
export async function scanOnce(options: Pick<HostOptions, 'platform' | 'root' | 'clock'>): Promise<ScannedProcesses> {
  const { platform, root, clock } = options
  const host = openHost({ platform, root, clock, spawn })
  const scanner = host.openScanner({})
  const close = () => {
    scanner.close()
    host.close()
  }
  try {
    await scanner.scan()
  } catch (error) {
    close()
    throw error
  }
  return { select: (selector) => selectProcesses(scanner, selector), close }
}
