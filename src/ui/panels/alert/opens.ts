import type { AlertRecord, Suspect } from '../../../model/alert.ts'
import type { CheckStatus } from '../../../model/check.ts'
import { suspectsOf } from './suspects.ts'

/** What Enter opens on the page of an alert. */
export type Opening =
  | { readonly kind: 'check'; readonly name: string }
  | { readonly kind: 'watch'; readonly suspect: Suspect }

/** The check that an alert is about, else the process that is likeliest behind it; `suspect` is one that was chosen, which goes before all. */
export function openingOf(
  record: AlertRecord | undefined,
  check: CheckStatus | undefined,
  suspect?: number,
): Opening | undefined {
  const suspects = suspectsOf(record)
  const chosen = suspect === undefined ? undefined : suspects[Math.min(suspect, suspects.length - 1)]
  if (chosen !== undefined) return { kind: 'watch', suspect: chosen }
  if (check !== undefined) return { kind: 'check', name: check.definition.name }
  const [first] = suspects
  return first && { kind: 'watch', suspect: first }
}
