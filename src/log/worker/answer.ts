import { messageOf } from '../../lib/trouble.ts'
import type { History } from '../../model/history.ts'
import { logFolder } from '../files.ts'
import { readHistory } from '../history.ts'
import { maintain } from '../retention.ts'
import { rollUp } from '../rollup/roll-up.ts'
import type { LogAnswers, LogRequest, Upkeep } from './messages.ts'

/** Does what is asked. Rejects as reading the folder does, and when the signal says so. */
export async function answer(request: LogRequest, signal: AbortSignal): Promise<LogAnswers[keyof LogAnswers]> {
  const { state } = request
  switch (request.kind) {
    case 'history':
      return readHistory(state, request.wanted, signal)
    case 'maintain':
      return keepInOrder(request, signal)
  }
}

/** Roll-ups first: they have more in them while lines are not thinned yet. Where they cannot be written (a full disk) room is made all the same. */
async function keepInOrder(
  { state, retention }: Extract<LogRequest, { kind: 'maintain' }>,
  signal: AbortSignal,
): Promise<Upkeep> {
  const folder = logFolder(state)
  const rolled = await rollUp(folder, retention.nowMs, signal).then(
    () => ({}),
    (error: unknown) => ({ rollFailure: messageOf(error) }),
  )
  const { failed } = await maintain(folder, retention, signal)
  return {
    ...rolled,
    maintained: { failed: failed.map(({ name, error }) => ({ name, reason: messageOf(error) })) },
  }
}

/** Memory that need not be copied to cross threads: that of all columns. */
export function buffersOf(told: LogAnswers[keyof LogAnswers]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  const { series, checks }: Partial<Pick<History, 'series' | 'checks'>> = 'series' in told ? told : {}
  for (const { min, mean, max, last } of series?.values() ?? [])
    for (const column of [min, mean, max, last]) buffers.add(column.buffer as ArrayBuffer)
  for (const { known, good, results } of checks?.values() ?? [])
    for (const column of [known, good, results.wallMs, results.states, results.latencyS])
      buffers.add(column.buffer as ArrayBuffer)
  return [...buffers]
}
