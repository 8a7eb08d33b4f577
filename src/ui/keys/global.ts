import { type KeyBinding, rowsOf } from './binding.ts'

const terminal = rowsOf('terminal', 'Program')
const always = rowsOf('always', 'Program')
const program = rowsOf('global', 'Program')
const move = rowsOf('global', 'Move')
const view = rowsOf('global', 'View')

/** Keys that mean the same on every page. */
export const globalKeys: readonly KeyBinding[] = [
  terminal('quit.now', 'C-c', 'quit', 'quit at once'),
  terminal('suspend', 'C-z', 'suspend', 'to the shell, fg is back'),
  always('redraw', 'C-l', 'redraw', 'draw the screen anew'),

  program('help', '? F1', 'help', 'help', { footer: '?' }),
  move('back', 'Esc', 'back', 'back, never quits'),
  move('focus.next', 'Tab', 'panel', 'next panel', { footer: 'Tab' }),
  move('focus.previous', 'S-Tab', 'panel', 'previous panel'),
  move('focus.number', '1 2 3 4 5 6 7 8 9', 'panel', 'panel, again: full'),
  view('full', 'f', 'full', 'full size and back', { footer: 'f' }),
  move('open', 'Enter', 'open', 'open what is selected'),
  move('trouble.next', '!', 'trouble', 'to the next trouble'),
  view('zoom.in', '+ =', 'zoom', 'less time in the charts'),
  view('zoom.out', '-', 'zoom', 'more time in the charts'),
  rowsOf('full', 'View')('chart', 'v', 'area or line', 'area or line, in full', { footer: 'v' }),
]

/** Stand at the end of the footer. */
export const lastKeys: readonly KeyBinding[] = [
  view('pause', 'p', 'pause', 'pause and go on', { footer: 'p' }),
  program('quit', 'q F10', 'quit', 'leave, at last quit', { footer: 'q' }),
]
