import type { Path } from '../position.ts'
import { MERGED } from './common.ts'

export type Mapping = Readonly<Record<string, unknown>>

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A mapping of the file, and where it stands. */
export interface Layer {
  readonly at: Path
  /** With secrets expanded. */
  readonly value: Mapping
  /** As it was written; the very same where nothing was expanded. */
  readonly written: Mapping
  /** Keys in which something is wrong that has been told. */
  readonly wrong?: ReadonlySet<string>
}

/** Several layers as one. */
export interface Merged {
  readonly value: Record<string, unknown>
  readonly written: Record<string, unknown>
  /** The layer that a value comes from: that of its key, or of the key below it where that is merged key by key. */
  readonly from: ReadonlyMap<string, Layer | ReadonlyMap<string, Layer>>
}

type Origins = Map<string, Layer | Map<string, Layer>>

/** Lays each layer over those before it; `has` says which keys count. */
export function merge(layers: readonly Layer[], has: (key: string, layer: Layer) => boolean): Merged {
  const value: Record<string, unknown> = {}
  const written: Record<string, unknown> = {}
  const from: Origins = new Map()
  for (const layer of layers) {
    for (const key of Object.keys(layer.value)) {
      if (!has(key, layer)) continue
      const over = layer.value[key]
      if (MERGED.has(key) && isMapping(over)) {
        mergeKey(key, layer, value, written, from)
      } else {
        value[key] = over
        written[key] = layer.written[key]
        from.set(key, layer)
      }
    }
  }
  return { value, written, from }
}

function mergeKey(
  key: string,
  layer: Layer,
  value: Record<string, unknown>,
  written: Record<string, unknown>,
  from: Origins,
): void {
  const over = layer.value[key] as Mapping
  const overWritten = layer.written[key] as Mapping
  const known = from.get(key)
  const origins = new Map(known instanceof Map ? known : [])
  // The very same stay the very same: nothing in them was expanded.
  const same = value[key] === written[key] && over === overWritten
  value[key] = known instanceof Map ? { ...(value[key] as Mapping), ...over } : over
  if (same) written[key] = value[key]
  else written[key] = known instanceof Map ? { ...(written[key] as Mapping), ...overWritten } : overWritten
  for (const name of Object.keys(over)) origins.set(name, layer)
  from.set(key, origins)
}

/** Which layer a path into a merged value leads to: the last of them, that of the check itself, where the value is in none. */
export function originOf({ from }: Merged, [key, below]: Path, check: Layer): Layer {
  const origin = from.get(String(key))
  if (!(origin instanceof Map)) return (origin as Layer | undefined) ?? check
  return origin.get(String(below)) ?? [...origin.values()].at(-1) ?? check
}
