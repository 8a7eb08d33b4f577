import { type KeyBinding, rowsOf } from './binding.ts'

const home = rowsOf('home', 'View')
const panels = rowsOf('panels', 'Overlay')

/** Keys of the dialog that arranges the home screen, and what can be done to it without. */
export const panelKeys: readonly KeyBinding[] = [
  home('panels', 'L', 'panels', 'which panels there are, and where'),
  // By name only, in the palette.
  home('preset.next', '', 'next layout', 'the next of the layouts that come with healthtop'),
  home('panel.hide', '', 'hide panel', 'hides the panel that is focused'),

  panels('panels.up', 'Up k', 'panel', 'up', { footer: '↑ ↓' }),
  panels('panels.down', 'Down j', 'panel', 'down'),
  panels('panels.toggle', 'Space', 'hide, show', 'hide or show', { footer: 'Space' }),
  panels('panels.earlier', 'Left [ S-Up', 'earlier', 'before its neighbour', { footer: '←' }),
  panels('panels.later', 'Right ] S-Down', 'later', 'behind its neighbour', { footer: '→' }),
  panels('panels.taller', '+ =', 'taller', 'taller', { footer: '+' }),
  panels('panels.shorter', '-', 'shorter', 'shorter', { footer: '-' }),
  panels('preset.next', 'p', 'layout', 'the next layout', { footer: 'p' }),
  panels('panels.default', 'd', 'default', 'as they were at first', { footer: 'd' }),
  panels('close', 'Esc q L F10 Enter', 'close', 'close', { footer: 'Esc' }),
]
