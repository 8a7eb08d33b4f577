import { type Metric, sourced } from '../metric.ts'

/** healthtop itself. */
export const ownMetrics: readonly Metric[] = [
  ...sourced('the writer of the log', [
    {
      name: 'log_failing',
      help: '1 while the log cannot be written, 0 while it can; absent where none is written',
      unit: 'count',
      bounds: { min: 0, max: 1 },
      derivation: { kind: 'gauge' },
    },
    {
      name: 'log_lost_lines',
      help: 'lines that could not be kept until the log could be written again, since the start',
      unit: 'count',
      derivation: { kind: 'gauge' },
    },
  ]),
]
