import type { CheckDefinition, CheckState } from '../../model/check.ts'

/** Results in a row that have something in common, the newest included. */
export interface Row {
  readonly count: number
  /** Wall time of the first of them; means nothing while there is none. */
  readonly sinceMs: number
}

type RowName = 'up' | 'answers' | 'notUp' | 'failing' | 'unknown' | 'down'
export type Rows = Readonly<Record<RowName, Row>>

/** How a check is judged, and what speaks for judging it otherwise. */
export interface Standing {
  readonly state: CheckState
  /** False while nothing was judged yet (it is `unknown` then), or nothing since what it depends on came back. */
  readonly judged: boolean
  readonly rows: Rows
}

/** The row of results that turned a check, and the state it turned to. */
export interface Turn {
  readonly state: CheckState
  readonly row: Row
}

export type Patience = Pick<CheckDefinition, 'failures' | 'successes'>

const NONE: Row = { count: 0, sinceMs: 0 }
export const NO_ROWS: Rows = { up: NONE, answers: NONE, notUp: NONE, failing: NONE, unknown: NONE, down: NONE }
export const UNJUDGED: Standing = { state: 'unknown', judged: false, rows: NO_ROWS }

/**
 * Takes one more result. Worse takes `failures` results in a row that are at least that bad, better takes `successes` that are at least
 * that good; only what was never judged is up at its first answer. `unknown` takes as long as down does, from either side: it is no
 * recovery. A row of both, down and unknown, is unknown: it did not answer, but not every time of its own fault.
 */
export function advance(
  before: Standing,
  outcome: CheckState,
  wallMs: number,
  patience: Patience,
): { readonly standing: Standing; readonly turn?: Turn } {
  const rows = nextRows(before.rows, outcome, wallMs)
  const found = before.judged ? turnOf(before.state, rows, patience) : firstTurn(rows, outcome, patience)
  if (found === undefined) return { standing: { state: before.state, judged: before.judged, rows } }
  const [state, name] = found
  return { standing: { state, judged: true, rows }, turn: { state, row: rows[name] } }
}

/** Results in a row that are worse than the state, and do not count yet. */
export function failuresSoFar({ state, judged, rows }: Standing): number {
  if (!judged) return rows.failing.count
  if (state === 'up') return rows.notUp.count
  if (state === 'degraded') return rows.failing.count
  return state === 'unknown' ? rows.down.count : 0
}

function nextRows(rows: Rows, outcome: CheckState, wallMs: number): Rows {
  const next = (name: RowName, goesOn: boolean): Row =>
    !goesOn ? NONE : rows[name].count === 0 ? { count: 1, sinceMs: wallMs } : more(rows[name])
  const failing = outcome === 'down' || outcome === 'unknown'
  return {
    up: next('up', outcome === 'up'),
    answers: next('answers', !failing),
    notUp: next('notUp', outcome !== 'up'),
    failing: next('failing', failing),
    unknown: next('unknown', outcome === 'unknown'),
    down: next('down', outcome === 'down'),
  }
}

function more({ count, sinceMs }: Row): Row {
  return { count: count + 1, sinceMs }
}

type Found = readonly [CheckState, RowName]

function worsening(rows: Rows, failures: number): Found | undefined {
  if (rows.down.count >= failures) return ['down', 'down']
  return rows.failing.count >= failures ? ['unknown', 'failing'] : undefined
}

function bettering(rows: Rows, successes: number): Found | undefined {
  if (rows.up.count >= successes) return ['up', 'up']
  return rows.answers.count >= successes ? ['degraded', 'answers'] : undefined
}

function firstTurn(rows: Rows, outcome: CheckState, { failures }: Patience): Found | undefined {
  if (outcome === 'degraded' && rows.notUp.count >= failures) return ['degraded', 'notUp']
  return rows.answers.count > 0 ? ['up', 'answers'] : worsening(rows, failures)
}

function turnOf(state: CheckState, rows: Rows, { failures, successes }: Patience): Found | undefined {
  switch (state) {
    case 'up':
      return worsening(rows, failures) ?? (rows.notUp.count >= failures ? ['degraded', 'notUp'] : undefined)
    case 'degraded':
      return worsening(rows, failures) ?? (rows.up.count >= successes ? ['up', 'up'] : undefined)
    case 'unknown':
      return rows.down.count >= failures ? ['down', 'down'] : bettering(rows, successes)
    case 'down':
      return rows.unknown.count >= failures ? ['unknown', 'unknown'] : bettering(rows, successes)
  }
}
