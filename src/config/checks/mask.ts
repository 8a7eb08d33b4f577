import { MASK } from '../../lib/secrets.ts'
import { isMapping } from './merge.ts'

/** What a text reads as to people: `${NAME}` as it is, `$${` as the `${` that it means. */
const shownAs = (written: string) => written.replaceAll('$${', '${')

/**
 * Settings as they may be shown: where a text was expanded, whatever the schema made of it is as it was written. `written` and `value` are
 * what the settings were made of. Numbers become texts there.
 */
export function masked(settings: unknown, value: unknown, written: unknown): unknown {
  if (value === written) return settings
  if (typeof written === 'string') return covered(settings, shownAs(written))
  if (Array.isArray(settings) && Array.isArray(value) && Array.isArray(written))
    return settings.map((item, index) => masked(item, value[index], written[index]))
  if (isMapping(settings) && isMapping(value) && isMapping(written))
    return Object.fromEntries(
      Object.entries(settings).map(([key, item]) => [key, masked(item, value[key], written[key])]),
    )
  return covered(settings, MASK)
}

/** Everything that was made of one text. */
function covered(made: unknown, shown: string): unknown {
  if (typeof made === 'string' || typeof made === 'number') return shown
  if (Array.isArray(made)) return made.map((item) => covered(item, shown))
  if (isMapping(made)) return Object.fromEntries(Object.entries(made).map(([key, item]) => [key, covered(item, shown)]))
  return made
}
