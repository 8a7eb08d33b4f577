import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { endOfProgram, runProgram, type Spawn } from '../../src/lib/run-program.ts'
import { has } from '../probes/linux/machine.ts'

const guards = process.platform === 'linux' && has('timeout', '1', 'true')
const never = new AbortController().signal
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test.runIf(guards)('a program does not outlive its time, whether or not anybody is left to end it', async () => {
  await expect(runProgram(spawn, never, 'sleep', ['600'], { lifeMs: 0 })).rejects.toThrow('sleep: was ended by SIGKILL')
})

test.runIf(guards)('who is ended takes along what it started', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'run-'))
  folders.push(folder)
  const note = join(folder, 'pid')
  const controller = new AbortController()
  const script = `sleep 600 & echo $! > ${note}.new && mv ${note}.new ${note}; wait`
  const ended = runProgram(spawn, controller.signal, 'sh', ['-c', script], { lifeMs: 60_000 })
  const rejected = expect(ended).rejects.toThrow('sh: was ended')
  await vi.waitFor(() => expect(existsSync(note)).toBe(true), { timeout: 5000 })
  const pid = Number(readFileSync(note, 'utf8'))
  expect(alive(pid)).toBe(true)
  controller.abort()
  await rejected
  await vi.waitFor(() => expect(alive(pid)).toBe(false), { timeout: 5000 })
})

test('where there is nobody to guard it a program runs all the same', async () => {
  const commands: string[] = []
  const withoutGuard: Spawn = (command, ...rest) => {
    commands.push(command)
    return spawn(command === 'timeout' ? 'healthtop-no-such-program' : command, ...rest)
  }
  expect(await runProgram(withoutGuard, never, 'echo', ['it runs'], { lifeMs: 5000 })).toBe('it runs\n')
  expect(commands.at(-1)).toBe('echo')
  expect(await runProgram(withoutGuard, never, 'healthtop-no-such-program', [], { lifeMs: 5000 })).toBeUndefined()
})

test('a program that fails still tells what it wrote, and how it ended', async () => {
  const ended = await endOfProgram(spawn, never, 'sh', ['-c', 'echo lost; echo why >&2; echo "$MORE"; exit 3'], {
    environment: { MORE: 'more' },
  })
  expect(ended).toEqual({ code: 3, killed: null, stdout: 'lost\nmore\n', stderr: 'why\n' })
  expect(await endOfProgram(spawn, never, 'sh', ['-c', 'kill -9 $$'])).toMatchObject({ code: null, killed: 'SIGKILL' })
})

test('that a program given up is no more is told when it is', async () => {
  const controller = new AbortController()
  const gone = vi.fn()
  const ended = endOfProgram(spawn, controller.signal, 'sleep', ['600'], { gone })
  const rejected = expect(ended).rejects.toThrow('sleep: was ended')
  controller.abort()
  await rejected
  await vi.waitFor(() => expect(gone).toHaveBeenCalledOnce(), { timeout: 5000 })
  expect(await endOfProgram(spawn, never, 'healthtop-no-such-program', [], { gone })).toBeUndefined()
  expect(gone).toHaveBeenCalledOnce()
})
