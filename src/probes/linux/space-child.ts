import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { Cursor } from '../../lib/decimal.ts'
import type { Bytes } from '../probe.ts'
import { parseSpace, type SpaceAnswer } from './space-figures.ts'

const DEADLINE_MS = 500

/** Fundamental block size, blocks, free, available, inodes, free inodes. Source: stat(1) of coreutils and BusyBox. */
const FORMAT = '%S %b %f %a %c %d'

/** Looked for in the system's own folders only: a folder of PATH may itself lie on a mount that hangs. */
const ENVIRONMENT = { PATH: '/usr/bin:/bin:/run/current-system/sw/bin', LC_ALL: 'C' }

/** `spawn` of node:child_process. */
export type Spawn = (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess

export interface SpaceListener {
  /** Called once, at the latest when the deadline is over. */
  readonly answer: (answer: SpaceAnswer) => void
  /** Called once, when the child is gone: long after the answer, if the kernel holds it. */
  readonly ended: () => void
}

/**
 * Asks for the space of a mount that may hang, by a child: a thread of this process that hangs in statfs(2) could neither be ended nor
 * would it let the process end. After the deadline the child is killed and left alone. Returns what does the same at once.
 */
export function askSpace(spawn: Spawn, path: string, { answer, ended }: SpaceListener): () => void {
  const child = spawn('stat', ['-f', '-c', FORMAT, path], {
    cwd: '/',
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let complaint = ''
  let open = true
  let alive = true

  const tell = (result: SpaceAnswer) => {
    if (!open) return
    open = false
    clearTimeout(deadline)
    answer(result)
  }
  const leave = () => {
    child.kill('SIGKILL')
    child.stdout?.destroy()
    child.stderr?.destroy()
    child.unref()
  }
  const end = () => {
    if (!alive) return
    alive = false
    ended()
  }
  const deadline = setTimeout(() => {
    tell('dead')
    leave()
  }, DEADLINE_MS)
  deadline.unref()

  child.stdout?.setEncoding('latin1').on('data', (text: string) => {
    output += text
  })
  child.stderr?.setEncoding('latin1').on('data', (text: string) => {
    complaint += text
  })
  child.on('error', () => {
    // There is no such program here, or no more can be started.
    tell('denied')
    end()
  })
  child.on('close', () => tell(parseAnswer(Buffer.from(output, 'latin1'), complaint)))
  child.on('exit', end)
  return () => {
    open = false
    clearTimeout(deadline)
    leave()
  }
}

function parseAnswer(output: Bytes, complaint: string): SpaceAnswer {
  const space = parseSpace(new Cursor(output))
  if (space !== undefined) return space
  return /permission denied|not permitted/i.test(complaint) ? 'denied' : 'dead'
}
