import type { Arrangement, ProcessField, ProcessId, ProcessRow, SortKey } from '../model/processes.ts'
import type { WatchTarget } from '../model/watch.ts'
import type { PanelId } from './panels/panel-id.ts'
import type { TextInput } from './text-input.ts'

/** What a person made of the process table. */
export interface ProcessesView {
  readonly sort: SortKey
  readonly reverse: boolean
  readonly filter: string
  /** The filter or the text to find is being typed. */
  readonly input?: { readonly kind: 'filter' | 'find'; readonly line: TextInput; readonly historyAt?: number }
  /** Filters that were kept, newest first. */
  readonly history: readonly string[]
  /** Text that was searched for last, and the search that goes on until an answer comes. */
  readonly found?: string
  readonly finding?: { readonly text: string; readonly from: number; readonly step: 1 | -1 }
  readonly user?: string
  readonly pid?: number
  readonly kernelThreads: boolean
  readonly arrange: Arrangement
  /** Row keys; meaning as in ProcessQuery. */
  readonly toggled: readonly string[]
  readonly threadsOf: readonly string[]
  /** Chosen columns, in order; by width when absent. */
  readonly columns?: readonly ProcessField[]
  /** First column shown after those that stay, when scrolled sideways. */
  readonly shift: number
  readonly follow?: ProcessId
  readonly tagged: readonly ProcessRow[]
}

/** What a person made of the list of services. */
export interface ServicesView {
  /** Words and `state:down`, `label:team=web`, `type:http`: all must hold. */
  readonly filter: string
  /** The filter is being typed. */
  readonly input?: TextInput
  /** What the full view lists: the checks, or every socket that listens here. */
  readonly list: 'checks' | 'sockets'
  /** Name of the check that was selected: the selection stays on it when the order changes. */
  readonly selected?: string
}

/** What a person made of the log. */
export interface LogView {
  /** Words and `severity:critical`, `check:api`, `kind:oom_kill`, `is:firing`: all must hold. */
  readonly filter: string
  /** The filter is being typed. */
  readonly input?: TextInput
  /** Key of the entry that was selected: the selection stays on it when others come. Absent at the top, which stays the newest. */
  readonly selected?: string
  /** Incidents whose alerts are all listed, by their ids. */
  readonly opened: readonly string[]
}

/** Where somebody was before a page was opened. */
export interface Back {
  readonly focus: PanelId
  readonly full?: PanelId
}

/** The page of one check. */
export interface CheckView {
  readonly name: string
  /** Where it was opened; the list of services unless given. */
  readonly back?: Back
}

/** The page of one alert. */
export interface AlertView {
  /** `Alert.id`. */
  readonly id: string
  readonly back: Back
}

/** The page of one process. */
export interface WatchView {
  readonly target: WatchTarget
  readonly instance?: ProcessId
  /** What fills the page below its charts: its panels, or one list. */
  readonly section: 'panels' | 'environment' | 'files' | 'threads'
  /** Values of secrets are shown. */
  readonly unmasked: boolean
}
