/** Names and indices of a path; undefined for a text that is none. */
export function parsePath(path: string): readonly (string | number)[] | undefined {
  const keys: (string | number)[] = []
  let rest = path.replace(/^\$\.?/, '')
  while (rest !== '') {
    const match = /^(?:\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+))\.?/.exec(rest)
    if (match === null) return undefined
    const [all, index, quoted, name] = match
    keys.push(index === undefined ? (quoted?.replace(/\\(.)/g, '$1') ?? (name as string)) : Number(index))
    rest = rest.slice(all.length)
  }
  return keys
}

/** What stands at a path such as `db.nodes[0].state`, `["a.b"]` or `$.status`; undefined where nothing does. */
export function valueAt(value: unknown, path: string): unknown {
  // A name with dots that is there is meant.
  if (isMapping(value) && Object.hasOwn(value, path)) return value[path]
  const keys = parsePath(path)
  if (keys === undefined) return undefined
  let at: unknown = value
  for (const key of keys) {
    if (Array.isArray(at)) at = at[Number(key)]
    else if (isMapping(at) && Object.hasOwn(at, key)) at = at[key]
    else return undefined
  }
  return at
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as people read it. Not safe yet. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isMapping(value)) return 'a mapping'
  return value === '' ? 'an empty text' : String(value)
}
