import { type KeyBinding, rowsOf } from './binding.ts'

const row = rowsOf('check', 'Checking')

/** Keys of the page of one check. */
export const checkKeys: readonly KeyBinding[] = [
  row('check.close', 'Esc', 'back', 'back, at last to all of the machine', { footer: 'Esc' }),
  row('check.close', 'q F10', 'back', 'the same'),
  row('check.now', 'c', 'check now', 'ask it now, out of turn', { footer: 'c', needs: 'check_now' }),
  row('check.copy', 'y', 'copy command', 'copy as a command line', { footer: 'y' }),
  row('check.next', 'n Right', 'next check', 'the next check of the list', { footer: 'n' }),
  row('check.previous', 'N Left', 'previous check', 'the check before it'),
  row('check.number', '1 2 3 4 5 6 7 8', 'panel', 'panel, again: full'),
]
