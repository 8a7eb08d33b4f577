import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Outcome, ProcessCommand } from '../../../../src/model/source.ts'
import { parseStat, StatReading } from '../../../../src/probes/linux/processes/stat.ts'
import { type Machine, thisMachine } from '../../../../src/sources/live/actions/action.ts'
import { perform } from '../../../../src/sources/live/actions/perform.ts'

/** A process of the test, which ends with it. */
export interface Running extends AsyncDisposable {
  readonly child: ChildProcess
  readonly pid: number
  readonly target: { readonly pid: number; readonly startTicks: number }
  end(): Promise<void>
}

export function startTicksOf(pid: number): number {
  const reading = new StatReading()
  const stat = readFileSync(`/proc/${pid}/stat`)
  if (!parseStat(stat, stat.length, reading)) throw new Error(`no process ${pid}`)
  return reading.startTicks
}

async function begun(child: ChildProcess): Promise<Running> {
  await once(child, 'spawn')
  const pid = child.pid as number
  const gone = once(child, 'exit')
  const end = async () => {
    child.kill('SIGKILL')
    await gone
  }
  return { child, pid, target: { pid, startTicks: startTicksOf(pid) }, end, [Symbol.asyncDispose]: end }
}

/** A process of one thread that waits. */
export function sleeper(options: SpawnOptions = {}): Promise<Running> {
  return begun(spawn('sleep', ['1000'], { stdio: 'ignore', ...options }))
}

/** A process of many threads that waits. */
export async function threaded(): Promise<Running> {
  const script = `
    const { Worker } = require('node:worker_threads')
    const worker = new Worker('setInterval(() => {}, 1e6)', { eval: true })
    worker.on('online', () => console.log('there'))`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  const running = await begun(child)
  await once(child.stdout, 'data')
  return running
}

/** What a program writes. */
export function output(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
}

/** Nice values of all threads, as ps(1) sees them. */
export function niceValues(pid: number): number[] {
  return output('ps', '-L', '-o', 'ni=', '-p', `${pid}`).trim().split('\n').map(Number)
}

/** Ids of all threads, as ps(1) sees them. */
export function threadIds(pid: number): string[] {
  return output('ps', '-L', '-o', 'tid=', '-p', `${pid}`).trim().split(/\s+/)
}

export function act(command: ProcessCommand, parts: Partial<Machine> = {}): Promise<Outcome> {
  return perform(command, { ...thisMachine('/', new AbortController().signal), ...parts })
}
