import type { Action, Machine } from './action.ts'
import { notPermitted, otherReason } from './refusal.ts'
import { codeOf, ENDED } from './target.ts'
import { everyThread, ofThreads } from './threads.ts'

const FIRST = -20
const LAST = 19

/**
 * Sets how much a process steps back for others, setpriority(2). On Linux each thread has a value of its own (setpriority(2), C
 * library/kernel differences): all of them are set.
 */
export const nice: Action<'nice'> = {
  refuse: ({ nice }) =>
    Number.isInteger(nice) && nice >= FIRST && nice <= LAST
      ? undefined
      : `nice is a whole number from ${FIRST} to ${LAST}`,
  apply(pid, { nice }, machine) {
    if (machine.platform !== 'linux') return setNice(pid, pid, nice, machine)
    return everyThread(pid, machine.root, (threads) =>
      ofThreads(threads.map((thread) => setNice(pid, thread, nice, machine))),
    )
  },
}

function setNice(pid: number, thread: number, nice: number, { setPriority, root }: Machine): string | undefined {
  try {
    setPriority(thread, nice)
    return undefined
  } catch (error) {
    switch (codeOf(error)) {
      case 'ESRCH':
        return ENDED
      case 'EPERM':
        return notPermitted(pid, root)
      case 'EACCES':
        return nice < 0 ? 'only root may make it go before others' : 'only root may make it go first again'
      default:
        return otherReason(error)
    }
  }
}
