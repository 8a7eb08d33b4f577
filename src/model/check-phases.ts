import { PHASES, type Phase, type Phases } from './check.ts'

/** Growth below this says nothing: a network does that by itself. */
const LEAST_GROWTH_S = 0.005
const LEAST_GROWTH = 0.5
/** A phase that took less of the whole did not make it slow. */
const LEAST_SHARE = 0.5

/** The phase that grew most against what is usual; undefined where none grew much. */
export function grownPhase(now: Phases, usual: Phases): Phase | undefined {
  const growth = (phase: Phase) => (now[phase] ?? 0) - (usual[phase] ?? Number.POSITIVE_INFINITY)
  const grown = PHASES.filter(
    (phase) => growth(phase) >= LEAST_GROWTH_S && growth(phase) >= LEAST_GROWTH * (usual[phase] as number),
  )
  return grown.toSorted((a, b) => growth(b) - growth(a))[0]
}

/** The phase that made an answer slow: the one that grew; where it was always slow the one that took most of the time. */
export function slowPhase(now: Phases, usual: Phases): Phase | undefined {
  const whole = PHASES.reduce((sum, phase) => sum + (now[phase] ?? 0), 0)
  const most = PHASES.find((phase) => whole > 0 && (now[phase] ?? 0) >= LEAST_SHARE * whole)
  return grownPhase(now, usual) ?? most
}
