import { safeText } from '../lib/text.ts'
import type { CheckOutcome } from '../model/check.ts'

const LONGEST = 4096

/**
 * An outcome in which every text is safe and says nothing secret, whatever the check type did. Its words of one kind (`state`, `reason`)
 * stay: a secret that reads like one of them would give itself away there.
 */
export function cleaned(outcome: CheckOutcome, redact: (text: string) => string): CheckOutcome {
  const { state, reason, ...rest } = outcome
  const clean = cleanedValue(rest, (text) => redact(safeText(text, LONGEST)))
  return { state, ...(reason !== undefined && { reason: safeText(reason, 40) }), ...(clean as typeof rest) }
}

function cleanedValue(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((item) => cleanedValue(item, clean))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cleanedValue(item, clean)]))
}
