import { formatRanges } from '../../../lib/ranges.ts'
import type { Action, Machine } from './action.ts'
import { coresOf } from './cores.ts'
import { ask } from './program.ts'
import { notPermitted } from './refusal.ts'
import { everyThread, isThread, ofThreads, ROUNDS } from './threads.ts'

/** Sets the cores a process may run on, by taskset(1): each thread has its own, sched_setaffinity(2). */
export const affinity: Action<'affinity'> = {
  refuse({ cores }, { platform, root }) {
    if (platform !== 'linux') return 'only Linux binds processes to cores'
    if (cores.length === 0) return 'no core is left to run on'
    const there = coresOf(root)
    const missing = cores.filter((core) => !there.includes(core))
    if (missing.length === 0) return undefined
    return `there is no core ${missing.join(', ')} here, only ${formatRanges(there)}`
  },
  apply(pid, { cores }, machine) {
    const list = formatRanges(cores)
    const all = isThread(pid, machine.root) ? [] : ['-a']
    return everyThread(pid, machine.root, async (threads, round) => {
      // All at once it stops at a thread that has just ended: where they come and go fast, one program each, at last.
      if (round < ROUNDS - 1) return bind(pid, [...all, '-c', '-p', list, `${pid}`], machine)
      const reasons: (string | undefined)[] = []
      for (const thread of threads) reasons.push(await bind(pid, ['-c', '-p', list, `${thread}`], machine))
      return ofThreads(reasons)
    })
  },
}

async function bind(pid: number, args: readonly string[], machine: Machine): Promise<string | undefined> {
  const answer = await ask('taskset', args, machine)
  if (answer.ok) return undefined
  if (answer.why === 'not permitted') return notPermitted(pid, machine.root)
  // The cores are there, so its cpuset (cpuset(7)) or the kernel itself keeps it from them.
  return answer.why === 'not possible' ? 'it may not run on these: its cgroup or the kernel binds it' : answer.reason
}
