import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { delimiter } from 'node:path'

const MAX_BYTES = 1024 * 1024

/** What measures the machine often lies where only root looks. */
const MORE_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin', '/run/current-system/sw/bin']

/** `spawn` of node:child_process. */
export type Spawn = (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess

/** Where programs are looked for, in this order. */
export function programFolders(): readonly string[] {
  const own = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return [...new Set([...own, ...(process.platform === 'win32' ? [] : MORE_FOLDERS)])]
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: programFolders().join(delimiter), LC_ALL: 'C' }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}

export interface RunOptions {
  /**
   * The program and what it starts do not live longer than this (rounded up to seconds, and one more), even where this process is ended
   * by SIGKILL meanwhile: timeout(1) of coreutils and BusyBox sees to it, on Linux and where there is one.
   */
  readonly lifeMs?: number
  /** Variables beside ours. */
  readonly environment?: Readonly<Record<string, string>>
  /** Told when the process is no more, which may be long after a signal gave it up: the kernel can hold it. Not where none was started. */
  readonly gone?: () => void
}

/** How a program came to its end. */
export interface ProgramEnd {
  /** Its exit status; null when a signal ended it. */
  readonly code: number | null
  readonly killed: NodeJS.Signals | null
  readonly stdout: string
  /** Its end, where there is more than 1 MB. */
  readonly stderr: string
}

/**
 * Runs a program without a shell, in the language of the format (LC_ALL=C), and gives what it wrote to stdout. Undefined where there is
 * no such program. Rejects when it fails (with the last line of its stderr), writes more than 1 MB, or when the signal ends it: then it is
 * killed and left to the kernel, which may hold it for long.
 */
export async function runProgram(
  spawn: Spawn,
  signal: AbortSignal,
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string | undefined> {
  const end = await endOfProgram(spawn, signal, program, args, options)
  if (end === undefined || end.code === 0) return end?.stdout
  const { code, killed, stderr } = end
  const reason = lastLine(stderr) || (code === null ? `was ended by ${killed}` : `ended with status ${code}`)
  throw new Error(`${program}: ${reason}`)
}

/** As `runProgram`, for programs that tell something by failing too: resolves with how it ended, whatever its status. */
export async function endOfProgram(
  spawn: Spawn,
  signal: AbortSignal,
  program: string,
  args: readonly string[],
  { lifeMs, environment: more = {}, gone }: RunOptions = {},
): Promise<ProgramEnd | undefined> {
  const common = { name: program, more, gone }
  if (lifeMs !== undefined && process.platform === 'linux') {
    const seconds = Math.ceil(lifeMs / 1000) + 1
    const guarded = ['-s', 'KILL', String(seconds), program, ...args]
    const end = await run(spawn, signal, { ...common, command: 'timeout', args: guarded, guarded: true })
    if (end !== undefined) return end
  }
  return run(spawn, signal, { ...common, command: program, args, guarded: false })
}

/** How timeout(1) ends when it could not start the program, or does not know these arguments (BusyBox before 1.30). */
const NOT_STARTED = [125, 126, 127]

interface Run {
  /** In what is said of it. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** `command` is timeout(1): it ends its whole group when its alarm goes off, and may have found no program. */
  readonly guarded: boolean
  readonly more: Readonly<Record<string, string>>
  readonly gone: (() => void) | undefined
}

async function run(
  spawn: Spawn,
  signal: AbortSignal,
  { name, command, args, guarded, more, gone }: Run,
): Promise<ProgramEnd | undefined> {
  if (signal.aborted) throw new Error(`${name}: was ended`)
  const child = spawn(command, args, {
    cwd: '/',
    env: { ...environment(), ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    const output: Buffer[] = []
    let length = 0
    let complaint = ''
    const settle = (end: () => void) => {
      signal.removeEventListener('abort', stop)
      end()
    }
    const fail = (reason: string) => settle(() => reject(new Error(`${name}: ${reason}`)))
    const leave = () => {
      child.kill(guarded ? 'SIGALRM' : 'SIGKILL')
      child.stdout?.destroy()
      child.stderr?.destroy()
      child.unref()
    }
    const stop = () => {
      leave()
      fail('was ended')
    }
    signal.addEventListener('abort', stop)
    child.stdout?.on('data', (chunk: Buffer) => {
      output.push(chunk)
      length += chunk.length
      if (length <= MAX_BYTES) return
      leave()
      fail('wrote more than 1 MB')
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      // Its end is what is wanted.
      complaint = (complaint + text).slice(-MAX_BYTES)
    })
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') settle(() => resolve(undefined))
      else fail(error.message)
    })
    child.on('exit', () => gone?.())
    child.on('close', (code, killed) => {
      if (guarded && code !== null && NOT_STARTED.includes(code)) settle(() => resolve(undefined))
      else settle(() => resolve({ code, killed, stdout: Buffer.concat(output).toString('utf8'), stderr: complaint }))
    })
  })
}
