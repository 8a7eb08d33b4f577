import type { Clock } from '../lib/clock.ts'
import type { Frame } from '../model/frame.ts'
import type { ProcessId, ProcessQuery } from '../model/processes.ts'
import type { Command, Outcome, Scheduling } from '../model/source.ts'
import type { WatchRequest } from '../model/watch.ts'
import type { KeyBinding } from './keys/binding.ts'
import type { Look } from './paint/look.ts'
import type { Grid } from './screen/grid.ts'
import type { ViewState } from './state.ts'
import type { ThemeChoice } from './theme/theme.ts'

/** Where frames come from and where what a person does goes. */
export interface ProgramSource {
  readonly frame: Frame
  readonly can: ReadonlySet<Command['kind']>
  /** The id of the question, which its answers carry. */
  ask(query: Omit<ProcessQuery, 'id'>): number
  watch(request: WatchRequest | undefined): void
  command(command: Command): Promise<Outcome>
  inspect(target: ProcessId): Promise<Scheduling | undefined>
}

/** Where the picture goes. */
export interface ProgramScreen {
  /** The last picture is not out yet: nothing new is painted. */
  readonly busy: boolean
  show(grid: Grid): void
  /** Hands text to the terminal's clipboard (OSC 52); a terminal without one ignores it. */
  copy(text: string): void
  /** Rings. */
  bell(): void
  /** Asks the terminal to show a sentence on the desktop; one that cannot ignores it. */
  notify(text: string): void
  /** All of the terminal is unknown: the next picture is drawn whole. */
  forget(): void
  /** Has the terminal report mouse events, or not. */
  mouse(on: boolean): void
  /** From now on everything is drawn in this theme. The colours there are then. */
  theme(choice: ThemeChoice): Look['depth']
  /** Gives the terminal to the shell until it is given back. */
  suspend(): void
}

export interface ProgramOptions {
  readonly source: ProgramSource
  readonly screen: ProgramScreen
  readonly look: Look
  readonly clock: Clock
  readonly state: ViewState
  readonly version: string
  /** The table of keys as the person has them bound. */
  readonly keys: readonly KeyBinding[]
  /** A newest measurement older than this is stale. */
  readonly staleMs: number
  readonly onQuit: () => void
  /** The file that keeps what the screen remembers, for the settings. */
  readonly memory: string
  /** A person did something that changed the view. */
  readonly onView?: (state: ViewState) => void
}
