import { type Comparison, compares, comparisonText } from '../../lib/comparison.ts'
import { count as countText, moment } from '../../lib/units.ts'
import type { CheckOutcome, Expectation, Fact } from '../../model/check.ts'
import type { ProcessRow } from '../../model/processes.ts'
import { degraded, down, up } from '../check.ts'
import { restartsText } from '../restarts.ts'
import { figuresOf, type ProcessFigures, seriesOf } from './figures.ts'
import { figureText, limitRows, type ProcessLimits } from './limits.ts'
import { oldestOf } from './main-starts.ts'

export interface ProcessWishes {
  /** As people read whom they asked for: `nginx`. */
  readonly name: string
  readonly count: Comparison
  readonly restarts: Comparison
  readonly limits: ProcessLimits
}

/** Too few, or too many, is down; over a limit, or started again and again, is degraded. `restarts` counts those of the last ten minutes. */
export function judgeProcesses(
  rows: readonly ProcessRow[],
  restarts: number,
  wishes: ProcessWishes,
  nowWallMs: number,
): CheckOutcome {
  const figures = figuresOf(rows, nowWallMs)
  const limits = rows.length === 0 ? [] : limitRows(wishes.limits, figures)
  const countWanted = comparisonText(wishes.count, String)
  const countMet = compares(wishes.count, rows.length)
  const calm = compares(wishes.restarts, restarts)
  const expectations: Expectation[] = [
    { name: 'count', met: countMet, found: String(rows.length), wanted: countWanted },
    ...limits,
    {
      name: 'restarts',
      met: calm,
      found: restartsText(restarts),
      wanted: `${comparisonText(wishes.restarts, String)} in 10 min`,
    },
  ]
  const rest = {
    noLatency: true,
    expectations,
    facts: factsOf(rows, figures, nowWallMs),
    processes: seriesOf(figures),
  }
  if (!countMet) {
    const few = rows.length < wishes.count.value
    return down(few ? 'missing' : 'count', countError(rows.length, wishes.name, countWanted, few), rest)
  }
  const over = limits.find(({ met }) => !met)
  if (over !== undefined) {
    const error = `${wishes.name} ${SAYS[over.name](over.found)}, expected ${over.wanted}`
    return degraded(over.name, error, rest)
  }
  if (!calm) return degraded('restarting', `${wishes.name} ${restartsText(restarts)}`, rest)
  return up(rest)
}

const SAYS: Readonly<Record<keyof ProcessLimits, (found: string) => string>> = {
  cpu: (found) => `takes ${found} of one core`,
  memory: (found) => `uses ${found} of memory`,
  files: (found) => `has ${found} open files`,
  threads: (found) => `has ${found} threads`,
  age: (found) => `has a process that started ${found} ago`,
}

function countError(count: number, name: string, wanted: string, few: boolean): string {
  if (count === 0) return few && wanted === '>=1' ? `no process ${name}` : `no process ${name}, expected ${wanted}`
  return `${count} ${count === 1 ? 'process' : 'processes'} ${name}, expected ${wanted}`
}

function factsOf(rows: readonly ProcessRow[], figures: ProcessFigures, nowWallMs: number): Fact[] {
  const { cpuRatio, memoryBytes, files, threads } = figures
  const oldest = oldestOf(rows)
  return [
    { name: 'processes', value: countText(figures.count) },
    ...(oldest ? [{ name: 'oldest', value: `pid ${oldest.pid}, since ${moment(oldest.startedMs, nowWallMs)}` }] : []),
    ...(cpuRatio === undefined ? [] : [{ name: 'cpu', value: `${figureText('cpu', cpuRatio)} of one core` }]),
    ...(memoryBytes === undefined ? [] : [{ name: 'memory', value: figureText('memory', memoryBytes) }]),
    ...(files === undefined ? [] : [{ name: 'files', value: countText(files) }]),
    ...(threads === undefined ? [] : [{ name: 'threads', value: countText(threads) }]),
  ]
}
