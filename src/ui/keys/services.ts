import { type KeyBinding, rowsOf } from './binding.ts'

const row = rowsOf('services', 'Services')
const filter = rowsOf('services-filter', 'Overlay')

/** Keys of the list of services, and of the line in which its filter is typed. */
export const serviceKeys: readonly KeyBinding[] = [
  row('services.open', 'Enter', 'open', 'the whole story of this check', { footer: 'Enter' }),
  row('services.filter', '/ F4', 'filter', 'show services that match', { footer: '/' }),
  row('services.check', 'c', 'check now', 'ask it now, out of turn', { footer: 'c', needs: 'check_now' }),
  row('services.check.all', 'C', 'check all', 'ask all that are listed now', { needs: 'check_now' }),
  row('services.list', 'o', 'sockets', 'the sockets that listen here, and back', { footer: 'o' }),
  row('services.copy', 'y', 'copy', 'copy what is checked'),

  filter('services.filter.keep', 'Enter', 'keep', 'keep the filter', { footer: 'Enter' }),
  filter('services.filter.clear', 'Esc F10', 'clear', 'all services again', { footer: 'Esc' }),
  filter('move.up', 'Up', 'row', 'row up', { footer: '↑ ↓' }),
  filter('move.down', 'Down', 'row', 'row down'),
  filter('page.up', 'PgUp', 'page up', 'page up'),
  filter('page.down', 'PgDn', 'page down', 'page down'),
]
