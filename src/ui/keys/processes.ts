import { type KeyBinding, rowsOf } from './binding.ts'

const row = rowsOf('processes', 'Processes')
const filter = rowsOf('filter', 'Overlay')
const find = rowsOf('find', 'Overlay')
const columns = rowsOf('columns', 'Overlay')

/** Keys of the process table, and of the line in which its filter or the text to find is typed. */
export const processKeys: readonly KeyBinding[] = [
  row('watch', 'Enter', 'watch', 'watch this process', { footer: 'Enter' }),
  row('filter', '/ F4', 'filter', 'show what matches', { footer: '/' }),
  row('signal', 'K F9', 'signal', 'send a signal, asks first', { footer: 'K', needs: 'signal' }),
  row('sort', 's F6', 'sort', 'sort by …', { footer: 's' }),
  row('tree', 't F5', 'tree', 'tree and back', { footer: 't' }),
  row('tag', 'Space', 'tag', 'tag it, again: untag', { footer: 'Space' }),
  row('tag.none', 'U', 'untag', 'untag all'),
  row('nice', 'n F7 F8', 'nice', 'its priority, asks first', { needs: 'nice' }),
  row('io_class', 'i', 'io class', 'its turn at the disks, asks first', { needs: 'io_class' }),
  row('affinity', 'A', 'cores', 'cores it may use, asks first', { needs: 'affinity' }),
  row('find', 'F3 C-f', 'find', 'find, hiding nothing'),
  row('fold', 'x', 'fold', 'fold a branch, open a group'),
  row('fold.all', 'X', 'fold all', 'fold or open all'),
  row('group', 'b', 'group', 'by name, user, unit, container'),
  row('threads', 'h', 'threads', 'its threads below it'),
  row('threads.kernel', 'H', 'kernel', "the kernel's threads too"),
  row('follow', 'F', 'follow', 'stay on it wherever it goes'),
  row('columns', 'C', 'columns', 'choose and order columns'),
  row('shift.left', 'Left', 'left', 'columns to the left'),
  row('shift.right', 'Right', 'right', 'columns to the right'),
  row('sort.cpu', 'P', 'by cpu', 'sort by cpu'),
  row('sort.memory', 'M', 'by memory', 'sort by memory'),
  row('sort.time', 'T', 'by time', 'sort by cpu time'),
  row('sort.writes', 'W', 'by writes', 'sort by disk writes'),
  row('sort.reverse', 'r I', 'reverse', 'the other way round'),
  row('user', 'u', 'user', 'only this user, and back'),
  row('copy', 'y', 'copy', 'copy the whole command line'),
  row('copy.row', 'Y', 'copy row', 'copy the row as it stands'),

  filter('filter.keep', 'Enter', 'keep', 'keep the filter', { footer: 'Enter' }),
  filter('filter.clear', 'Esc F10', 'clear', 'all processes again', { footer: 'Esc' }),
  filter('filter.complete', 'Tab', 'complete', 'complete the key', { footer: 'Tab' }),
  filter('filter.older', 'Up', 'before', 'filter used before', { footer: '↑ ↓' }),
  filter('filter.newer', 'Down', 'after', 'filter used after that'),
  filter('page.up', 'PgUp', 'page up', 'page up'),
  filter('page.down', 'PgDn', 'page down', 'page down'),

  find('find.next', 'F3 C-f Down', 'next', 'the next one', { footer: 'F3' }),
  find('find.previous', 'S-F3 Up', 'previous', 'the one before'),
  find('find.done', 'Enter', 'stay', 'stay there', { footer: 'Enter' }),
  find('find.done', 'Esc F10', 'close', 'close', { footer: 'Esc' }),

  columns('choice.up', 'Up k', 'column', 'up', { footer: '↑ ↓' }),
  columns('choice.down', 'Down j', 'column', 'down'),
  columns('columns.toggle', 'Space', 'show', 'show or hide', { footer: 'Space' }),
  columns('columns.earlier', 'S-Up Left [', 'earlier', 'to the left', { footer: '←' }),
  columns('columns.later', 'S-Down Right ]', 'later', 'to the right', { footer: '→' }),
  columns('columns.default', 'd', 'default', 'as they were at first', { footer: 'd' }),
  columns('columns.apply', 'Enter', 'keep', 'keep these', { footer: 'Enter' }),
  columns('close', 'Esc q C F10', 'cancel', 'as it was', { footer: 'Esc' }),
]
