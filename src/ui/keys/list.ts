import { type KeyBinding, rowsOf } from './binding.ts'

const row = rowsOf('list', 'Move')

/** Moving in the rows of a panel. */
export const listKeys: readonly KeyBinding[] = [
  row('move.up', 'Up k', 'up', 'row up'),
  row('move.down', 'Down j', 'down', 'row down'),
  row('page.up', 'PgUp', 'page up', 'page up'),
  row('page.down', 'PgDn', 'page down', 'page down'),
  row('move.first', 'g Home', 'first', 'first row'),
  row('move.last', 'G End', 'last', 'last row'),
]
