import { stat } from 'node:fs/promises'
import { safeText } from '../../lib/text.ts'
import type { CheckOutcome } from '../../model/check.ts'
import { unknown } from '../check.ts'

/** Why a plug-in could not be started; undefined for what is no error of starting one. Source: execve(2). */
export async function explainStart(
  error: unknown,
  program: string,
  cwd: string | undefined,
): Promise<CheckOutcome | undefined> {
  const { code, syscall = '' } = error as NodeJS.ErrnoException
  if (code === undefined || !syscall.startsWith('spawn')) return undefined
  const name = safeText(program, 200)
  if (cwd !== undefined && (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES')) {
    // The same error is told for the folder and for the program.
    const folder = await stat(cwd).catch(() => undefined)
    if (!folder?.isDirectory())
      return unknown('missing', `${name} was to run in ${safeText(cwd, 200)}, which is no folder here`)
  }
  if (code === 'ENOENT') {
    const missing = program.includes('/')
      ? `there is no program ${name}, or not the interpreter that its first line names`
      : `there is no program ${name} in PATH`
    return unknown('missing', missing)
  }
  if (code === 'EACCES') return unknown('permission', `${name} may not be run: it is not executable for this user`)
  if (code === 'ENOEXEC')
    return unknown('program', `${name} is no program: it has no #! line and no format of this machine`)
  return unknown('program', `${name} could not be started: ${code}`)
}
