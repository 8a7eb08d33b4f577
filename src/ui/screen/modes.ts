/**
 * The modes the dashboard runs in (xterm ctlseqs, "DEC Private Mode Set"): 1049 saves the cursor and takes the alternate screen,
 * 25 is the cursor, 2004 bracketed paste.
 */
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[0m'
/** 1002 reports presses, wheel and drags; 1006 in the SGR form. */
const MOUSE = '\x1b[?1002h\x1b[?1006h'
/**
 * Everything that we, or a frame cut in the middle, may have left on: DEC 2026, colours, autowrap, paste, every mouse mode, the
 * hidden cursor, the alternate screen.
 */
const LEAVE = '\x1b[?2026l\x1b[0m\x1b[?7h\x1b[?2004l\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?25h\x1b[?1049l'
/** The Linux console has had no alternate screen for most of its life: what we drew would stay behind the prompt. */
const CLEAR = '\x1b[H\x1b[2J'

const NO_MOUSE = '\x1b[?1006l\x1b[?1002l'

/** What to write to take the screen. */
export function enterSequence(mouse: boolean): string {
  return mouse ? ENTER + MOUSE : ENTER
}

/** What to write to have mouse events reported, or to leave the mouse to the terminal (which selects text with it). */
export function mouseSequence(on: boolean): string {
  return on ? MOUSE : NO_MOUSE
}

/** What to write to give the screen back; harmless when written twice. `term` is $TERM. */
export function leaveSequence(term: string | undefined): string {
  return term === 'linux' ? CLEAR + LEAVE : LEAVE
}
