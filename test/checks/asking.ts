import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CheckContext, CheckType } from '../../src/checks/check.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { FIELDS, type Schema, type SchemaOutput } from '../../src/lib/fields.ts'

/** What a check is run with, as the runner hands it in: a timeout, the machine's clocks, no processes, nothing remembered. */
export function context(changes: Partial<CheckContext> & { readonly timeoutMs?: number } = {}): CheckContext {
  const { timeoutMs = 20_000, ...rest } = changes
  return {
    signal: AbortSignal.timeout(timeoutMs),
    deadlineMono: systemClock.monoMs() + timeoutMs,
    now: () => ({ wallMs: systemClock.wallMs(), monoMs: systemClock.monoMs() }),
    processes: async () => [],
    memory: new Map(),
    ...rest,
  }
}

/** Settings of a type from what a person would write. Throws what is wrong with it. */
export function settingsOf<S extends Schema>(type: CheckType<S>, written: Record<string, unknown>): SchemaOutput<S> {
  return type.schema(FIELDS).parse(written)
}

/** What the schema says of something written wrong: the messages, each behind the key it is about. */
export function complaints(type: CheckType, written: Record<string, unknown>): string[] {
  const { error } = type.schema(FIELDS).safeParse(written)
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'check-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A program written in the test. */
export function program(folder: string, name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text.startsWith('#!') ? text : `#!/bin/sh\n${text}\n`)
  chmodSync(path, 0o755)
  return path
}

/** Programs are looked for in this folder first, until the test ends. */
export function onPath(folder: string): void {
  const before = process.env.PATH
  process.env.PATH = `${folder}${delimiter}${before}`
  onTestFinished(() => {
    process.env.PATH = before
  })
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
