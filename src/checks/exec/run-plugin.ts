import { type ChildProcess, spawn } from 'node:child_process'

const MAX_BYTES = 1024 * 1024
/** How long somebody may hold the pipe of a plug-in that has ended. */
const HOLD_MS = 100
/** How long a plug-in that was killed is waited for: the kernel may hold it for ever. */
const GONE_MS = 150

export interface Plugin {
  readonly command: readonly [string, ...string[]]
  readonly cwd?: string | undefined
  readonly env: Readonly<Record<string, string>>
}

/** How a plug-in came to its end. */
export interface PluginEnd {
  /** Its exit status; null when a signal ended it. */
  readonly code: number | null
  readonly killed: NodeJS.Signals | null
  readonly stdout: string
  /** The first megabyte. */
  readonly stderr: string
  /** It wrote more than 1 MiB, and was ended for it. */
  readonly tooMuch: boolean
}

/**
 * Runs a plug-in: an argv, never a shell, in a process group of its own. Rejects with the system's error when it cannot be started, and
 * with the signal's reason when that ended it: then the whole group is killed. Who holds the pipe after the plug-in has ended is killed
 * too, or, where it left the group, no longer listened to; what closed its output is left alone. `gone` is told when the plug-in is no more.
 */
export async function runPlugin(plugin: Plugin, signal: AbortSignal, gone: () => void): Promise<PluginEnd> {
  signal.throwIfAborted()
  const [program, ...args] = plugin.command
  const child = spawn(program, args, {
    cwd: plugin.cwd ?? '/',
    env: plugin.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    let tooMuch = false
    let ended: Pick<PluginEnd, 'code' | 'killed'> | undefined
    let timer: NodeJS.Timeout | undefined
    let killing = false
    let settled = false

    const settle = (finish: () => void) => {
      settled = true
      signal.removeEventListener('abort', stop)
      clearTimeout(timer)
      child.stdout.destroy()
      child.stderr.destroy()
      finish()
    }
    const finish = () =>
      settle(() => {
        const { code, killed } = ended ?? { code: null, killed: 'SIGKILL' as const }
        const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).subarray(0, MAX_BYTES).toString('utf8')
        resolve({ code, killed, stdout: text(stdout), stderr: text(stderr), tooMuch })
      })
    const kill = (then: () => void) => {
      if (settled) return
      killing = true
      killGroup(child)
      clearTimeout(timer)
      if (ended !== undefined) return then()
      child.once('exit', then)
      timer = setTimeout(() => {
        child.unref()
        then()
      }, GONE_MS)
    }
    const stop = () => kill(() => settle(() => reject(signal.reason)))
    const gather = (chunks: Buffer[]) => {
      let length = 0
      return (chunk: Buffer) => {
        if (tooMuch) return
        chunks.push(chunk)
        length += chunk.length
        if (length <= MAX_BYTES) return
        tooMuch = true
        kill(finish)
      }
    }
    signal.addEventListener('abort', stop)
    child.stdout.on('data', gather(stdout))
    child.stderr.on('data', gather(stderr))
    child.once('error', (error) => settle(() => reject(error)))
    child.once('exit', (code, killed) => {
      ended = { code, killed }
      gone()
      if (killing) return
      // What it wrote before its end is in the pipe: one look at it comes between this timer and what follows.
      timer = setTimeout(() => setImmediate(() => kill(finish)), HOLD_MS)
    })
    child.once('close', finish)
  })
}

function killGroup(child: ChildProcess): void {
  try {
    // 0 would be our own group.
    if (child.pid) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Nobody is left of it, or there are no groups here.
    child.kill('SIGKILL')
  }
}
