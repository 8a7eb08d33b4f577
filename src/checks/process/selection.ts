import { type Matcher, matcherText } from '../../lib/matcher.ts'
import { safeText } from '../../lib/text.ts'
import type { ProcessRow } from '../../model/processes.ts'
import type { ProcessSelector } from '../check.ts'

/** Whom `match` means: a text is a name, a pattern is searched in the command line. */
export function selectorOf(match: Matcher | undefined, pid: number | undefined): ProcessSelector {
  return {
    ...(match && ('text' in match ? { name: match.text } : { pattern: match.source })),
    ...(pid !== undefined && { pid }),
  }
}

/** `nginx`, `/nginx: master/`. */
export function matchText(match: Matcher): string {
  return safeText('text' in match ? match.text : matcherText(match), 200)
}

/** Who runs healthtop to check something names it in the own command line, and so does what started it (npx, sudo, a shell). */
const CHECKING = /\bhealthtop\b.*\scheck\s/

const ZOMBIE = 'Z'

/** Of the processes found those that count: a zombie has ended, and healthtop itself is not meant. */
export function counted(rows: readonly ProcessRow[], self: number): ProcessRow[] {
  return rows.filter(
    ({ pid, state, mark, command }) => pid !== self && state !== ZOMBIE && mark !== 'ended' && !CHECKING.test(command),
  )
}
