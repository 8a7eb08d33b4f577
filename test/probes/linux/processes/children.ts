import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'

/** Real processes of a test, that end with it. */
export class Children implements AsyncDisposable {
  private readonly children: ChildProcess[] = []

  /** Starts one; it is there when this is over. */
  async start(command: string, args: readonly string[] = [], options: SpawnOptions = {}): Promise<ChildProcess> {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], ...options })
    this.children.push(child)
    await once(child, 'spawn')
    return child
  }

  /** A program for Node. It has started to run when it wrote its first line. */
  async node(program: string, options: SpawnOptions = {}): Promise<{ pid: number; child: ChildProcess }> {
    const child = await this.start(process.execPath, ['-e', program], options)
    await line(child)
    return { pid: child.pid as number, child }
  }

  /** Ends one and waits until it is gone. */
  async end(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const closed = once(child, 'exit')
    child.kill('SIGKILL')
    await closed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.children) await this.end(child)
  }
}

/** Waits for a line that a child writes, or for its end. */
export async function line(child: ChildProcess): Promise<string> {
  let text = ''
  while (!text.includes('\n')) {
    const chunk = await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), once(child, 'exit')])
    if (!(chunk[0] instanceof Buffer)) throw new Error('the child ended')
    text += chunk[0]
  }
  return text
}

/** Waits until something holds, as long as a test may take. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** The fields of stat behind the name: index 0 is the state. */
export function statOf(path: string): string[] {
  const text = readFileSync(`${path}/stat`, 'latin1')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

/** Stops a process, and waits until all its threads stand still: what is counted of it stays. */
export async function stop(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP')
  await until(() => readdirSync(`/proc/${pid}/task`).every((id) => statOf(`/proc/${pid}/task/${id}`)[0] === 'T'))
}
