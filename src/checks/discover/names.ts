import { usualService } from '../../lib/ports.ts'
import { safeText } from '../../lib/text.ts'
import { type Place, placeKey } from './places.ts'

function plain(place: Place): string {
  const holder = safeText(place.process ?? '', 40).trim()
  return holder === '' ? (usualService(place.port) ?? `port ${place.port}`) : holder
}

/**
 * A name for each place that has none, by its key: the program that holds it, or what usually listens on its port; with the port behind it where a name is taken. What
 * has a name keeps it, whatever comes beside it.
 */
export function nameThem(
  places: readonly Place[],
  named: ReadonlyMap<string, string>,
  taken: ReadonlySet<string>,
): Map<string, string> {
  const names = new Map<string, string>()
  const used = new Set([...taken, ...named.values()])
  for (const place of places) {
    const key = placeKey(place)
    const known = named.get(key)
    if (known !== undefined) {
      names.set(key, known)
      continue
    }
    const short = plain(place)
    const variants = [short, `${short} :${place.port}`, `${short} ${place.host}:${place.port}`]
    const name = variants.find((variant) => !used.has(variant)) ?? `${place.protocol} ${variants[2]}`
    used.add(name)
    names.set(key, name)
  }
  return names
}
