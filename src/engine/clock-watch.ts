import { span } from '../lib/units.ts'
import type { LogEvent } from '../model/event.ts'

/** Less than this is a clock that is being slewed or a batch that was late. */
const JUMP_MS = 2000

/** Notices when the wall clock jumps against the monotonic one: somebody set it, or the machine slept. */
export class ClockWatch {
  #offset: number | undefined

  accept(wallMs: number, monoMs: number): LogEvent | undefined {
    const offset = wallMs - monoMs
    const moved = this.#offset === undefined ? 0 : offset - this.#offset
    this.#offset = offset
    if (Math.abs(moved) <= JUMP_MS) return undefined
    const by = span(Math.round(Math.abs(moved) / 1000))
    return {
      wallMs,
      kind: 'clock_jump',
      level: 'event',
      subject: 'clock',
      text: `moved ${by} ${moved > 0 ? 'forward' : 'back'}`,
    }
  }
}
