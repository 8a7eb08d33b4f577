import { type KeyBinding, rowsOf } from './binding.ts'

const text = rowsOf('text', 'Overlay')
const sort = rowsOf('sort', 'Overlay')

/** Keys while something lies over the panels, and while something is typed. */
export const overlayKeys: readonly KeyBinding[] = [
  text('text.left', 'Left', 'left', 'a character to the left'),
  text('text.right', 'Right', 'right', 'a character to the right'),
  text('text.start', 'Home C-a', 'start', 'to the start'),
  text('text.end', 'End C-e', 'end', 'to the end'),
  text('text.erase', 'Backspace', 'erase', 'erase the character before'),
  text('text.delete', 'Delete C-d', 'delete', 'erase the character behind'),
  text('text.erase.word', 'C-w', 'erase word', 'erase the word before'),
  text('text.erase.all', 'C-u', 'erase all', 'erase everything'),

  sort('choice.up', 'Up k', 'row', 'up', { footer: '↑ ↓' }),
  sort('choice.down', 'Down j', 'down', 'down'),
  sort('sort.apply', 'Enter', 'sort', 'sort by this', { footer: 'Enter' }),
  sort('close', 'Esc q s F6 F10', 'cancel', 'as it was', { footer: 'Esc' }),
]
