import type { AlertCondition, AlertDefinition } from '../model/alert-definition.ts'
import { builtinRules } from './builtin.ts'
import type { Rule } from './rule.ts'

/**
 * The rules that hold: the built-in ones, in their places those of the same name from a configuration, and the others of it behind them.
 * `disabled` are names of built-in rules that do not count.
 */
export function rulesOf(definitions: readonly AlertDefinition[], disabled: readonly string[]): readonly Rule[] {
  const off = new Set(disabled)
  const byName = new Map(definitions.map((definition) => [definition.name, definition]))
  const names = new Set(builtinRules.map(({ name }) => name))
  return [
    ...builtinRules.flatMap((rule) => {
      if (off.has(rule.name)) return []
      const own = byName.get(rule.name)
      return [own === undefined ? rule : replacing(rule, own)]
    }),
    ...definitions.filter(({ name }) => !names.has(name)),
  ]
}

/** One that looks at the same thing speaks of it in the same words, and blames the same processes: only its limits are others. */
function replacing(rule: Rule, own: AlertDefinition): Rule {
  if (aboutOf(rule.when) !== aboutOf(own.when)) return own
  const { message: _, except, ...words } = rule
  // Whoever names the series means them.
  const named = 'where' in own.when && Object.keys(own.when.where).length > 0
  return { ...words, ...(except === undefined || named ? {} : { except }), ...own, replaces: true }
}

/** What a condition looks at, and on which side of it trouble lies. */
function aboutOf(when: AlertCondition): string {
  switch (when.kind) {
    case 'metric': {
      const side = (['above', 'below', 'outside', 'absent'] as const).find((limit) => when[limit] !== undefined)
      return `metric ${when.metric} ${side}`
    }
    case 'forecast':
      return `forecast ${when.metric}`
    case 'check':
    case 'process':
      return `${when.kind} ${when.is}`
    case 'event':
      return `event ${when.event}`
  }
}
