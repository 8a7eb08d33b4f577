import { execFileSync, spawn } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { endsBy, until } from './helpers.ts'

/** Runs the program until the pipe it writes to is full, which nobody reads; says how many milliseconds it then takes to end by a signal. */
export async function endsUnread(args: readonly string[], signal: NodeJS.Signals): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'healthtop-unread-'))
  const path = join(folder, 'pipe')
  execFileSync('mkfifo', [path])
  const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
  const stdout = openSync(path, 'r+')
  const isFull = () => {
    try {
      // Single bytes: they go into what is left of the last page, which the program cannot use.
      for (let count = 0; count < 64; count++) writeSync(pipe, '\n')
      return false
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      return true
    }
  }
  const child = spawn(process.execPath, args, { stdio: ['ignore', stdout, 'inherit'] })
  try {
    await until('the pipe is full', isFull, 25_000)
    const took = await endsBy(child.pid ?? 0, signal)
    // It ended by itself, with a code.
    expect(child.signalCode).toBe(null)
    return took
  } finally {
    child.kill('SIGKILL')
    for (const file of [pipe, stdout]) closeSync(file)
    rmSync(folder, { recursive: true })
  }
}
