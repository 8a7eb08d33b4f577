import { Cursor } from '../../../lib/decimal.ts'
import type { IoClass, ProcessId } from '../../../model/processes.ts'
import type { Scheduling } from '../../../model/source.ts'
import type { Machine } from './action.ts'
import { coresOf, parseCores } from './cores.ts'
import { ask } from './program.ts'
import { checkTarget, readOptional } from './target.ts'

/** How a process is scheduled now; undefined when it has ended. What this system does not have, or does not tell, is absent. */
export async function currentOf(target: ProcessId, machine: Machine): Promise<Scheduling | undefined> {
  const { root, platform } = machine
  const seen = await checkTarget(target, machine.look)
  if (typeof seen === 'string') return undefined
  const cores = coresOf(root)
  if (platform !== 'linux') return { nice: seen.nice, cores }
  const status = readOptional(`${root}/proc/${target.pid}/status`)
  const affinity = status && parseAffinity(status)
  const answer = await ask('ionice', ['-p', `${target.pid}`], machine)
  const ioClass = answer.ok ? parseIoClass(answer.output) : undefined
  return { nice: seen.nice, ...(ioClass && { ioClass }), ...(affinity && { affinity }), cores }
}

/** Cores it may run on, from /proc/PID/status, proc_pid_status(5). Undefined where the kernel does not say. */
export function parseAffinity(bytes: Uint8Array): readonly number[] | undefined {
  const cursor = new Cursor(bytes)
  while (!cursor.done) {
    if (cursor.take('Cpus_allowed_list:')) return parseCores(bytes, cursor.at)
    cursor.skipLine()
  }
  return undefined
}

/** What ionice(1) says of a process: `none: prio 0`, `best-effort: prio 4`, `idle`. The level says nothing without a class. */
export function parseIoClass(text: string): IoClass | undefined {
  const match = /^(none|idle|realtime|best-effort)(?:: prio (\d+))?$/m.exec(text)
  if (match === null) return undefined
  const [, name, level] = match
  if (name === 'none' || name === 'idle') return name
  return (name === 'realtime' || name === 'best-effort') && level !== undefined ? `${name} ${Number(level)}` : undefined
}
