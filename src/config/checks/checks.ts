import { got } from '../../lib/fields.ts'
import { nearest } from '../../lib/nearest.ts'
import type { CheckDefinition } from '../../model/check.ts'
import type { Path } from '../position.ts'
import type { Problem } from '../problem.ts'
import { pathText } from '../wording.ts'
import { mergeCheck, readCheck } from './check.ts'
import { type Dependent, wrongDependencies } from './depends.ts'
import { type Defaults, type Part, readDefaults } from './layers.ts'
import { isMapping, type Layer, type Mapping } from './merge.ts'
import type { ConfigType, ConfigTypes } from './type.ts'
import { noType, type TypeTable, typeTable } from './type-table.ts'

/** What `checks`, `defaults` and `groups` say together. */
export interface Checks {
  /** In the order of the file; those in which nothing is wrong. */
  readonly definitions: readonly CheckDefinition[]
  /** Each check as it was written, with its defaults: what `config show` prints. */
  readonly effective: readonly Mapping[]
  readonly groups: readonly string[]
  readonly problems: readonly Problem[]
}

interface Sections {
  readonly value: Mapping
  readonly written: Mapping
}

/** Reads the checks. `redact` takes secrets out of a text. */
export function readChecks(sections: Sections, types: ConfigTypes, redact: (text: string) => string): Checks {
  const table = typeTable(types)
  const defaults = readDefaults(partOf(sections, 'defaults'), table)
  const groups = readGroups(partOf(sections, 'groups'), table)
  const list = readList(partOf(sections, 'checks'))
  const problems = [...defaults.problems, ...groups.problems, ...list.problems]
  const definitions: CheckDefinition[] = []
  const effective: Mapping[] = []
  const dependents: Dependent[] = []
  const names = new Map<string, Path>()
  for (const own of list.layers) {
    const type = typeOf(own, table)
    const group = groupOf(own, groups.byName)
    const layers = layersOf(type.type, defaults, group.defaults)
    const check = mergeCheck(layers, own, type.type, table)
    const { definition, dependent, problems: wrong } = readCheck(check, table, redact)
    effective.push(check.merged.written)
    problems.push(...type.problems, ...group.problems, ...wrong)
    if (definition !== undefined) definitions.push(definition)
    if (dependent === undefined) continue
    const before = names.get(dependent.name)
    if (before === undefined) {
      names.set(dependent.name, own.at)
      dependents.push(dependent)
    } else {
      const text = `${pathText(before)} has the name ${got(dependent.name)} already`
      problems.push({ path: [...own.at, 'name'], text })
    }
  }
  return {
    definitions,
    effective,
    groups: [...groups.byName.keys()],
    problems: [...problems, ...wrongDependencies(dependents)],
  }
}

function partOf({ value, written }: Sections, name: string): Part {
  return { at: [name], value: value[name], written: written[name] }
}

function readGroups(
  { at, value, written }: Part,
  table: TypeTable,
): { byName: ReadonlyMap<string, Defaults>; problems: readonly Problem[] } {
  const byName = new Map<string, Defaults>()
  if (value === undefined || value === null) return { byName, problems: [] }
  if (!isMapping(value) || !isMapping(written)) {
    const text = `expected names of groups and their keys, such as { web: { interval: 30s } }, got ${got(value)}`
    return { byName, problems: [{ path: at, text }] }
  }
  for (const [name, its] of Object.entries(value))
    byName.set(name, readDefaults({ at: [...at, name], value: its, written: written[name] }, table))
  return { byName, problems: [...byName.values()].flatMap(({ problems }) => problems) }
}

function readList({ at, value, written }: Part): { layers: readonly Layer[]; problems: readonly Problem[] } {
  if (value === undefined || value === null) return { layers: [], problems: [] }
  if (!Array.isArray(value) || !Array.isArray(written))
    return { layers: [], problems: [{ path: at, text: `expected a list of checks, got ${got(value)}` }] }
  const layers: Layer[] = []
  const problems: Problem[] = []
  value.forEach((item: unknown, index) => {
    const path = [...at, index]
    if (isMapping(item)) layers.push({ at: path, value: item, written: written[index] as Mapping })
    else problems.push({ path, text: `expected a check such as { name: api, type: http }, got ${got(item)}` })
  })
  return { layers, problems }
}

function typeOf(
  { at, value: { type: said } }: Layer,
  table: TypeTable,
): { type: ConfigType | undefined; problems: readonly Problem[] } {
  const type = typeof said === 'string' ? table.find(said) : undefined
  if (type !== undefined) return { type, problems: [] }
  const text =
    typeof said === 'string'
      ? noType(said, got(said), table)
      : `expected one of ${table.names.join(', ')}, got ${got(said)}`
  return { type, problems: [{ path: [...at, 'type'], text }] }
}

interface Group {
  readonly defaults?: Defaults
  readonly problems: readonly Problem[]
}

/** The group of a check. What is no name is the schema's to tell. */
function groupOf({ at, value: { group: said } }: Layer, groups: ReadonlyMap<string, Defaults>): Group {
  if (typeof said !== 'string') return { problems: [] }
  const defaults = groups.get(said)
  if (defaults !== undefined) return { defaults, problems: [] }
  const meant = nearest(said, groups.keys())
  const instead = meant === undefined ? 'groups: says which there are' : `did you mean ${meant}?`
  return { problems: [{ path: [...at, 'group'], text: `there is no group ${got(said)}; ${instead}` }] }
}

/** What lies below a check, the most general first. */
function layersOf(type: ConfigType | undefined, ...defaults: readonly (Defaults | undefined)[]): readonly Layer[] {
  return defaults.flatMap((one) => {
    if (one === undefined) return []
    const own = type === undefined ? undefined : one.ofType.get(type.type)
    return own === undefined ? [one.layer] : [one.layer, own]
  })
}
