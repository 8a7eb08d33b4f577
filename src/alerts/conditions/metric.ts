import type { MetricCondition } from '../../model/alert-definition.ts'
import { seriesKey } from '../../model/series.ts'
import type { Active } from '../active.ts'
import { type Condition, type Finding, matterOf } from './condition.ts'
import { isSelected, mattersOf } from './of-metric.ts'

/** A value that is on the wrong side of a limit, or a series that has none. */
export const metricCondition: Condition<'metric'> = {
  kind: 'metric',
  look(task, scene, say) {
    const { rule } = task
    const { when } = rule
    const { world } = scene
    if (when.absent) {
      const known = mattersOf(task, scene).some(({ series }) => world.value(series) !== undefined)
      if (!known && world.awaited(when.metric, when.where)) return
      say(matterOf(rule, absentKey(when), when.where), { ...ABSENT, wrong: !known, cleared: known })
      return
    }
    for (const matter of mattersOf(task, scene)) {
      const value = world.value(matter.series)
      if (value === undefined) continue
      const wrong = isOutside(when, value)
      const active = scene.active(matter)
      if (active === undefined && (!wrong || rule.except?.(matter.labels, world) === true)) continue
      say(matter, findingOf(when, value, wrong, active))
    }
  },
  covers: (when, series) => (when.absent ? series === absentKey(when) : isSelected(when, series)),
}

/** Fewer than one series has a value. */
const ABSENT = { value: Number.NaN, threshold: 1, direction: 'below', text: 'no value' } as const

function absentKey({ metric, where }: MetricCondition): string {
  return seriesKey(metric, where)
}

function isOutside({ above, below, outside }: MetricCondition, value: number): boolean {
  if (outside !== undefined) return value < outside[0] || value > outside[1]
  return (above !== undefined && value > above) || (below !== undefined && value < below)
}

function findingOf(when: MetricCondition, value: number, wrong: boolean, active: Active | undefined): Finding {
  const { threshold, direction } = limitOf(when, value, wrong, active)
  const end = when.clear ?? threshold
  return { value, threshold, direction, wrong, cleared: !wrong && !(direction === 'above' ? value > end : value < end) }
}

/** The limit and the side of it that is wrong. Of two limits it is the one that was passed last. */
function limitOf(
  { above, below, outside }: MetricCondition,
  value: number,
  wrong: boolean,
  active: Active | undefined,
): Pick<Finding, 'threshold' | 'direction'> {
  if (outside !== undefined) {
    const [low, high] = outside
    const isBelow = wrong || active === undefined ? value < low : active.direction === 'below'
    return isBelow ? { threshold: low, direction: 'below' } : { threshold: high, direction: 'above' }
  }
  if (below !== undefined) return { threshold: below, direction: 'below' }
  return { threshold: above ?? Number.POSITIVE_INFINITY, direction: 'above' }
}
