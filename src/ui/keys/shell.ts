import { type KeyBinding, rowsOf } from './binding.ts'

const program = rowsOf('global', 'Program')
const help = rowsOf('help', 'Overlay')
const untyped = rowsOf('untyped', 'Overlay')
const palette = rowsOf('palette', 'Overlay')
const settings = rowsOf('settings', 'Overlay')

/** Keys of what lies around the panels: the palette and the settings, and what is done in them and in the help. */
export const shellKeys: readonly KeyBinding[] = [
  program('palette', ':', 'palette', 'every command by name', { footer: ':' }),
  program('settings', 'F2', 'settings', 'settings'),
  program('mouse', 'C-t', 'mouse', 'mouse on, off'),

  // Where something is typed, letters are letters.
  help('entry.up', 'Up', 'move', 'up', { footer: '↑ ↓' }),
  help('entry.down', 'Down', 'down', 'down'),
  help('entry.page.up', 'PgUp', 'page up', 'page up'),
  help('entry.page.down', 'PgDn', 'page down', 'page down'),
  help('entry.run', 'Enter', 'do it', 'does what is selected', { footer: 'Enter' }),
  untyped('close', 'q ?', 'close', 'close, before anything is typed'),
  help('close', 'Esc F1 F10', 'close', 'close', { footer: 'Esc' }),

  palette('entry.up', 'Up', 'move', 'up', { footer: '↑ ↓' }),
  palette('entry.down', 'Down', 'down', 'down'),
  palette('entry.page.up', 'PgUp', 'page up', 'page up'),
  palette('entry.page.down', 'PgDn', 'page down', 'page down'),
  palette('entry.run', 'Enter', 'do it', 'does what is selected', { footer: 'Enter' }),
  palette('close', 'Esc F10', 'close', 'close', { footer: 'Esc' }),

  settings('choice.up', 'Up k', 'row', 'up', { footer: '↑ ↓' }),
  settings('choice.down', 'Down j', 'down', 'down'),
  settings('settings.less', 'Left h', 'change', 'the choice before', { footer: '← →' }),
  settings('settings.more', 'Right l Space', 'change', 'the next choice'),
  settings('settings.open', 'Enter', 'choose', 'the next choice, or its own dialog', { footer: 'Enter' }),
  settings('close', 'Esc q F2 F10', 'close', 'close', { footer: 'Esc' }),
]
