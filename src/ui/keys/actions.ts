import { type KeyBinding, rowsOf } from './binding.ts'

const signal = rowsOf('signal', 'Overlay')
const nice = rowsOf('nice', 'Overlay')
const ioClass = rowsOf('io_class', 'Overlay')
const affinity = rowsOf('affinity', 'Overlay')

/** Characters that jump to a signal: names begin with letters, and `q` stays what closes. */
const JUMPS = [...'0123456789abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].join(' ')

/** The end of each of these dialogs; no key that opens one presses its button. */
function buttons(row: ReturnType<typeof rowsOf>, close: string): readonly KeyBinding[] {
  return [
    row('action.button', 'Tab S-Tab', 'button', 'the other button', { footer: 'Tab' }),
    row('action.press', 'Enter', 'press', 'press the button', { footer: 'Enter' }),
    row('close', close, 'cancel', 'cancel', { footer: 'Esc' }),
  ]
}

/** Keys in the dialogs of what is done to processes. */
export const actionKeys: readonly KeyBinding[] = [
  signal('signal.up', 'Up', 'signal', 'signal', { footer: '↑ ↓' }),
  signal('signal.down', 'Down', 'signal', 'signal'),
  signal('signal.jump', JUMPS, 'jump', 'to a signal by its first letter', { footer: 'a-z' }),
  signal('signal.page.up', 'PgUp', 'page up', 'page up'),
  signal('signal.page.down', 'PgDn', 'page down', 'page down'),
  signal('signal.first', 'Home', 'first', 'first signal'),
  signal('signal.last', 'End', 'last', 'last signal'),
  ...buttons(signal, 'Esc q F10'),

  nice('nice.less', 'Left - F7 h', 'less', 'sooner than others', { footer: '←' }),
  nice('nice.more', 'Right + = F8 l', 'more', 'later than others', { footer: '→' }),
  nice('nice.page.less', 'PgUp', 'five less', 'five less'),
  nice('nice.page.more', 'PgDn', 'five more', 'five more'),
  nice('nice.first', 'Home', 'first', 'first of all'),
  nice('nice.last', 'End', 'last', 'last of all'),
  ...buttons(nice, 'Esc q n F10'),

  ioClass('io_class.up', 'Up k', 'class', 'class', { footer: '↑ ↓' }),
  ioClass('io_class.down', 'Down j', 'class', 'class'),
  ioClass('io_class.less', 'Left - h', 'level', 'a level sooner', { footer: '← →' }),
  ioClass('io_class.more', 'Right + = l', 'level', 'a level later'),
  ioClass('io_class.level', '0 1 2 3 4 5 6 7', 'level', 'this level'),
  ...buttons(ioClass, 'Esc q i F10'),

  affinity('affinity.toggle', 'Space', 'toggle', 'this core, or not', { footer: 'Space' }),
  affinity('affinity.all', 'a', 'all', 'all cores', { footer: 'a' }),
  affinity('affinity.none', 'n', 'none', 'no core', { footer: 'n' }),
  affinity('affinity.left', 'Left h', 'left', 'left'),
  affinity('affinity.right', 'Right l', 'right', 'right'),
  affinity('affinity.up', 'Up k', 'up', 'up'),
  affinity('affinity.down', 'Down j', 'down', 'down'),
  affinity('affinity.page.up', 'PgUp', 'page up', 'page up'),
  affinity('affinity.page.down', 'PgDn', 'page down', 'page down'),
  affinity('affinity.first', 'Home g', 'first', 'first core'),
  affinity('affinity.last', 'End G', 'last', 'last core'),
  ...buttons(affinity, 'Esc q A F10'),
]
