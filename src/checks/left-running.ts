import { span } from '../lib/units.ts'
import type { CheckContext } from './check.ts'

/** In what a check remembers: the monotonic time at which a program of it was started that has not ended yet. */
const STARTED = 'program.started'

/**
 * How long a program that an earlier run gave up has been running (`3 min`); undefined when none does. The kernel can hold a process beyond
 * the reach of SIGKILL, and a second one beside it would be held as well.
 */
export function leftRunning({ memory, now }: CheckContext): string | undefined {
  const started = memory.get(STARTED)
  return typeof started === 'number' ? span((now().monoMs - started) / 1000) : undefined
}

/** Notes that a program is started; to be called when it is no more, or was not started after all. */
export function noteStart({ memory, now }: CheckContext): () => void {
  memory.set(STARTED, now().monoMs)
  return () => {
    memory.delete(STARTED)
  }
}
