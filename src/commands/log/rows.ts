import { bytes, count, percent, span } from '../../lib/units.ts'
import type { AlertLine, CheckLine, EventLine, Line, LineKind, MetricsLine, ProcessesLine } from '../../log/line.ts'
import { type AlertMoment, type Resolution, ruleOfId } from '../../model/alert.ts'
import { endText } from '../../model/alert-words.ts'
import { CHECK_VERDICT } from '../../model/check.ts'
import { stateWord, turnText } from '../../model/check-words.ts'
import type { LogEvent } from '../../model/event.ts'

/** A line of the log, for people. */
export interface LogRow {
  readonly wallMs: number
  readonly level: LogEvent['level']
  readonly subject: string
  readonly text: string
  readonly cause: string
  /** The rule, where it is about an alert. */
  readonly rule?: string
}

/** Processes that a row names. */
const MOST_NAMES = 3
/** Steps of an alert that the table passes over: it tells what fires, not how bad it got. */
const QUIET_STEPS: readonly AlertMoment['step'][] = ['pending', 'peak', 'joined']
const WELL: readonly Resolution[] = ['cleared', 'withdrawn']

/**
 * Makes rows of lines, in their order: each thing once. Events tell the turns of alerts and checks too: lines of those have rows of their own only
 * where events are not shown (`kinds`), a check where it is something else than before, an alert at each step.
 */
export function createRows(kinds: ReadonlySet<LineKind>): (line: Line) => LogRow | undefined {
  const checks = new Map<string, CheckLine>()
  const steps = new Map<string, string>()
  const areTold = kinds.has('event')
  return (line) => {
    switch (line.kind) {
      case 'metrics':
        return metricsRow(line)
      case 'processes':
        return processesRow(line)
      case 'event':
        return eventRow(line)
      case 'check': {
        if (areTold) return undefined
        const before = checks.get(line.check)
        checks.set(line.check, line)
        return checkRow(line, before)
      }
      case 'alert': {
        if (areTold) return undefined
        const moment = line.record.timeline.at(-1)
        const step = `${line.state} ${moment?.step} ${moment?.wallMs}`
        const told = steps.get(line.id)
        if (line.state === 'resolved') steps.delete(line.id)
        else steps.set(line.id, step)
        return told === step ? undefined : alertRow(line, moment, told === undefined)
      }
    }
  }
}

function eventRow({ t, level, subject, text, cause = '', alert }: EventLine): LogRow {
  return { wallMs: t, level, subject, text, cause, ...(alert !== undefined && { rule: ruleOfId(alert) }) }
}

function checkRow(line: CheckLine, before: CheckLine | undefined): LogRow | undefined {
  const { t, check, state, since_ms: sinceMs, reason, error, flapping } = line
  const well = state === 'up' && flapping !== true
  // Before it has been asked often enough nothing is known of it.
  if (before === undefined ? well || line.result !== undefined : isSaid(line, before)) return undefined
  const judged = { state, ...(reason !== undefined && { reason }), ...(error !== undefined && { error }) }
  const level = state === 'up' && flapping ? 'warning' : CHECK_VERDICT[state]
  const row = { wallMs: t, level, subject: check }
  if (well && before !== undefined) {
    const was = before.state === 'up' ? 'was flapping' : `was ${stateWord(before)}`
    return { ...row, text: 'well again', cause: `${was} ${span(Math.max(0, sinceMs - before.since_ms) / 1000)}` }
  }
  const text = state === 'up' ? 'flapping' : `${turnText(judged)}${flapping ? ', flapping' : ''}`
  return { ...row, text, cause: '' }
}

/** Whether it is what it was. Why a look found something else, which does not count yet, is no news of the check. */
function isSaid(line: CheckLine, before: CheckLine): boolean {
  if (line.state !== before.state || line.flapping !== before.flapping) return false
  const isOther = line.result !== undefined || before.result !== undefined
  return isOther || (line.reason === before.reason && line.error === before.error)
}

function alertRow(line: AlertLine, moment: AlertMoment | undefined, first: boolean): LogRow | undefined {
  const { t, name, state, severity, subject, text, cause = '', resolution } = line
  const row = { wallMs: t, subject, rule: name }
  if (state === 'resolved') {
    const level = resolution === undefined || WELL.includes(resolution) ? 'ok' : 'event'
    // As its event had it: `well again, was 97 % for 8 min`.
    const [ending = '', ...rest] = moment?.text.split(', ') ?? []
    return { ...row, level, text: ending || endText(resolution), cause: rest.join(', ') }
  }
  if (first || moment === undefined || moment.step === 'firing') return { ...row, level: severity, text, cause }
  if (QUIET_STEPS.includes(moment.step)) return undefined
  return { ...row, level: 'event', text: moment.step, cause: moment.text }
}

function metricsRow({ t, values }: MetricsLine): LogRow {
  const ratio = (name: string, key: string) => {
    const value = values[key]
    return value === undefined ? [] : [`${name} ${percent(value).figure} %`]
  }
  const { load_1m: load } = values
  const figures = [
    ...ratio('cpu', 'cpu_used_ratio'),
    ...ratio('memory', 'memory_used_ratio'),
    ...ratio('swap', 'swap_used_ratio'),
    ...(load === undefined ? [] : [`load ${load.toFixed(2)}`]),
  ]
  const text = figures.length > 0 ? figures.join('  ') : `${count(Object.keys(values).length)} series`
  return { wallMs: t, level: 'event', subject: 'metrics', text, cause: '' }
}

/** Those that use most of a core; in the first moments, in which nobody knows that yet, those that hold most memory. */
function processesRow({ t, processes }: ProcessesLine): LogRow {
  const busy = processes.filter((process) => process.cpu_ratio !== undefined)
  const text = [...(busy.length > 0 ? busy : processes)]
    .sort((a, b) => (b.cpu_ratio ?? 0) - (a.cpu_ratio ?? 0) || b.memory_bytes - a.memory_bytes)
    .slice(0, MOST_NAMES)
    .map(({ name, cpu_ratio: ratio, memory_bytes: held }) => {
      const { figure, unit } = ratio === undefined ? bytes(held) : percent(ratio)
      return `${name} ${figure} ${unit}`
    })
    .join(', ')
  return { wallMs: t, level: 'event', subject: 'processes', text, cause: '' }
}
