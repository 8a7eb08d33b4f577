import { CERTIFICATE_LEFT } from '../../model/catalogue/checks.ts'
import type { CheckStatus } from '../../model/check.ts'
import { isTrouble, troubleText } from '../../model/check-words.ts'
import { hasLabels, parseSeriesKey, seriesKey } from '../../model/series.ts'
import { type Condition, type Finding, type Matter, matterOf, type RuleOn, type Task } from './condition.ts'

const UP = 'check_up'
const VALUES: Readonly<Record<CheckStatus['state'], number>> = { up: 1, degraded: 1, down: 0, unknown: Number.NaN }

/** A check that is in a state, as it is judged: it takes several results in a row. */
export const checkCondition: Condition<'check'> = {
  kind: 'check',
  look(task, { world, active, checkNamed }, say) {
    const { rule } = task
    const { check } = rule.when
    for (const status of check === undefined ? world.checks : checkNamed(check)) {
      if (!hasLabels(status.definition.labels, rule.when.where)) continue
      const finding = findingOf(rule.when, status)
      if (finding === undefined) continue
      const matter = matterOfCheck(task, status)
      if (active(matter) === undefined) {
        if (finding === 'inhibited' || !finding.wrong || rule.except?.(matter.labels, world) === true) continue
      }
      say(matter, finding)
    }
  },
  covers(when, series) {
    const { name, labels } = parseSeriesKey(series)
    return name === UP && labels.check !== undefined && (when.check === undefined || when.check === labels.check)
  },
}

/** Undefined while nothing is known of it. */
function findingOf({ is }: RuleOn<'check'>['when'], status: CheckStatus): Finding | 'inhibited' | undefined {
  const { state, flapping, reason, asked } = status
  if (!asked) return undefined
  if (reason === 'dependency') return 'inhibited'
  if (state === 'unknown' && is !== 'unknown') return undefined
  // Not asked often enough yet is no trouble: it has no reason.
  const wrong = is === 'flapping' ? flapping : state === is && (is !== 'unknown' || isTrouble(status))
  return {
    value: VALUES[state],
    threshold: 1,
    direction: 'below',
    wrong,
    cleared: !wrong,
    ...(wrong && { text: is === 'flapping' ? is : troubleText(status) }),
    ...(wrong && is !== 'flapping' && reason === 'certificate' && { about: certificateOf(status) }),
  }
}

function certificateOf({ definition }: CheckStatus): string {
  return seriesKey(CERTIFICATE_LEFT, { check: definition.name })
}

/** A check has labels of its own. */
function matterOfCheck({ rule, memory }: Task<'check'>, { definition }: CheckStatus): Matter {
  const known = memory.checks.get(definition)
  if (known !== undefined) return known
  const { name } = definition
  const matter = matterOf(rule, seriesKey(UP, { check: name }), { ...definition.labels, check: name })
  memory.checks.set(definition, matter)
  return matter
}
