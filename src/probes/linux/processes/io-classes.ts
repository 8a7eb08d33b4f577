import { runProgram, type Spawn } from '../../../lib/run-program.ts'
import type { IoClass } from '../../../model/processes.ts'
import { parseIonice } from '../watch/ionice.ts'
import type { Process } from './process.ts'

const DEADLINE_MS = 2000
/** Who fails so often in a row is not going to work. */
const MAX_FAILURES = 5
/** More make a command line that the kernel refuses. */
const MAX_ASKED = 4096

/** What `ionice -p` prints for several pids: a line each, in their order. */
export function parseIoClasses(text: string): (IoClass | undefined)[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(parseIonice)
}

/**
 * Asks for I/O classes: no file tells them and ioprio_get(2) is not within Node's reach, so that one `ionice` is started for all
 * who are wanted, at most one at a time. Answers come later than the question.
 */
export class IoClasses {
  private readonly spawn: Spawn
  private readonly wanted = new Set<Process>()
  private failures = 0
  private asking: AbortController | undefined

  constructor(spawn: Spawn) {
    this.spawn = spawn
  }

  /** To be asked about the next time. */
  want(process: Process): void {
    if (this.failures < MAX_FAILURES) this.wanted.add(process)
  }

  /** Asks about all who are wanted, unless that is being done. Over when the answer has been given to them; never rejects. */
  async ask(): Promise<void> {
    if (this.asking !== undefined) return
    for (const process of this.wanted) if (process.ended) this.wanted.delete(process)
    if (this.wanted.size === 0) return
    const processes = [...this.wanted].slice(0, MAX_ASKED)
    const controller = new AbortController()
    this.asking = controller
    const timer = setTimeout(() => controller.abort(), DEADLINE_MS)
    timer.unref()
    try {
      const pids = processes.map(({ pid }) => String(pid))
      const text = await runProgram(this.spawn, controller.signal, 'ionice', ['-p', ...pids])
      this.take(processes, text)
    } catch {
      // Most likely one of them ended meanwhile, and it stops at the first it does not find: the others are asked about again.
      if (++this.failures === MAX_FAILURES) this.wanted.clear()
    } finally {
      clearTimeout(timer)
      this.asking = undefined
    }
  }

  close(): void {
    this.wanted.clear()
    this.asking?.abort()
  }

  /** Without text there is no such program. */
  private take(processes: readonly Process[], text: string | undefined): void {
    this.failures = text === undefined ? MAX_FAILURES : 0
    const classes = parseIoClasses(text ?? '')
    processes.forEach((process, index) => {
      this.wanted.delete(process)
      if (process.details !== undefined) process.details.ioClass = classes[index]
    })
    if (text === undefined) this.wanted.clear()
  }
}
