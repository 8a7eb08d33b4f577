import type { LogEvent } from '../model/event.ts'
import type { Frame } from '../model/frame.ts'
import type { History } from '../model/history.ts'
import type { EventLine, Line } from './line.ts'
import { alertLine, createAlertsWatch } from './record/alerts.ts'
import { createChecksRecorder } from './record/checks.ts'
import { createEventsWatch, eventLine } from './record/events.ts'
import { createMetricsRecorder } from './record/metrics.ts'
import { processesLine } from './record/processes.ts'
import { STEP_MS } from './record/step.ts'

export interface RecorderOptions {
  /** Told with the event that this run began with, and with the one that it took over with. */
  readonly run: NonNullable<EventLine['run']>
}

/** Turns frames into lines of the log. Pure state: its times are those of the frames. */
export interface Recorder {
  /**
   * What a frame tells that has to be written, in the order in which it is. What was measured comes with the first frame after its ten
   * seconds, and stands for them. Nothing while another healthtop measures and writes (`Frame.measurer`).
   */
  take(frame: Frame): readonly Line[]
  /** This one does not write any more, and whether another one does is not known yet. What it sees until it writes again is told then. */
  pause(): void
  /** What the engine was given of earlier runs, before the first frame that has it: it is in the log already. */
  know(history: Pick<History, 'events' | 'records'>): void
  /** What has not been written of the last ten seconds, and that the run ends. Nothing is taken after it. */
  finish(wallMs: number): readonly Line[]
}

export function createRecorder({ run }: RecorderOptions): Recorder {
  const metrics = createMetricsRecorder()
  const checks = createChecksRecorder()
  const alerts = createAlertsWatch()
  const events = createEventsWatch()
  let before: Frame | undefined
  let leaders: Frame['leaders']
  let attached = false
  let started = false
  let ended = false

  /** What was measured in the ten seconds that end with a frame. */
  function measured(frame: Frame | undefined): readonly Line[] {
    if (frame === undefined) return []
    const lines: Line[] = [...metrics.lines(frame)]
    const processes =
      frame.leaders === undefined || frame.leaders === leaders ? undefined : processesLine(frame.leaders, frame.wallMs)
    leaders = frame.leaders
    if (processes !== undefined) lines.push(processes)
    return lines
  }

  function happened(event: LogEvent): Line {
    if (event.kind === 'ended') ended = true
    if (event.kind !== 'started' || started) return eventLine(event)
    started = true
    return eventLine(event, run)
  }

  return {
    take(frame) {
      if (frame.measurer !== undefined) {
        // What this one sees is written by the other; only what comes after it is this one's to tell.
        events.fresh(frame.events)
        alerts.fresh(frame)
        checks.lines(frame)
        before = undefined
        attached = true
        started = false
        return []
      }
      const lines: Line[] = []
      if (before !== undefined && stepOf(before) !== stepOf(frame)) lines.push(...measured(before))
      before = frame
      const fresh = events.fresh(frame.events)
      if (attached && !fresh.some(({ kind }) => kind === 'started')) lines.push(happened(takenOver(frame.wallMs)))
      attached = false
      for (const event of fresh) lines.push(happened(event))
      for (const record of alerts.fresh(frame)) lines.push(alertLine(record, frame.wallMs))
      lines.push(...checks.lines(frame))
      return lines
    },
    pause() {
      before = undefined
      if (!started) return
      attached = true
      started = false
    },
    know(history) {
      events.know(history.events)
      alerts.know(history.records)
    },
    finish(wallMs) {
      if (attached) return []
      const lines = [...measured(before), ...checks.rest(wallMs)]
      before = undefined
      if (started && !ended) lines.push(happened({ ...OWN, wallMs, kind: 'ended', text: 'ended' }))
      return lines
    },
  }
}

const OWN = { level: 'event', subject: 'healthtop' } as const

function takenOver(wallMs: number): LogEvent {
  return { ...OWN, wallMs, kind: 'started', text: 'writes the log from now on' }
}

function stepOf({ wallMs }: Frame): number {
  return Math.floor(wallMs / STEP_MS)
}
