import type { Eta, TimeToLimit } from '../../model/forecast.ts'
import type { Active } from '../active.ts'
import type { Condition, Finding, RuleOn, Scene } from './condition.ts'
import { isSelected, mattersOf } from './of-metric.ts'

/** A forecast that moves about its time must not flap: it is withdrawn only when this many times the time is left. */
const CLEAR = 1.25
/** Without a latest time a forecast is believed for this many times as long as was likely. */
const LATEST = 2

/** A series that will reach a limit within a time. */
export const forecastCondition: Condition<'forecast'> = {
  kind: 'forecast',
  look(task, scene, say) {
    const { rule } = task
    const { world } = scene
    for (const matter of mattersOf(task, scene)) {
      const value = world.value(matter.series)
      if (value === undefined) continue
      const active = scene.active(matter)
      const found = findingOf(rule, matter.series, value, active, scene)
      if (active === undefined && (!found.wrong || rule.except?.(matter.labels, world) === true)) continue
      say(matter, found)
    }
  },
  covers: isSelected,
}

function findingOf(
  { when }: RuleOn<'forecast'>,
  series: string,
  value: number,
  active: Active | undefined,
  { world, wallMs, monoMs }: Scene,
): Finding {
  const { reaches: threshold, withinMs } = when
  const said = world.timeTo(series, threshold)
  const time: TimeToLimit = said?.time ?? { kind: 'unknown' }
  const direction = said?.direction ?? active?.direction ?? 'above'
  const same = { value, threshold, direction }
  const isPassed = direction === 'above' ? value >= threshold : value <= threshold
  // A forecast goes by more than the last value: it may still head for a limit that was passed just now.
  if (time.kind === 'reached' || (isPassed && (active !== undefined || time.kind === 'heading')))
    return { ...same, wrong: true, cleared: false, reached: true }
  const { ahead, aheadMono = monoMs } = active ?? {}
  const last = ahead && { ahead, aheadMono }
  const end = { ...same, resolution: active?.reached ? 'reached' : 'withdrawn' } as const
  // What is withdrawn is what was said last.
  if (time.kind === 'steady') return { ...end, ...last, wrong: false, cleared: true }
  if (time.kind === 'heading') {
    const leftMs = time.eta.likely * 1000
    if (leftMs > CLEAR * withinMs) return { ...end, ...last, wrong: false, cleared: true }
    const asOfMs = said?.asOfMs ?? wallMs
    // The same words, said again, are as old as they were.
    const isSaid = ahead?.asOfMs === asOfMs && ahead.eta === time.eta
    const now = isSaid ? last : { ahead: { asOfMs, eta: time.eta }, aheadMono: monoMs }
    return { ...end, ...now, wrong: leftMs <= withinMs, cleared: false }
  }
  // Nothing new is known: the last forecast stands until its own time is over.
  const over = ahead !== undefined && monoMs - aheadMono > 1000 * latestOf(ahead.eta)
  return { ...end, ...last, wrong: false, cleared: over, undecided: !over }
}

function latestOf({ likely, latest = LATEST * likely }: Eta): number {
  return Math.max(latest, likely)
}
