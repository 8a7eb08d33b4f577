import type { Command as SourceCommand } from '../../model/source.ts'
import type { Overlay } from '../state.ts'

/**
 * Where a key means something: overlay over panel over page over global; `always` is everywhere, `terminal` is answered by ui/screen
 * itself, `text` where something is typed, `full` in a full view with a chart, `untyped` in the help before anything is, `filter` and `find` while that is what is typed below the process table's title, `services-filter` and `log-filter` in those of the services and of the log.
 */
export type Context =
  | 'terminal'
  | 'always'
  | 'global'
  | 'home'
  | 'watch'
  | 'check'
  | 'alert'
  | 'environment'
  | 'list'
  | 'processes'
  | 'services'
  | 'log'
  | 'ahead'
  | 'full'
  | 'text'
  | 'untyped'
  | 'filter'
  | 'find'
  | 'services-filter'
  | 'log-filter'
  | Overlay['kind']

/** Headings of the help. */
export type Group =
  | 'Move'
  | 'View'
  | 'Processes'
  | 'Services'
  | 'Alerts'
  | 'Watching'
  | 'Checking'
  | 'Program'
  | 'Overlay'

/** One line of the table that dispatch, help, footer, palette and rebinding read. */
export interface KeyBinding {
  readonly command: string
  /** Normalised names (ui/screen/key.ts). */
  readonly keys: readonly string[]
  readonly context: Context
  /** One or two words, for the footer. */
  readonly name: string
  /** For the help. */
  readonly help: string
  readonly group: Group
  /** How the footer writes the key; only bindings that have it stand there, in order of the table. `key` for the first of its keys. */
  readonly footer?: string
  /** Only where the source can do that. */
  readonly needs?: SourceCommand['kind']
}

type More = Pick<KeyBinding, 'footer' | 'needs'>

/** Rows of one context: `row('sort', 's F6', 'sort', 'sort by …', { footer: 's' })`. Keys are separated by spaces; '' for none. */
export function rowsOf(context: Context, group: Group) {
  return (command: string, keys: string, name: string, help: string, more: More = {}): KeyBinding => ({
    command,
    keys: keys === '' ? [] : keys.split(' '),
    context,
    name,
    help,
    group,
    ...more,
  })
}
