import { span } from '../lib/units.ts'
import type { EventKind, LogEvent } from '../model/event.ts'
import type { Run, Watched } from '../model/watch.ts'

/** What became of a watched process between two tellings of the same target: its end, its start, its restarts in between. */
export function watchedEvents(before: Watched | undefined, now: Watched, wallMs: number): LogEvent[] {
  if (before === undefined || before.label !== now.label) return []
  const event = (kind: EventKind, text: string, cause?: string): LogEvent => ({
    wallMs,
    kind,
    level: 'event',
    subject: now.label,
    text,
    ...(cause !== undefined && { cause }),
  })
  // One that watches anew has seen no restarts yet.
  const restarts = Math.max(0, now.restarts - before.restarts)
  const ended = lastEnded(now)
  const events: LogEvent[] = []
  if (before.state === 'gone' && now.state === 'running') {
    const gone = lastEnded(before)?.endedMs
    events.push(
      event(
        'process_started',
        gone === undefined ? 'started again' : `started again after ${span((wallMs - gone) / 1000)}`,
      ),
    )
    if (restarts > 1) events.push(event('process_restarted', restartedText(restarts - 1), ended?.cause))
  } else if (restarts > 0) events.push(event('process_restarted', restartedText(restarts), ended?.cause))
  if (before.state === 'running' && now.state === 'gone')
    events.push(event('process_ended', endedText(ended), ended?.cause))
  return events
}

function lastEnded({ runs }: Watched): Run | undefined {
  let last: Run | undefined
  for (const run of runs) if (run.endedMs !== undefined && run.endedMs > (last?.endedMs ?? 0)) last = run
  return last
}

function endedText(run: Run | undefined): string {
  return run?.endedMs === undefined ? 'ended' : `ended after ${span((run.endedMs - run.startedMs) / 1000)}`
}

function restartedText(times: number): string {
  return times === 1 ? 'restarted' : `restarted ${times} times`
}
