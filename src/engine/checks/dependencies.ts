import type { CheckDefinition, CheckState } from '../../model/check.ts'

/** What a check stands on, as far as this matters here. */
export interface Node {
  readonly definition: Pick<CheckDefinition, 'name' | 'depends'>
  readonly state: CheckState
}

/**
 * The name of a check that is down and without which this one can tell nothing, itself or through others: the one with the most others
 * between, which is the likeliest root of it all. Undefined when there is none. Names that no check has, and circles, mean nothing.
 */
export function downBelow(name: string, nodes: ReadonlyMap<string, Node>): string | undefined {
  const seen = new Set([name])
  let level = [name]
  let root: string | undefined
  while (level.length > 0) {
    const next: string[] = []
    let found: string | undefined
    for (const one of level) {
      for (const below of nodes.get(one)?.definition.depends ?? []) {
        if (seen.has(below)) continue
        seen.add(below)
        if (nodes.get(below)?.state === 'down') found ??= below
        next.push(below)
      }
    }
    root = found ?? root
    level = next
  }
  return root
}

/** For each check that others depend on, those others, through any number of steps. */
export function dependents(definitions: readonly Node['definition'][]): ReadonlyMap<string, ReadonlySet<string>> {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]))
  const above = new Map<string, Set<string>>()
  for (const { name } of definitions) {
    const waiting = [name]
    const seen = new Set(waiting)
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      for (const below of byName.get(one)?.depends ?? []) {
        if (seen.has(below)) continue
        seen.add(below)
        waiting.push(below)
        const known = above.get(below)
        if (known === undefined) above.set(below, new Set([name]))
        else known.add(name)
      }
    }
  }
  return above
}
