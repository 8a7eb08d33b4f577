import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PROGRAM } from './terminal.ts'

/** How a run of the program ended. */
export interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A run that goes on. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Run>
  /** What came on stdout so far. */
  readonly stdout: () => string
}

/** Starts the program beside the servers of a test, with a configuration folder in which there is nothing unless `env` says so. */
export function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const home = mkdtempSync(join(tmpdir(), 'healthtop-config-'))
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CI: undefined, XDG_CONFIG_HOME: home, ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Run>((resolve) => {
    child.on('close', (status) => {
      rmSync(home, { recursive: true, force: true })
      resolve({ status, stdout, stderr })
    })
  })
  return { child, ended, stdout: () => stdout }
}

/** `healthtop check` with these arguments, to its end. */
export function check(...args: string[]): Promise<Run> {
  return start(['check', ...args]).ended
}

/** A check of `--format json`, as far as the tests look. */
export interface CheckJson {
  readonly name: string
  readonly type: string
  readonly target: string
  readonly state: string
  readonly reason: string | null
  readonly error: string | null
  readonly latency_s: number | null
  readonly details: { readonly origin: string; readonly tries: number }
}

/** What was said on stderr beside what it waits for. */
export function saidOf({ stderr }: Run): string {
  return stderr.replace(/^healthtop: \d+ of \d+ checked, waiting for .*\n/gm, '')
}

/** The checks of what was printed as JSON, where nothing went wrong. */
export function checksOf(run: Run): readonly CheckJson[] {
  const { stdout } = run
  if (saidOf(run) !== '') throw new Error(saidOf(run))
  return JSON.parse(stdout).checks
}
