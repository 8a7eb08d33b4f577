import { isMapping } from './checks/merge.ts'
import { isMarked } from './expand.ts'
import type { Path } from './position.ts'

/** What to say of a text that stands on every screen and in every export, and in which something is expanded. */
export const NEVER_SHOWN = `it is shown, and what comes from \${…} never is: write it out`

/** The way to the first text in which something is expanded, of a text or a list or mapping of texts; `$${` is nothing of the kind. */
export function wayToMark(written: unknown): Path | undefined {
  if (isMarked(written)) return []
  const parts = Array.isArray(written) ? [...written.entries()] : isMapping(written) ? Object.entries(written) : []
  const marked = parts.find(([, part]) => isMarked(part))
  return marked && [marked[0]]
}
