import type { EventKind, LogEvent } from '../model/event.ts'
import type { NetworkInterface } from '../model/frame.ts'
import type { Sample } from '../model/sample.ts'
import { keepIdentity } from './identity.ts'
import { type State, States } from './states.ts'

let natural: Intl.Collator | undefined

/** `eth2` before `eth10`. Made when two names are compared at all: loading its tables takes milliseconds of the start. */
function byName(a: string, b: string): number {
  natural ??= new Intl.Collator('en', { numeric: true })
  return natural.compare(a, b)
}

/** The network interfaces, from states `interface{interface=,virtual=}` = `up` or `down`. */
export class Interfaces {
  readonly #states = new States('interface')
  #list: readonly NetworkInterface[] = []

  /** By name, virtual ones last. */
  get list(): readonly NetworkInterface[] {
    return this.#list
  }

  accept(sample: Sample, tell: (event: LogEvent) => void): void {
    const changes = this.#states.accept(sample)
    if (changes === undefined) return
    const say = (state: State, kind: EventKind, text: string) =>
      tell({ wallMs: sample.wallMs, kind, level: 'event', subject: nameOf(state), text })
    for (const state of changes.went) say(state, 'interface_removed', 'went away')
    if (!changes.settling) for (const state of changes.came) say(state, 'interface_added', 'appeared')
    for (const state of changes.turned) {
      if (state.value === 'up') say(state, 'interface_up', 'went up')
      else say(state, 'interface_down', 'went down')
    }
    if (changes.came.length + changes.went.length + changes.turned.length === 0) return
    const list = this.#states.all().map(
      (state): NetworkInterface => ({
        name: nameOf(state),
        up: state.value === 'up',
        virtual: state.labels.virtual === 'true',
      }),
    )
    list.sort((a, b) => Number(a.virtual) - Number(b.virtual) || byName(a.name, b.name))
    this.#list = keepIdentity(this.#list, list)
  }
}

function nameOf(state: State): string {
  return state.labels.interface ?? ''
}
