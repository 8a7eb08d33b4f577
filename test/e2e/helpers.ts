import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { SORT_KEYS, type SortKey } from '../../src/model/processes.ts'
import { KEY } from './terminal.ts'

/** What to type, but for the last Enter, to sort a table that is sorted by CPU by another column. */
export function sortedBy(column: SortKey): string {
  const steps = SORT_KEYS.indexOf(column) - SORT_KEYS.indexOf('cpu')
  return `s${(steps < 0 ? KEY.up : KEY.down).repeat(Math.abs(steps))}`
}

/** Keeps one core busy until it is disposed of; its arguments name it on the screen. */
export function burn(name: string): ChildProcess & Disposable {
  const child = spawn(process.execPath, ['-e', 'for (;;) {}', name], { stdio: 'ignore' })
  return Object.assign(child, { [Symbol.dispose]: () => void child.kill('SIGKILL') })
}

/** A process that does nothing, under a name of its own. */
export function sleeper(name: string): ChildProcess & Disposable {
  const child = spawn('sleep', ['600'], { argv0: name, stdio: 'ignore' })
  return Object.assign(child, { [Symbol.dispose]: () => void child.kill('SIGKILL') })
}

/** Children of a process, threads not counted. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid
      } catch {
        return false
      }
    })
    .map(Number)
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}

/** Waits until something holds; the error says what did not. */
export async function until(what: string, holds: () => boolean, timeoutMs = 10_000): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Sends a signal, waits until the process is gone, and says how many milliseconds that took. */
export async function endsBy(pid: number, signal: NodeJS.Signals): Promise<number> {
  const started = performance.now()
  process.kill(pid, signal)
  await until(`${pid} ended by ${signal}`, () => !alive(pid))
  return performance.now() - started
}
