import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { programFolders, runProgram } from '../../../lib/run-program.ts'
import { safeText } from '../../../lib/text.ts'
import type { Machine } from './action.ts'
import { codeOf, ENDED } from './target.ts'

const DEADLINE_MS = 2000

/** Programs of util-linux that do what Node has no call for: ioprio_set(2), sched_setaffinity(2). */
export type Program = 'ionice' | 'taskset'

/** Whether a program is on this machine. Looks into the folders of PATH. */
export function hasProgram(program: Program, folders: readonly string[] = programFolders()): boolean {
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch (error) {
      if (codeOf(error) !== '') return false
      throw error
    }
  })
}

/** How a program ended: with what it wrote, or with why it did not do what it should. */
export type Answer =
  | { readonly ok: true; readonly output: string }
  | {
      readonly ok: false
      readonly why: 'absent' | 'ended' | 'not permitted' | 'not possible' | 'other'
      readonly reason: string
    }

/** Asks a program for something that takes no time. It is ended after two seconds, and with the source. Errors are told by errno's texts. */
export async function ask(program: Program, args: readonly string[], { spawn, signal }: Machine): Promise<Answer> {
  const controller = new AbortController()
  const end = () => controller.abort()
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  let late = false
  const deadline = setTimeout(() => {
    late = true
    end()
  }, DEADLINE_MS)
  try {
    const output = await runProgram(spawn, controller.signal, program, args)
    if (output !== undefined) return { ok: true, output }
    return { ok: false, why: 'absent', reason: `no ${program} on this machine: it is in util-linux` }
  } catch (error) {
    if (late)
      return { ok: false, why: 'other', reason: `${program} did not answer within ${DEADLINE_MS / 1000} seconds` }
    return whyNot(error)
  } finally {
    clearTimeout(deadline)
    signal.removeEventListener('abort', end)
  }
}

function whyNot(error: unknown): Answer {
  const words = error instanceof Error ? error.message : String(error)
  const reason = safeText(words, 100)
  if (/No such process/.test(words)) return { ok: false, why: 'ended', reason: ENDED }
  if (/not permitted|Permission denied/.test(words)) return { ok: false, why: 'not permitted', reason }
  if (/Invalid argument/.test(words)) return { ok: false, why: 'not possible', reason }
  return { ok: false, why: 'other', reason }
}
