import { span } from '../lib/units.ts'
import type { EventKind, LogEvent } from '../model/event.ts'
import type { Mount, Reason } from '../model/frame.ts'
import type { Sample } from '../model/sample.ts'
import { keepIdentity } from './identity.ts'
import { type State, States } from './states.ts'

/** A mount is let be slow for this long before the verdict says that it is not known. */
const UNKNOWN_AFTER_MS = 60_000

/** Slow mounts are asked in the background and come a little later than the others. */
const SETTLE_MS = 10_000

/** What is mounted for a shorter time (a test, an image that is looked into) is worth no line. */
const BRIEF_MS = 5000

interface Answers {
  /** Monotonic time at which it was mounted, while nobody was told of that. */
  untoldMono: number | undefined
  answering: boolean
  /** What it was when it answered last; undefined before. */
  readOnly: boolean | undefined
  /** Wall time of the first answer of this stretch, and of the last answer at all. */
  sinceMs: number
  lastMs: number
  lastMono: number
}

/** The mounted file systems, from states `mount{device=,mount=,type=}` = `ok`, `read-only` or `no answer`. */
export class Mounts {
  readonly #states = new States('mount', SETTLE_MS)
  readonly #answers = new Map<State, Answers>()
  #list: readonly Mount[] = []
  #paths: ReadonlySet<string> = new Set()
  #silent: ReadonlySet<string> = new Set()

  /** By path. */
  get list(): readonly Mount[] {
    return this.#list
  }

  has(path: string): boolean {
    return this.#paths.has(path)
  }

  /** False for a mount that is there but does not answer: what a probe still says of it is only what it knew last. */
  answers(path: string): boolean {
    return !this.#silent.has(path)
  }

  accept(sample: Sample, tell: (event: LogEvent) => void): void {
    const changes = this.#states.accept(sample)
    if (changes === undefined) return
    const { wallMs, monoMs } = sample
    const say = (state: State, kind: EventKind, level: LogEvent['level'], text: string, cause?: string) =>
      tell({ wallMs, kind, level, subject: pathOf(state), text, ...(cause === undefined ? {} : { cause }) })
    for (const state of changes.went) {
      const brief = this.#answers.get(state)?.untoldMono !== undefined
      this.#answers.delete(state)
      if (!brief) say(state, 'mount_removed', 'event', 'went away')
    }
    const came = new Set(changes.came)
    const turned = new Set(changes.turned)
    for (const state of changes.given) {
      const answering = state.value !== 'no answer'
      const readOnly = state.value === 'read-only'
      const known = this.#answers.get(state)
      if (known === undefined) {
        const begin = { sinceMs: wallMs, lastMs: wallMs, lastMono: monoMs }
        const untoldMono = came.has(state) && !changes.settling ? monoMs : undefined
        this.#answers.set(state, { untoldMono, answering, readOnly: answering ? readOnly : undefined, ...begin })
        continue
      }
      if (known.untoldMono !== undefined && monoMs - known.untoldMono >= BRIEF_MS) {
        known.untoldMono = undefined
        say(state, 'mount_added', 'event', 'mounted')
      }
      if (turned.has(state) && known.answering !== answering) {
        if (answering)
          say(state, 'mount_answers', 'ok', 'answers again', `no answer for ${span((monoMs - known.lastMono) / 1000)}`)
        else say(state, 'mount_silent', 'unknown', 'no answer')
        if (answering) known.sinceMs = wallMs
        known.answering = answering
      }
      if (!answering) continue
      if (known.readOnly === !readOnly) {
        if (readOnly) say(state, 'mount_readonly', 'event', 'became read-only')
        else say(state, 'mount_writable', 'event', 'can be written to again')
      }
      known.readOnly = readOnly
      known.lastMs = wallMs
      known.lastMono = monoMs
    }
    const changed = changes.came.length + changes.went.length + changes.turned.length > 0
    if (changed) this.#rebuild()
  }

  /** Mounts that have not answered for a minute. */
  reasons(monoMs: number): Reason[] {
    const reasons: Reason[] = []
    for (const [state, { answering, lastMs, lastMono }] of this.#answers) {
      if (answering || monoMs - lastMono <= UNKNOWN_AFTER_MS) continue
      reasons.push({ verdict: 'unknown', subject: pathOf(state), text: 'no answer', sinceMs: lastMs })
    }
    return reasons
  }

  #rebuild(): void {
    const mounts = [...this.#answers].map(([state, { answering, sinceMs, lastMs }]): Mount => {
      const { device = '', type = '' } = state.labels
      return { mount: pathOf(state), type, device, answering, answeredMs: answering ? sinceMs : lastMs }
    })
    mounts.sort((a, b) => (a.mount < b.mount ? -1 : a.mount > b.mount ? 1 : 0))
    this.#list = keepIdentity(this.#list, mounts)
    this.#paths = new Set(mounts.map(({ mount }) => mount))
    this.#silent = new Set(mounts.flatMap(({ mount, answering }) => (answering ? [] : [mount])))
  }
}

function pathOf(state: State): string {
  return state.labels.mount ?? ''
}
