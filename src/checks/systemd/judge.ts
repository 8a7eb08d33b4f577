import { type Comparison, compares, comparisonText } from '../../lib/comparison.ts'
import { moment } from '../../lib/units.ts'
import type { CheckOutcome, Expectation, Fact } from '../../model/check.ts'
import { degraded, down, up } from '../check.ts'
import { RESTART_LOOP, restartsText } from '../restarts.ts'
import { endingOf } from './ending.ts'
import type { Unit } from './unit.ts'

export interface UnitWishes {
  readonly name: string
  readonly state: string
  readonly sub?: string | undefined
  readonly restarts?: Comparison | undefined
}

/** `recent` is how often it was restarted in the last ten minutes. */
export function judgeUnit(unit: Unit, recent: number, wishes: UnitWishes, nowMs: number): CheckOutcome {
  const { name, state, sub, restarts } = wishes
  const ending = endingOf(unit)
  const why = ending === undefined ? '' : ` (${ending})`
  const shown = unit.sub === '' || unit.sub === unit.active ? unit.active : `${unit.active} (${unit.sub})`
  const expectations: Expectation[] = [{ name: 'state', met: unit.active === state, found: shown, wanted: state }]
  if (sub !== undefined) expectations.push({ name: 'sub', met: unit.sub === sub, found: unit.sub, wanted: sub })
  const fewRestarts = restarts === undefined || unit.restarts === undefined || compares(restarts, unit.restarts)
  if (restarts !== undefined) {
    const found = unit.restarts === undefined ? 'not known' : String(unit.restarts)
    expectations.push({ name: 'restarts', met: fewRestarts, found, wanted: comparisonText(restarts, String) })
  }
  const rest = { noLatency: true, expectations, facts: factsOf(unit, shown, ending, nowMs) }

  const looping = recent >= RESTART_LOOP
  if (unit.active !== state) {
    if (unit.load === 'not-found') return down('missing', `there is no unit ${name}`, rest)
    if (unit.load === 'masked') return down('masked', `${name} is masked: it cannot be started`, rest)
    if (unit.load === 'error' || unit.load === 'bad-setting')
      return down(
        'unit',
        `${name} is ${unit.active}, and its unit file has mistakes; systemctl status ${name} tells them`,
        rest,
      )
    if (looping) return degraded('restarting', `${name} ${restartsText(recent)}${why}`, rest)
    const since = unit.changedMs === undefined ? '' : ` since ${moment(unit.changedMs, nowMs)}`
    return otherState(unit, `${name} is`, `${since}${why}`, state, rest)
  }
  if (sub !== undefined && unit.sub !== sub) return down('state', `${name} is ${shown}, expected ${sub}`, rest)
  if (looping) return degraded('restarting', `${name} ${restartsText(recent)}`, rest)
  if (!fewRestarts) {
    const wanted = comparisonText(restarts as Comparison, String)
    return degraded('restarts', `${name} was restarted ${unit.restarts} times, expected ${wanted}`, rest)
  }
  return up(rest)
}

/** What is on its way may come to be as wanted; what came to its end does not by itself. */
function otherState(
  unit: Unit,
  is: string,
  since: string,
  wanted: string,
  rest: Parameters<typeof up>[0],
): CheckOutcome {
  switch (unit.active) {
    case 'activating':
      return unit.sub === 'auto-restart'
        ? degraded('restarting', `${is} waiting to be started again${since}`, rest)
        : degraded('starting', `${is} starting${since}`, rest)
    case 'reloading':
    case 'refreshing':
      return degraded('reloading', `${is} reloading its configuration${since}`, rest)
    case 'deactivating':
      return degraded('stopping', `${is} stopping${since}`, rest)
    case 'failed':
      return down('failed', `${is} failed${since}`, rest)
    case 'inactive':
      return down('inactive', `${is} inactive${since}: it is not started`, rest)
    default:
      return down('state', `${is} ${unit.active}${since}, expected ${wanted}`, rest)
  }
}

function factsOf(unit: Unit, shown: string, ending: string | undefined, nowMs: number): Fact[] {
  const since = unit.active === 'active' ? (unit.activeSinceMs ?? unit.changedMs) : unit.changedMs
  return [
    { name: 'state', value: shown },
    ...(unit.load === 'loaded' ? [] : [{ name: 'unit file', value: unit.load }]),
    ...(since === undefined ? [] : [{ name: 'since', value: moment(since, nowMs) }]),
    ...(ending === undefined ? [] : [{ name: 'result', value: ending }]),
    ...(unit.restarts === undefined ? [] : [{ name: 'restarts', value: String(unit.restarts) }]),
  ]
}
