import { got } from '../../lib/fields.ts'
import { nearest } from '../../lib/nearest.ts'
import type { Path } from '../position.ts'
import type { Problem } from '../problem.ts'

/** A check as far as what it depends on goes. */
export interface Dependent {
  readonly name: string
  readonly depends: readonly string[]
  /** Where each of `depends` stands. */
  readonly at: (index: number) => Path
}

/** Names that no check has, checks that depend on themselves, and circles; each circle once, where its first check closes it. */
export function wrongDependencies(checks: readonly Dependent[]): readonly Problem[] {
  const byName = new Map(checks.map((check) => [check.name, check]))
  const problems: Problem[] = []
  for (const { name, depends, at } of checks) {
    depends.forEach((other, index) => {
      if (other === name) problems.push({ path: at(index), text: 'a check cannot depend on itself' })
      else if (!byName.has(other)) problems.push({ path: at(index), text: noCheck(other, [...byName.keys()]) })
    })
  }
  return [...problems, ...circles(checks, byName)]
}

function noCheck(name: string, names: readonly string[]): string {
  const meant = nearest(name, names)
  return `there is no check ${got(name)}${meant === undefined ? '' : `; did you mean ${meant}?`}`
}

/** A walk in depth without recursion: a chain may have a thousand links. */
function circles(checks: readonly Dependent[], byName: ReadonlyMap<string, Dependent>): readonly Problem[] {
  const problems: Problem[] = []
  const done = new Set<string>()
  for (const start of checks) {
    if (done.has(start.name)) continue
    const walk = [{ check: start, next: 0 }]
    const on = new Map([[start.name, 0]])
    for (let step = walk.at(-1); step !== undefined; step = walk.at(-1)) {
      const index = step.next++
      const name = step.check.depends[index]
      if (name === undefined) {
        walk.pop()
        on.delete(step.check.name)
        done.add(step.check.name)
        continue
      }
      const other = byName.get(name)
      const seen = on.get(name)
      if (seen !== undefined && other !== step.check) {
        const names = walk.slice(seen).map(({ check }) => check.name)
        problems.push({ path: step.check.at(index), text: `depends on itself: ${circleText([...names, name])}` })
      }
      if (other === undefined || seen !== undefined || done.has(name)) continue
      on.set(name, walk.length)
      walk.push({ check: other, next: 0 })
    }
  }
  return problems
}

const MOST_SHOWN = 8

/** `a → b → a`; the middle of a long one is left out. */
function circleText(names: readonly string[]): string {
  if (names.length <= MOST_SHOWN) return names.join(' → ')
  const left = names.length - MOST_SHOWN
  return [...names.slice(0, MOST_SHOWN / 2), `(${left} more)`, ...names.slice(-MOST_SHOWN / 2)].join(' → ')
}
