import { formatRanges } from '../../lib/ranges.ts'
import type { IoClass, ProcessId, ProcessRow } from '../../model/processes.ts'
import { SIGNALS } from '../../model/signals.ts'
import type { Command } from '../../model/source.ts'
import type { ActionOverlay } from '../state.ts'

/** setpriority(2). */
export const NICE_FIRST = -20
export const NICE_LAST = 19

/** ioprio_set(2): levels of the classes that have some, 0 first. */
export const IO_LEVELS = 8
/** What the kernel takes for a process of nice 0. */
const IO_LEVEL = 4

export interface IoClassChoice {
  readonly id: Extract<Command, { kind: 'io_class' }>['ioClass']
  readonly name: string
  readonly help: string
  readonly levels: boolean
}

/** ioprio_set(2), in people's words. */
export const IO_CLASSES: readonly IoClassChoice[] = [
  { id: 'none', name: 'none', help: 'its turn follows its nice', levels: false },
  { id: 'best-effort', name: 'best effort', help: 'its turn follows the level', levels: true },
  { id: 'idle', name: 'idle', help: 'when nobody else wants the disk', levels: false },
  { id: 'realtime', name: 'realtime', help: 'before everybody, whoever waits', levels: true },
]

/** A list of cores beyond this is told by its length, outside the dialog. */
const LONG = 24

/** The level that is chosen. */
export function levelOf({ value }: ActionOverlay): number {
  return value ?? IO_LEVEL
}

/** `best effort 4` for what the model calls `best-effort 4`. */
export function ioClassText(ioClass: IoClass): string {
  return ioClass.replace('-', ' ')
}

/** What a nice value means to the others who want the cores. */
export function niceWords(nice: number): string {
  if (nice <= NICE_FIRST) return 'first of all'
  if (nice < -9) return 'long before others'
  if (nice < 0) return 'before others'
  if (nice === 0) return 'as everybody'
  if (nice < 10) return 'steps back for others'
  return nice < NICE_LAST ? 'steps far back for others' : 'last, takes what is left'
}

/** All cores there are to choose from: of the machine; undefined until that is known. */
export function coresThere({ current }: ActionOverlay): readonly number[] | undefined {
  return current?.[0]?.cores
}

/** `all 8 cores`, `0-3,6`; `core 5` for a single one. */
export function coresText(cores: readonly number[], there: readonly number[]): string {
  if (cores.length === there.length && there.length > 1) return `all ${there.length} cores`
  return `${cores.length === 1 ? 'core' : 'cores'} ${formatRanges(cores)}`
}

/** `node 4211`, `3 processes`. */
export function whom(targets: readonly ProcessRow[]): string {
  const [only] = targets
  return only !== undefined && targets.length === 1 ? `${only.name} ${only.pid}` : `${targets.length} processes`
}

/** What the second button of a dialog stands for. */
export interface Order {
  /** On the button: `Send TERM`. */
  readonly label: string
  /** What is asked of the source; why nothing can be asked yet, where that is so. */
  readonly command: Command | string
  /** What is said when it was done: `TERM sent to node 4211`. */
  readonly done: string
}

/** What a dialog would do as it stands. */
export function orderOf(overlay: ActionOverlay): Order {
  const targets = overlay.targets.map(({ pid, startTicks }): ProcessId => ({ pid, startTicks }))
  const who = whom(overlay.targets)
  switch (overlay.kind) {
    case 'signal': {
      const signal = SIGNALS[overlay.selected]
      if (signal === undefined) return { label: 'Send', command: 'no signal is chosen', done: '' }
      const name = signal.name.slice(3)
      // Node knows no names of real-time signals.
      const known = name.startsWith('RT') ? signal.number : signal.name
      return {
        label: `Send ${name}`,
        command: { kind: 'signal', targets, signal: known },
        done: `${name} sent to ${who}`,
      }
    }
    case 'nice': {
      const nice = overlay.value ?? 0
      return { label: `Set nice ${nice}`, command: { kind: 'nice', targets, nice }, done: `nice ${nice} for ${who}` }
    }
    case 'io_class': {
      const choice = IO_CLASSES[overlay.selected]
      if (choice === undefined) return { label: 'Set', command: 'no class is chosen', done: '' }
      const level = levelOf(overlay)
      const text = choice.levels ? `${choice.name} ${level}` : choice.name
      return {
        label: `Set ${text}`,
        command: { kind: 'io_class', targets, ioClass: choice.id, level },
        done: `I/O class ${text} for ${who}`,
      }
    }
    case 'affinity': {
      const { cores } = overlay
      const there = coresThere(overlay)
      if (cores === undefined || there === undefined)
        return { label: 'Set cores', command: 'what it has now is not known yet', done: '' }
      if (cores.length === 0) return { label: 'Set no core', command: 'one core has to stay', done: '' }
      const exact = coresText(cores, there)
      const text = exact.length > LONG ? `${cores.length} of ${there.length} cores` : exact
      return {
        label: `Set ${text}`,
        command: { kind: 'affinity', targets, cores },
        done: `${text} for ${who}`,
      }
    }
  }
}
