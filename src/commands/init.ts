import { closeSync, existsSync, fchmodSync, fstatSync, openSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import type { Found } from '../checks/discover/discovery.ts'
import { CONFIG_NAME } from '../config/file.ts'
import { configFolder } from '../config/folder.ts'
import { type StarterCheck, starterText } from '../config/starter.ts'
import { systemClock } from '../lib/clock.ts'
import { compileSparingly } from '../lib/compiler.ts'
import { makeFolder } from '../lib/make-folder.ts'
import { safeText } from '../lib/text.ts'
import { findServices } from '../sources/live/checks/find.ts'
import { schemaUrl } from './beside.ts'
import { startProgress } from './check-progress.ts'
import { type Build, type Options, UsageError } from './options.ts'

const MODE = 0o600

/** Options of `init` as commander gives them. */
export interface RawInitOptions {
  readonly output?: string
  readonly force?: boolean
}

/**
 * Writes a commented healthtop.yaml with what listens on this machine; to stdout for `-`. Never over a file that is there unless forced.
 * Throws UsageError where it cannot be written.
 */
export async function init(options: Options, { output, force = false }: RawInitOptions, build: Build): Promise<void> {
  compileSparingly()
  if (output === '') throw new UsageError('--output: expected a file, or - for stdout, got nothing')
  const path = output ?? ownPath()
  // Before anybody waits for what is found.
  if (path !== '-' && !force && existsSync(path)) throw isThere(path)
  const found = options.discover ? await findHere(options) : []
  const checks: StarterCheck[] = found.map(({ definition, candidate, place }) => ({
    found: `${place.process === undefined ? 'something' : safeText(place.process, 40)} listens on ${place.protocol} port ${place.port}`,
    written: { name: definition.name, type: definition.type, ...candidate.written },
  }))
  const date = new Date(systemClock.wallMs()).toISOString().slice(0, 10)
  const text = starterText(checks, { host: safeText(hostname(), 100), date, schema: schemaUrl(build) })
  if (path === '-') {
    await new Promise((resolve) => process.stdout.write(text, resolve))
    return
  }
  write(path, text, force)
  const count = checks.length === 1 ? '1 check' : `${checks.length || 'no'} checks`
  process.stderr.write(`healthtop: ${safeText(path)} written with ${count} of what listens here\n`)
}

function findHere({ platform, root }: Options): Promise<readonly Found[]> {
  const progress = startProgress(['what listens here'], process.stderr, () => systemClock.monoMs())
  return findServices({ platform, root, clock: systemClock }).finally(() => progress.end())
}

function ownPath(): string {
  const folder = configFolder(process.env, process.platform)
  if (folder === undefined)
    throw new UsageError('init: there is no home folder to write to; name a file: --output FILE')
  return join(folder, CONFIG_NAME)
}

/** Makes its folder where there is none. Only its owner may read and write it. */
function write(path: string, text: string, force: boolean): void {
  try {
    makeFolder(dirname(path), 0o700)
  } catch (error) {
    throw cannot(path, error)
  }
  let file: number
  try {
    file = openSync(path, force ? 'w' : 'wx', MODE)
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? isThere(path) : cannot(path, error)
  }
  try {
    writeFileSync(file, text)
    // One that was there may have been open to others, and would be refused as a configuration.
    if (fstatSync(file).isFile()) fchmodSync(file, MODE)
  } catch (error) {
    throw cannot(path, error)
  } finally {
    closeSync(file)
  }
}

function isThere(path: string): UsageError {
  return new UsageError(`init: ${path} is there already, and is not written over; --force does, --output - prints`)
}

function cannot(path: string, error: unknown): UsageError {
  return new UsageError(`init: ${path} cannot be written: ${(error as Error).message}`)
}
