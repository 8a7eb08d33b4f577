import { type KeyBinding, rowsOf } from './binding.ts'

const row = rowsOf('ahead', 'View')

/** Keys of the list of what is ahead. */
export const aheadKeys: readonly KeyBinding[] = [
  row('ahead.open', 'Enter', 'open', 'open what is selected', { footer: 'Enter' }),
]
