import type { Action, CommandOf } from './action.ts'
import { ask } from './program.ts'
import { notPermitted, otherOwner } from './refusal.ts'
import { everyThread } from './threads.ts'

/** Numbers of the classes, ioprio_set(2). */
const CLASSES = { none: 0, realtime: 1, 'best-effort': 2, idle: 3 } as const

const LEVELS = 8

function hasLevel({ ioClass }: CommandOf<'io_class'>): boolean {
  return ioClass === 'realtime' || ioClass === 'best-effort'
}

/** Sets when a process may use disks, by ionice(1): each thread has its own class, ioprio_set(2). */
export const ioClass: Action<'io_class'> = {
  refuse(command, { platform }) {
    if (platform !== 'linux') return 'only Linux has classes of I/O'
    const { level } = command
    if (!hasLevel(command) || (Number.isInteger(level) && level >= 0 && level < LEVELS)) return undefined
    return `the level is a whole number from 0 to ${LEVELS - 1}`
  },
  apply(pid, command, machine) {
    const level = hasLevel(command) ? ['-n', `${command.level}`] : []
    const how = ['-c', `${CLASSES[command.ioClass]}`, ...level]
    return everyThread(pid, machine.root, async (threads, round) => {
      // It stops at the first thread that is not there any more. What hinders all of them it says in the first round.
      const tolerant = round > 0 ? ['-t'] : []
      const answer = await ask('ionice', [...how, ...tolerant, '-p', ...threads.map(String)], machine)
      if (answer.ok) return undefined
      if (answer.why !== 'not permitted') return answer.reason
      const mine = otherOwner(pid, machine.root) === undefined
      return mine && command.ioClass === 'realtime'
        ? 'only root may make it real-time'
        : notPermitted(pid, machine.root)
    })
  },
}
