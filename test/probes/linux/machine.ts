import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { SystemFiles } from '../../../src/probes/host-files.ts'
import type { Probe } from '../../../src/probes/probe.ts'
import { type Recorder, recorded } from './recorder.ts'

/** Tests against a second source on the machine they run on. */
export const onLinux = process.platform === 'linux'

/** What a probe measures on this machine. */
export function measuredHere(probe: Probe): Recorder {
  const files = new SystemFiles('/')
  try {
    return recorded((out) => probe.read(files, out))
  } finally {
    files.close()
  }
}

/** What a program writes to stdout, in the language of its format. */
export function told(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
}

/** There is a program of this name that runs. */
export function has(program: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** The number behind a name at the head of a line of a file, read by a regular expression: `NaN` where there is none. */
export function lineOf(path: string, name: string): number {
  const line = new RegExp(`^${name.replace(/[()]/g, '\\$&')}:?\\s+(\\d+)`, 'm').exec(readFileSync(path, 'utf8'))
  return Number(line?.[1])
}
