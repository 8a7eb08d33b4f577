import { got } from '../../lib/fields.ts'
import type { AlertDefinition } from '../../model/alert-definition.ts'
import { isMapping, type Mapping } from '../checks/merge.ts'
import type { Path } from '../position.ts'
import type { Problem } from '../problem.ts'
import { pathText } from '../wording.ts'
import type { KnownCheck } from './known-checks.ts'
import { readRule } from './rule.ts'

/** What `alerts` says. */
export interface Alerts {
  /** In the order of the file; those in which nothing is wrong. */
  readonly definitions: readonly AlertDefinition[]
  /** Built-in rules that do not count. */
  readonly disabled: readonly string[]
  readonly problems: readonly Problem[]
}

/** What the rules are read with. */
export interface AlertsContext {
  readonly checks: readonly KnownCheck[]
  /** Names of the built-in rules. */
  readonly builtIn: readonly string[]
  /** Where a rule stands, for people: `healthtop.yaml:41`. */
  readonly origin: (path: Path) => string
}

const SECTION = 'alerts'

/** Reads the alert rules of a configuration that has the section. */
export function readAlerts(value: Mapping, written: Mapping, context: AlertsContext): Alerts {
  const list = value[SECTION]
  const asWritten = written[SECTION]
  if (!Array.isArray(list) || !Array.isArray(asWritten)) {
    const text = `expected a list of rules, got ${got(list)}`
    return { definitions: [], disabled: [], problems: [{ path: [SECTION], text }] }
  }
  const definitions: AlertDefinition[] = []
  const disabled = new Set<string>()
  const problems: Problem[] = []
  const names = new Map<string, Path>()
  list.forEach((item: unknown, index) => {
    const at = [SECTION, index]
    if (!isMapping(item)) {
      const text = `expected a rule such as { name: disk-filling, metric: disk_used_ratio, above: 90% }, got ${got(item)}`
      problems.push({ path: at, text })
      return
    }
    const own = { at, value: item, written: asWritten[index] as Mapping }
    const rule = readRule(own, { ...context, origin: context.origin(at) })
    problems.push(...rule.problems)
    const { name } = rule
    if (name === undefined) return
    const before = names.get(name)
    if (before === undefined) names.set(name, at)
    else problems.push({ path: [...at, 'name'], text: `${pathText(before)} has the name ${got(name)} already` })
    if (rule.off && context.builtIn.includes(name)) disabled.add(name)
    if (rule.definition !== undefined) definitions.push(rule.definition)
  })
  return { definitions, disabled: [...disabled], problems }
}
