import { CHECK_VERDICT, type CheckState } from '../../../model/check.ts'
import { type Judged, stateWord } from '../../../model/check-words.ts'
import { levelSymbol, levelToken } from '../../paint/verdict.ts'
import type { Glyphs } from '../../theme/glyphs.ts'
import type { Token } from '../../theme/tokens.ts'

/** One word for a state, as people say it: `well`, `down`, `slow`, `unknown`. */
export function spokenWord(judged: Judged): string {
  return judged.state === 'up' ? 'well' : stateWord(judged)
}

export function stateSymbol(state: CheckState, glyphs: Glyphs): string {
  return levelSymbol(CHECK_VERDICT[state], glyphs)
}

export function stateToken(state: CheckState): Token {
  return levelToken(CHECK_VERDICT[state])
}
