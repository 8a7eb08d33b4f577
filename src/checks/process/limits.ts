import { type Comparison, compares, comparisonText } from '../../lib/comparison.ts'
import { durationText } from '../../lib/duration.ts'
import { percent, size, span } from '../../lib/units.ts'
import type { Expectation } from '../../model/check.ts'
import type { ProcessFigures } from './figures.ts'

/** What may be expected of the processes found, besides their count. CPU is of one core, memory in bytes, age in milliseconds. */
export interface ProcessLimits {
  readonly cpu?: Comparison | undefined
  readonly memory?: Comparison | undefined
  readonly files?: Comparison | undefined
  readonly threads?: Comparison | undefined
  readonly age?: Comparison | undefined
}

type Limit = keyof ProcessLimits

const FIGURE: Readonly<Record<Limit, Exclude<keyof ProcessFigures, 'count'>>> = {
  cpu: 'cpuRatio',
  memory: 'memoryBytes',
  files: 'files',
  threads: 'threads',
  age: 'ageMs',
}

export interface LimitRow extends Expectation {
  readonly name: Limit
}

/**
 * A row for each limit that was set, in the order in which they are judged. What is not known (another user's open files, CPU at the first
 * look) fails nothing, and its row says so.
 */
export function limitRows(limits: ProcessLimits, figures: ProcessFigures): LimitRow[] {
  return (Object.keys(FIGURE) as Limit[]).flatMap((name) => {
    const limit = limits[name]
    if (limit === undefined) return []
    const value = figures[FIGURE[name]]
    const wanted = comparisonText(limit, (one) => wantedText(name, one))
    if (value === undefined) return [{ name, met: true, found: 'not known', wanted }]
    return [{ name, met: compares(limit, value), found: figureText(name, value), wanted }]
  })
}

/** `62%`, `1.4 GiB`, `5 min`. */
export function figureText(name: Limit, value: number): string {
  switch (name) {
    case 'cpu':
      return joined(percent(value), '')
    case 'memory':
      return joined(size(value), ' ')
    case 'age':
      return span(value / 1000)
    default:
      return String(value)
  }
}

function wantedText(name: Limit, value: number): string {
  return name === 'age' ? durationText(value) : figureText(name, value)
}

function joined({ figure, unit }: { figure: string; unit: string }, between: string): string {
  return `${figure}${between}${unit}`
}
