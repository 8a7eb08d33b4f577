import type { AlertKind } from '../model/alert.ts'
import type { Condition, Task } from './conditions/condition.ts'
import { conditionOf } from './conditions/registry.ts'
import { isOf, type SeriesTable, seriesTable } from './conditions/series-table.ts'
import type { Rule } from './rule.ts'

/** Rules as the judge reads them, with what it remembers of them from one judgement to the next. */
export interface Docket {
  readonly byName: ReadonlyMap<string, Rule>
  readonly entries: readonly { readonly condition: Condition<AlertKind>; readonly task: Task<AlertKind> }[]
  /** The table of a metric; with its keys, the one of these, which is the same while they are. */
  table(metric: string, keys: readonly string[] | undefined): SeriesTable
}

const DOCKETS = new WeakMap<readonly Rule[], Docket>()

/** Made once for a list of rules. */
export function docketOf(rules: readonly Rule[]): Docket {
  let docket = DOCKETS.get(rules)
  if (docket === undefined) {
    docket = createDocket(rules)
    DOCKETS.set(rules, docket)
  }
  return docket
}

function createDocket(rules: readonly Rule[]): Docket {
  const tables = new Map<string, SeriesTable>()
  return {
    byName: new Map(rules.map((rule) => [rule.name, rule])),
    entries: rules.map((rule) => ({
      condition: conditionOf<AlertKind>(rule.when.kind),
      task: { rule, memory: { checks: new WeakMap() } },
    })),
    table(metric, keys) {
      const known = tables.get(metric)
      if (known !== undefined && (keys === undefined || isOf(known, keys))) return known
      const table = seriesTable(keys ?? [], known)
      tables.set(metric, table)
      return table
    },
  }
}
