import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { systemClock } from '../../../src/lib/clock.ts'
import type { AlertCommand, Batch } from '../../../src/model/source.ts'
import type { Role, SharedOptions } from '../../../src/sources/shared/shared-source.ts'
import { createSharedSource } from '../../../src/sources/shared/source.ts'
import { ToldSource } from './live.ts'

const all: Sharing[] = []

/** A folder for each test of a file; the sources that were made end before it is removed. Gives the folder of the test that runs. */
export function ownFolder(name: string): () => string {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), `healthtop-${name}-`))
  })
  afterEach(async () => {
    await Promise.all(all.splice(0).map(({ source }) => source.stop()))
    rmSync(folder, { recursive: true, force: true })
  })
  return () => folder
}

/** A shared source over machines that measure what a test says, one each time it begins to measure. */
export class Sharing {
  readonly machines: ToldSource[] = []
  readonly batches: Batch[] = []
  readonly roles: Role[] = []
  readonly judged: AlertCommand[] = []
  readonly source

  constructor(options: Partial<SharedOptions>) {
    this.source = createSharedSource({
      stateFolder: undefined,
      command: 'dashboard',
      version: '0.1.0',
      clock: systemClock,
      readOnly: false,
      live: () => {
        this.machines.push(new ToldSource())
        return this.machine
      },
      first: () => new ToldSource().first(),
      judge: (command) => {
        this.judged.push(command)
        return { ok: true }
      },
      onRole: (role) => this.roles.push(role),
      keepMs: 50,
      retryMs: 50,
      ...options,
    })
    this.source.start((batch) => this.batches.push(batch))
    all.push(this)
  }

  get machine(): ToldSource {
    return this.machines.at(-1) as ToldSource
  }

  /** What happened, as `kind: text`. */
  get events(): string[] {
    return this.batches.flatMap(({ events = [] }) => events.map(({ kind, text }) => `${kind}: ${text}`))
  }

  /** Whether it was told a load of so much. */
  knows(load: number): boolean {
    return this.batches.some(({ samples }) => samples.some(({ gauges }) => gauges.load_1m === load))
  }
}
