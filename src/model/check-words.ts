import type { CheckState, CheckStatus } from './check.ts'

/** A state with its reason, as a status and each of its changes have them. */
export interface Judged {
  readonly state: CheckState
  /** One word. */
  readonly reason?: string
  /** A sentence. */
  readonly error?: string
}

/** `812 ms … 500 ms`: how long it took and what was allowed, in the order in which every check type says it. */
const SLOW = /([\d.]+) (ms|s), expected under ([\d.]+) (ms|s)/
/** `expected status 2xx, got 500 Internal Server Error`. */
const STATUS = /^expected status (.+), got (\d{3})(?!\d)/
const ENDS = /^certificate for \S+ ends in (\d+) (day|hour)s?$/
const EXPIRED = /certificate for \S+ (expired on .+)$/

/** A check in one word: `up`, `down`, `unknown`, and of a degraded one which kind it is: `slow`, `certificate`, `warning` …. */
export function stateWord({ state, reason }: Judged): string {
  return state === 'degraded' ? (reason ?? 'degraded') : state
}

/** The reason without its state, short: `refused by 127.0.0.1:25`, `812 > 500 ms`, `9 d`; empty where there is none. */
export function detailText({ state, reason, error = '' }: Judged): string {
  if (state === 'up') return ''
  if (state !== 'degraded') return error.replace(/^connection /, '')
  if (reason === 'slow') return figuresOf(error) ?? error
  if (reason === 'certificate') return certificateText(error)
  return error
}

/** Whether that detail is figures and their units alone, which follow the word without a comma. */
function isFigures(detail: string): boolean {
  return /^[\d.]+ (?:ms|s|d|h)\b|^[\d.]+ >/.test(detail)
}

/** `812 > 500 ms`, `1.24 s > 500 ms` of a sentence that tells both. */
function figuresOf(error: string): string | undefined {
  const [, found, unit, limit, limitUnit] = SLOW.exec(error) ?? []
  if (found === undefined) return undefined
  return unit === limitUnit ? `${found} > ${limit} ${unit}` : `${found} ${unit} > ${limit} ${limitUnit}`
}

function certificateText(error: string): string {
  const [, left, unit] = ENDS.exec(error) ?? []
  if (left !== undefined) return `${left} ${unit === 'day' ? 'd' : 'h'}`
  return EXPIRED.exec(error)?.[1] ?? error
}

/** Whether it stands in NOW: down, degraded or flapping; unknown only when it was asked and nothing else explains that. */
export function isTrouble({ state, reason, flapping }: Judged & Pick<CheckStatus, 'flapping'>): boolean {
  // Until it is judged for the first time there is no reason.
  if (state === 'unknown') return reason !== undefined && reason !== 'dependency'
  return flapping || state !== 'up'
}

/** What is wrong, after the name of the check: `down refused by 127.0.0.1:25`, `slow 812 > 500 ms`, `certificate 9 d`, `flapping`; `up` when nothing is. */
export function troubleText(status: Judged & Pick<CheckStatus, 'flapping'>): string {
  if (status.state === 'up') return status.flapping ? 'flapping' : 'up'
  const text = joined(status, ' ')
  return status.flapping ? `${text}, flapping` : text
}

/** The same as the log has it, where each entry is a sentence of its own: `down, refused by 127.0.0.1:25`. */
export function turnText(judged: Judged): string {
  return joined(judged, ', ')
}

function joined(judged: Judged, separator: string): string {
  const word = stateWord(judged)
  const detail = detailText(judged)
  if (detail === '') return word
  // `warning WARNING - 3 jobs wait` says it twice.
  if (detail.toLowerCase().startsWith(word.toLowerCase())) return detail
  return `${word}${isFigures(detail) ? ' ' : separator}${detail}`
}

/** Why, as short as a column: `refused :25`, `over 500 ms`, `cert < 14 d`, else the sentence; empty when there is nothing to say. */
export function shortReason(status: CheckStatus): string {
  const { state, reason, error = '', flapping } = status
  if (state === 'up') return flapping ? 'flapping' : ''
  const expectation = status.last?.outcome.expectations?.find(({ name, met }) => name === reason && !met)
  if (reason === 'refused' || reason === 'reset') {
    const port = /:(\d{1,5})$/.exec(error)?.[1]
    return port === undefined ? reason : `${reason} :${port}`
  }
  if (reason === 'timeout') return 'no answer'
  if (reason === 'status') {
    const got = STATUS.exec(error)?.[2]
    if (got !== undefined) return `status ${got}`
  }
  if (reason === 'slow') {
    const [, , , limit, unit] = SLOW.exec(error) ?? []
    if (limit !== undefined) return `over ${limit} ${unit}`
  }
  if (reason === 'certificate' && state === 'degraded') {
    const least = /^(\d+ [dh]) or more$/.exec(expectation?.wanted ?? '')?.[1]
    return least === undefined ? `cert ${certificateText(error)}` : `cert < ${least}`
  }
  return error || (reason ?? '')
}

/** The same from most to least: `expected status 2xx, got 500` before `status 500`. */
export function shorterReasons(status: CheckStatus): readonly string[] {
  const { reason, error = '' } = status
  const [, wanted, got] = reason === 'status' ? (STATUS.exec(error) ?? []) : []
  const short = shortReason(status)
  return got === undefined ? [short] : [`expected status ${wanted}, got ${got}`, short]
}

/** Why, as a sentence: the error, and what else is to be said; empty when all is well. */
export function longReason(status: CheckStatus): string {
  const { state, asked, flapping, error, last } = status
  const flaps = flapping ? ['it turns up and down all the time'] : []
  if (state === 'unknown' && error === undefined) {
    if (!asked) return 'not asked yet'
    // It failed, though not often enough yet to be called down.
    return last?.outcome.error ?? ''
  }
  return [...(error === undefined ? [] : [error]), ...flaps].join('; ')
}
