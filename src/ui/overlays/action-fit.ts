/** Rows of the parts of an action's dialog, from the top: facts, rule, body, rule, a line of words, buttons. */
export interface ActionRows {
  readonly facts: number
  /** Lines between the parts. */
  readonly rules: boolean
  readonly body: number
  /** The line above the buttons. */
  readonly note: boolean
  /** A blank row at the top, before and after the rules, and at the bottom. */
  readonly air: boolean
  /** All of them, the frame not counted. */
  readonly height: number
}

const FRAME = 2
/** Of the screen, above and below, where it is not short. */
const AROUND = 2
const AIRY_FROM = 30
const AIR = 4
const RULES = 2

/**
 * What fits on a screen of some rows: the buttons and something of the body stand everywhere, then whom it is about, then what it
 * says; facts go from the last to the first, and a body that scrolls grows with what is left.
 */
export function actionRows(
  rows: number,
  facts: number,
  { least, most }: { readonly least: number; readonly most: number },
): ActionRows {
  let left = Math.max(1, rows - FRAME) - 1
  const take = (wanted: number, whole = false) => {
    const taken = left >= wanted ? wanted : whole ? 0 : Math.max(0, left)
    left -= taken
    return taken
  }
  let body = take(Math.min(least, Math.max(1, rows - FRAME - 3)))
  let shown = take(Math.min(1, facts))
  const note = take(1) === 1
  shown += take(facts - shown)
  const rules = take(RULES, true) === RULES
  left -= AROUND
  const air = rows >= AIRY_FROM && take(AIR, true) === AIR
  body += take(Math.max(0, most - body))
  const height = 1 + body + shown + (note ? 1 : 0) + (rules ? RULES : 0) + (air ? AIR : 0)
  return { facts: shown, rules, body, note, air, height }
}
