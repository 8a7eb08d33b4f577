import { type KeyBinding, rowsOf } from './binding.ts'

const row = rowsOf('watch', 'Watching')
const environment = rowsOf('environment', 'Watching')

/** Keys of the page of one process. */
export const watchKeys: readonly KeyBinding[] = [
  row('watch.close', 'Esc', 'back', 'back, at last to all of the machine', { footer: 'Esc' }),
  row('watch.close', 'q F10', 'back', 'the same'),
  environment('watch.unmask', 'x', 'secrets', 'show and mask secrets', { footer: 'x' }),
  row('watch.environment', 'e', 'environment', 'its environment, and back', { footer: 'e' }),
  row('watch.files', 'o', 'files', 'its open files, and back', { footer: 'o' }),
  row('watch.threads', 'h', 'threads', 'its threads, and back', { footer: 'h' }),
  row('signal', 'K F9', 'signal', 'send it a signal, asks first', { footer: 'K', needs: 'signal' }),
  row('nice', 'n F7 F8', 'nice', 'its priority, asks first', { footer: 'n', needs: 'nice' }),
  row('io_class', 'i', 'io class', 'its turn at the disks, asks first', { needs: 'io_class' }),
  row('affinity', 'A', 'cores', 'cores it may use, asks first', { needs: 'affinity' }),
  row('watch.previous', '[', 'before', 'the instance before'),
  row('watch.next', ']', 'next', 'the next instance'),
  row('watch.open', 'Enter', 'open', 'choose the instance, watch the relative'),
  row('watch.number', '1 2 3 4 5 6 7 8 9', 'panel', 'panel, again: full'),
  row('watch.copy', 'y', 'copy', 'copy the whole command line'),
  row('watch.check', 'c', 'check', 'copy a check of it for healthtop.yaml'),
]
