import { sameMembers } from '../lib/members.ts'

/** `next` with every entry that says the same as before replaced by the very object of before; `before` itself when nothing differs. */
export function keepIdentity<T extends object>(before: readonly T[], next: readonly T[]): readonly T[] {
  let same = before.length === next.length
  const result = next.map((entry, index) => {
    const here = before[index]
    const kept =
      here !== undefined && sameMembers(here, entry) ? here : before.find((other) => sameMembers(other, entry))
    if (kept === undefined || kept !== here) same = false
    return kept ?? entry
  })
  return same ? before : result
}
