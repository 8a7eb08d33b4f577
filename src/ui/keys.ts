import type { Command as SourceCommand } from '../model/source.ts'

/** Where a key means something: overlay over panel over global; `always` is everywhere, `terminal` is answered by ui/screen itself. */
export type Context =
  | 'terminal'
  | 'always'
  | 'global'
  | 'list'
  | 'processes'
  | 'full'
  | 'filter'
  | 'help'
  | 'sort'
  | 'signal'

/** One line of the table that dispatch, help and footer read. */
export interface KeyBinding {
  readonly command: string
  /** Normalised names (ui/screen/key.ts). */
  readonly keys: readonly string[]
  readonly context: Context
  /** One or two words, for the footer. */
  readonly name: string
  /** For the help. */
  readonly help: string
  /** Heading in the help. */
  readonly group: 'Move' | 'View' | 'Processes' | 'Program' | 'Overlay'
  /** How the footer writes the key; only bindings that have it stand there, in order of this table. */
  readonly footer?: string
  /** Only where the source can do that. */
  readonly needs?: SourceCommand['kind']
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/** Every key there is. Habits of htop, less and vi; the table of DESIGN chapter 9. */
export const KEYS: readonly KeyBinding[] = [
  { command: 'quit.now', keys: ['C-c'], context: 'terminal', name: 'quit', help: 'quit at once', group: 'Program' },
  {
    command: 'suspend',
    keys: ['C-z'],
    context: 'terminal',
    name: 'suspend',
    help: 'to the shell, fg is back',
    group: 'Program',
  },
  {
    command: 'redraw',
    keys: ['C-l'],
    context: 'always',
    name: 'redraw',
    help: 'draw the screen anew',
    group: 'Program',
  },

  { command: 'help', keys: ['?', 'F1'], context: 'global', name: 'help', help: 'help', group: 'Program', footer: '?' },
  {
    command: 'focus.next',
    keys: ['Tab'],
    context: 'global',
    name: 'panel',
    help: 'next panel',
    group: 'Move',
    footer: 'Tab',
  },
  {
    command: 'focus.previous',
    keys: ['S-Tab'],
    context: 'global',
    name: 'panel',
    help: 'previous panel',
    group: 'Move',
  },
  {
    command: 'focus.number',
    keys: DIGITS,
    context: 'global',
    name: 'panel',
    help: 'panel, again: full',
    group: 'Move',
  },
  {
    command: 'full',
    keys: ['f'],
    context: 'global',
    name: 'full',
    help: 'full size and back',
    group: 'View',
    footer: 'f',
  },
  { command: 'open', keys: ['Enter'], context: 'global', name: 'open', help: 'open the panel', group: 'Move' },
  { command: 'back', keys: ['Esc'], context: 'global', name: 'back', help: 'back, never quits', group: 'Move' },
  {
    command: 'trouble.next',
    keys: ['!'],
    context: 'global',
    name: 'trouble',
    help: 'to the next trouble',
    group: 'Move',
  },
  {
    command: 'zoom.in',
    keys: ['+', '='],
    context: 'global',
    name: 'zoom',
    help: 'less time in the charts',
    group: 'View',
  },
  { command: 'zoom.out', keys: ['-'], context: 'global', name: 'zoom', help: 'more time in the charts', group: 'View' },
  {
    command: 'chart',
    keys: ['v'],
    context: 'full',
    name: 'area or line',
    help: 'area or line, in full',
    group: 'View',
    footer: 'v',
  },

  { command: 'move.up', keys: ['Up', 'k'], context: 'list', name: 'up', help: 'row up', group: 'Move' },
  { command: 'move.down', keys: ['Down', 'j'], context: 'list', name: 'down', help: 'row down', group: 'Move' },
  { command: 'page.up', keys: ['PgUp'], context: 'list', name: 'page up', help: 'page up', group: 'Move' },
  { command: 'page.down', keys: ['PgDn'], context: 'list', name: 'page down', help: 'page down', group: 'Move' },
  { command: 'move.first', keys: ['g', 'Home'], context: 'list', name: 'first', help: 'first row', group: 'Move' },
  { command: 'move.last', keys: ['G', 'End'], context: 'list', name: 'last', help: 'last row', group: 'Move' },

  {
    command: 'filter',
    keys: ['/', 'F4'],
    context: 'processes',
    name: 'filter',
    help: 'show what has this text',
    group: 'Processes',
    footer: '/',
  },
  {
    command: 'signal',
    keys: ['K', 'F9'],
    context: 'processes',
    name: 'signal',
    help: 'send a signal, asks first',
    group: 'Processes',
    footer: 'K',
    needs: 'signal',
  },
  {
    command: 'sort',
    keys: ['s', 'F6'],
    context: 'processes',
    name: 'sort',
    help: 'sort by …',
    group: 'Processes',
    footer: 's',
  },
  {
    command: 'pause',
    keys: ['p'],
    context: 'global',
    name: 'pause',
    help: 'pause and go on',
    group: 'View',
    footer: 'p',
  },
  { command: 'sort.cpu', keys: ['P'], context: 'processes', name: 'by cpu', help: 'sort by cpu', group: 'Processes' },
  {
    command: 'sort.memory',
    keys: ['M'],
    context: 'processes',
    name: 'by memory',
    help: 'sort by memory',
    group: 'Processes',
  },
  {
    command: 'sort.time',
    keys: ['T'],
    context: 'processes',
    name: 'by time',
    help: 'sort by cpu time',
    group: 'Processes',
  },
  {
    command: 'sort.reverse',
    keys: ['r', 'I'],
    context: 'processes',
    name: 'reverse',
    help: 'the other way round',
    group: 'Processes',
  },
  {
    command: 'user',
    keys: ['u'],
    context: 'processes',
    name: 'user',
    help: 'only this user, and back',
    group: 'Processes',
  },

  {
    command: 'quit',
    keys: ['q', 'F10'],
    context: 'global',
    name: 'quit',
    help: 'leave what is open, quit',
    group: 'Program',
    footer: 'q',
  },

  {
    command: 'filter.keep',
    keys: ['Enter'],
    context: 'filter',
    name: 'keep',
    help: 'keep the filter',
    group: 'Overlay',
    footer: 'Enter',
  },
  {
    command: 'filter.clear',
    keys: ['Esc', 'F10'],
    context: 'filter',
    name: 'clear',
    help: 'all processes again',
    group: 'Overlay',
    footer: 'Esc',
  },
  {
    command: 'filter.erase',
    keys: ['Backspace'],
    context: 'filter',
    name: 'erase',
    help: 'the last character',
    group: 'Overlay',
  },
  { command: 'move.up', keys: ['Up'], context: 'filter', name: 'row', help: 'row up', group: 'Overlay', footer: '↑ ↓' },
  {
    command: 'move.down',
    keys: ['Down'],
    context: 'filter',
    name: 'row',
    help: 'row down',
    group: 'Overlay',
  },

  {
    command: 'help.up',
    keys: ['Up', 'k', 'PgUp'],
    context: 'help',
    name: 'row',
    help: 'up',
    group: 'Overlay',
    footer: '↑ ↓',
  },
  {
    command: 'help.down',
    keys: ['Down', 'j', 'PgDn'],
    context: 'help',
    name: 'down',
    help: 'down',
    group: 'Overlay',
  },
  {
    command: 'close',
    keys: ['Esc', 'q', '?', 'F1', 'F10', 'Enter'],
    context: 'help',
    name: 'close',
    help: 'close',
    group: 'Overlay',
    footer: 'Esc',
  },

  {
    command: 'choice.up',
    keys: ['Up', 'k'],
    context: 'sort',
    name: 'row',
    help: 'up',
    group: 'Overlay',
    footer: '↑ ↓',
  },
  {
    command: 'choice.down',
    keys: ['Down', 'j'],
    context: 'sort',
    name: 'down',
    help: 'down',
    group: 'Overlay',
  },
  {
    command: 'sort.apply',
    keys: ['Enter'],
    context: 'sort',
    name: 'sort',
    help: 'sort by this',
    group: 'Overlay',
    footer: 'Enter',
  },
  {
    command: 'close',
    keys: ['Esc', 'q', 's', 'F6', 'F10'],
    context: 'sort',
    name: 'cancel',
    help: 'as it was',
    group: 'Overlay',
    footer: 'Esc',
  },

  {
    command: 'choice.up',
    keys: ['Up', 'k'],
    context: 'signal',
    name: 'signal',
    help: 'signal',
    group: 'Overlay',
    footer: '↑ ↓',
  },
  {
    command: 'choice.down',
    keys: ['Down', 'j'],
    context: 'signal',
    name: 'signal',
    help: 'signal',
    group: 'Overlay',
  },
  {
    command: 'signal.button',
    keys: ['Tab', 'S-Tab', 'Left', 'Right'],
    context: 'signal',
    name: 'button',
    help: 'the other button',
    group: 'Overlay',
    footer: 'Tab',
  },
  {
    command: 'signal.press',
    keys: ['Enter'],
    context: 'signal',
    name: 'press',
    help: 'press the button',
    group: 'Overlay',
    footer: 'Enter',
  },
  {
    command: 'close',
    keys: ['Esc', 'q', 'F10'],
    context: 'signal',
    name: 'cancel',
    help: 'cancel',
    group: 'Overlay',
    footer: 'Esc',
  },
]

/** The binding of a key in the first of the contexts that has one. */
export function bindingOf(key: string, contexts: readonly Context[], can: ReadonlySet<string>): KeyBinding | undefined {
  for (const context of contexts) {
    const found = KEYS.find(
      (binding) =>
        binding.context === context && binding.keys.includes(key) && (!binding.needs || can.has(binding.needs)),
    )
    if (found) return found
  }
  return undefined
}
