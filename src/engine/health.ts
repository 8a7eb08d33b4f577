import type { LogEvent } from '../model/event.ts'
import type { Reason } from '../model/frame.ts'
import type { SourceHealth } from '../model/source.ts'
import { keepIdentity } from './identity.ts'

/** A restart takes less; what is down for longer leaves the verdict unknown. */
const UNKNOWN_AFTER_MS = 10_000

/** How what measures is doing, and what that means for the verdict. */
export class Health {
  #list: readonly SourceHealth[] = []
  /** Monotonic time since which each part is not running. */
  readonly #downMono = new Map<string, number>()

  get list(): readonly SourceHealth[] {
    return this.#list
  }

  accept(parts: readonly SourceHealth[], wallMs: number, monoMs: number, tell: (event: LogEvent) => void): void {
    const before = new Map(this.#list.map((part) => [part.name, part]))
    for (const part of parts) {
      this.#note(part, before.get(part.name), wallMs, tell)
      if (part.state === 'running') this.#downMono.delete(part.name)
      else if (!this.#downMono.has(part.name)) this.#downMono.set(part.name, monoMs)
    }
    this.#list = keepIdentity(this.#list, parts)
    for (const name of this.#downMono.keys()) if (!parts.some((part) => part.name === name)) this.#downMono.delete(name)
  }

  /** Parts that have been down for more than ten seconds. */
  reasons(monoMs: number): Reason[] {
    return this.#list.flatMap((part): Reason[] => {
      const down = this.#downMono.get(part.name)
      if (down === undefined || monoMs - down <= UNKNOWN_AFTER_MS) return []
      const text = part.state === 'starting' ? 'not started yet' : 'stopped, starting again'
      return [{ verdict: 'unknown', subject: part.name, text, sinceMs: part.sinceMs, ...causeOf(part) }]
    })
  }

  #note(part: SourceHealth, old: SourceHealth | undefined, wallMs: number, tell: (event: LogEvent) => void): void {
    if (old === undefined) return
    const stopped = part.state === 'restarting' && old.state !== 'restarting'
    const missed = part.state === 'running' && old.state === 'running' && part.restarts > old.restarts
    if (stopped || missed) {
      tell({
        wallMs,
        kind: 'worker',
        level: 'unknown',
        subject: part.name,
        text: 'stopped, starting again',
        ...causeOf(part),
      })
    }
    if (missed || (part.state === 'running' && old.state === 'restarting')) {
      tell({ wallMs, kind: 'worker', level: 'ok', subject: part.name, text: 'running again' })
    }
  }
}

function causeOf({ reason }: SourceHealth): { readonly cause?: string } {
  return reason === undefined ? {} : { cause: reason }
}
