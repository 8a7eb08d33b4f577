import { safeText } from '../../../lib/text.ts'
import { signalNumber } from '../../../model/signals.ts'
import type { Action } from './action.ts'
import { notPermitted, otherReason } from './refusal.ts'
import { codeOf, ENDED } from './target.ts'

function noSuchSignal(signal: string | number): string {
  return `there is no signal ${safeText(String(signal), 20)} here`
}

/** Sends a signal, kill(2). One to a thread is one to its whole process. */
export const signal: Action<'signal'> = {
  refuse: ({ signal }) => (signalNumber(signal) === undefined ? noSuchSignal(signal) : undefined),
  apply(pid, { signal }, { kill, root }) {
    const number = signalNumber(signal)
    if (number === undefined) return noSuchSignal(signal)
    try {
      kill(pid, number)
      return undefined
    } catch (error) {
      switch (codeOf(error)) {
        case 'ESRCH':
          return ENDED
        case 'EPERM':
          return notPermitted(pid, root)
        case 'EINVAL':
          return noSuchSignal(signal)
        default:
          return otherReason(error)
      }
    }
  },
}
