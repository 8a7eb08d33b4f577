import { safeText } from '../../lib/text.ts'

/** BEL: rings, or shows that it would, as the terminal is set. */
export const BELL = '\x07'

/** More of a sentence no desktop shows. */
const MOST = 200
const TITLE = 'healthtop'

/** Terminals that take a title and a text: urxvt and foot. Ghostty takes either. */
const WITH_TITLE = /^(?:rxvt|foot)/

/**
 * Has the terminal show a sentence on the desktop. OSC 9 (iTerm2, its documentation, "Proprietary Escape Codes"; Windows Terminal, ConEmu,
 * kitty, WezTerm and Ghostty have it too), or OSC 777;notify for urxvt (its perl extension `notify`) and foot (foot-ctlseqs(7)). A terminal
 * that knows neither ignores both. Inside tmux the sequence is passed through (tmux(1), `allow-passthrough`: where that is off tmux drops
 * it), inside screen as well (screen(1), "String escapes": DCS).
 */
export function notificationSequence(text: string, env: Readonly<Record<string, string | undefined>>): string {
  // A `;` separates fields, and ConEmu takes `9;4;…` for something else.
  const said = safeText(text.replaceAll(';', ','), MOST)
  const { TERM = '', TMUX, STY } = env
  const sequence = WITH_TITLE.test(TERM) ? `\x1b]777;notify;${TITLE};${said}\x07` : `\x1b]9;${said}\x07`
  if (TMUX !== undefined && TMUX !== '') return `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`
  return STY !== undefined && STY !== '' ? `\x1bP${sequence}\x1b\\` : sequence
}
