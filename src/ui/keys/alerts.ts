import { type KeyBinding, rowsOf } from './binding.ts'

const page = rowsOf('alert', 'Alerts')
const log = rowsOf('log', 'Alerts')
const filter = rowsOf('log-filter', 'Overlay')
const acknowledge = rowsOf('acknowledge', 'Overlay')
const unacknowledge = rowsOf('unacknowledge', 'Overlay')
const silence = rowsOf('silence', 'Overlay')

const ACKNOWLEDGE = 'acknowledge the alert'
const SILENCE = 'silence it for a while'

/** Keys of the page of one alert, and what can be done to the alert that one is at elsewhere. */
export const alertKeys: readonly KeyBinding[] = [
  page('alert.close', 'Esc', 'back', 'back, at last to all of the machine', { footer: 'Esc' }),
  page('alert.close', 'q F10', 'back', 'the same'),
  page('alert.acknowledge', 'a', 'acknowledge', ACKNOWLEDGE, { footer: 'a', needs: 'acknowledge' }),
  page('alert.silence', 'S', 'silence', SILENCE, { footer: 'S', needs: 'silence' }),
  page('alert.open', 'Enter', 'open', 'who did it, its check', { footer: 'Enter' }),
  page('alert.see', 'd', 'see it', 'where it is seen', { footer: 'd' }),
  page('alert.copy', 'y', 'copy', 'copy as text', { footer: 'y' }),
  page('alert.next', 'n', 'next alert', 'the alert before it in time'),
  page('alert.previous', 'N', 'previous alert', 'the alert after it'),
  page('alert.number', '1 2 3 4 5 6', 'panel', 'panel, again: full'),
  ...(['home', 'check'] as const).flatMap((context) => {
    const row = rowsOf(context, 'Alerts')
    return [
      row('alert.acknowledge', 'a', 'acknowledge', ACKNOWLEDGE, { needs: 'acknowledge' }),
      row('alert.silence', 'S', 'silence', SILENCE, { needs: 'silence', ...(context === 'check' && { footer: 'S' }) }),
    ]
  }),
]

/** Keys of the log, and of the line in which its filter is typed. */
export const logKeys: readonly KeyBinding[] = [
  log('log.open', 'Enter', 'open', 'open its alert or check', { footer: 'Enter' }),
  log('log.filter', '/ F4', 'filter', 'show entries that match', { footer: '/' }),
  log('alert.acknowledge', 'a', 'acknowledge', ACKNOWLEDGE, { footer: 'a', needs: 'acknowledge' }),
  log('alert.silence', 'S', 'silence', SILENCE, { footer: 'S', needs: 'silence' }),
  log('log.unfold', 'Right', 'unfold', 'the alerts of an incident', { footer: '→' }),
  log('log.fold', 'Left', 'fold', 'fold them again'),
  log('log.copy', 'y', 'copy', 'copy it as a line'),

  filter('log.filter.keep', 'Enter', 'keep', 'keep the filter', { footer: 'Enter' }),
  filter('log.filter.clear', 'Esc F10', 'clear', 'all entries again', { footer: 'Esc' }),
  filter('move.up', 'Up', 'row', 'row up', { footer: '↑ ↓' }),
  filter('move.down', 'Down', 'row', 'row down'),
  filter('page.up', 'PgUp', 'page up', 'page up'),
  filter('page.down', 'PgDn', 'page down', 'page down'),
]

/** Keys in the dialogs of what is done to an alert. */
export const alertDialogKeys: readonly KeyBinding[] = [
  acknowledge('alert.send', 'Enter', 'acknowledge', 'acknowledge', { footer: 'Enter' }),
  acknowledge('close', 'Esc F10', 'cancel', 'cancel', { footer: 'Esc' }),

  unacknowledge('alert.send', 'Enter', 'take back', 'take it back', { footer: 'Enter' }),
  unacknowledge('close', 'Esc q a F10', 'cancel', 'cancel', { footer: 'Esc' }),

  silence('choice.up', 'Up k', 'row', 'up', { footer: '↑ ↓' }),
  silence('choice.down', 'Down j', 'down', 'down'),
  silence('alert.send', 'Enter', 'choose', 'what is selected', { footer: 'Enter' }),
  silence('close', 'Esc q S F10', 'cancel', 'cancel', { footer: 'Esc' }),
]
