import { endOfProgram, type ProgramEnd, type RunOptions, type Spawn } from '../lib/run-program.ts'

/**
 * Runs a program of the system for a check (`endOfProgram`). Undefined where there is none. Rejects with the signal's reason when that
 * ended it, so that a timeout is told as one.
 */
export async function askProgram(
  spawn: Spawn,
  signal: AbortSignal,
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<ProgramEnd | undefined> {
  signal.throwIfAborted()
  try {
    return await endOfProgram(spawn, signal, program, args, options)
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}

/** The first line that says anything. */
export function firstLine(text: string): string {
  return text.trimStart().split('\n', 1)[0]?.trimEnd() ?? ''
}
