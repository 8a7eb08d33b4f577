import type { SourceHealth } from '../../model/source.ts'

const FIRST_BACKOFF_MS = 1000
const MAX_BACKOFF_MS = 60_000
/** A worker that ran for this long is well: the next one that ends is not held against those before. */
const WELL_MS = 60_000
/** A worker's first batch comes at once, however long the interval is. */
const START_DEADLINE_MS = 10_000
/** Threads that hang cannot be ended, and each holds 10 MB: no more than this many are left behind. */
const MAX_HUNG = 4

export interface Timing {
  /** A worker that says nothing for this long hangs. */
  readonly deadlineMs: number
  /** Silence of more than this is told, so that ages on the screen move. */
  readonly quietMs: number
  /** How often it is told. */
  readonly beatMs: number
}

/**
 * How long the silence is that is told, in intervals. Between two words, so that the timer for it, which each word moves, is not on time just
 * before a word and wakes the thread for nothing.
 */
const QUIET_INTERVALS = 2.5

/** For a sampling interval: three missing batches, and at least five seconds, are a worker that hangs. */
export function timingFor(intervalMs: number): Timing {
  return {
    deadlineMs: Math.max(3 * intervalMs, 5000),
    quietMs: QUIET_INTERVALS * intervalMs,
    beatMs: Math.min(intervalMs, 1000),
  }
}

/** One moment on both clocks. */
export interface Moment {
  readonly wallMs: number
  readonly monoMs: number
}

export interface Supervision {
  /** `waiting`: there is no worker, and the next one is started at `restartMono`. */
  readonly phase: 'starting' | 'running' | 'waiting'
  /** Another object whenever what it says (but for `lastMs`) is different. */
  readonly health: SourceHealth
  readonly lastMs?: number
  /** When the worker said its last word, or was started. */
  readonly heardMono: number
  /** Since when it runs. */
  readonly wellMono: number
  readonly restartMono: number
  readonly backoffMs: number
  /** Workers left behind that have not ended yet. */
  readonly hung: number
  /** When the next `timer` event is wanted. */
  readonly wakeMono: number
}

export type SupervisionEvent =
  /** The worker posted something. */
  | { readonly kind: 'message' }
  /** The worker is gone, by itself. */
  | { readonly kind: 'ended'; readonly reason: string }
  /** `wakeMono` came. `busyWith`: what the worker is in the middle of, as far as it says: `reading process 66`. */
  | { readonly kind: 'timer'; readonly busyWith?: string | undefined }
  /** A worker that was left behind ended after all. */
  | { readonly kind: 'freed' }

export type SupervisionAction =
  /** Start a worker. */
  | 'start'
  /** Leave the worker behind. */
  | 'abandon'
  /** Tell how it stands, without samples. */
  | 'tell'

export interface Step {
  readonly state: Supervision
  readonly actions: readonly SupervisionAction[]
}

/** The state of a supervisor that starts its first worker now. */
export function beginSupervision(name: string, now: Moment, timing: Timing): Supervision {
  return {
    phase: 'starting',
    health: { name, state: 'starting', sinceMs: now.wallMs, restarts: 0 },
    heardMono: now.monoMs,
    wellMono: now.monoMs,
    restartMono: Number.POSITIVE_INFINITY,
    backoffMs: FIRST_BACKOFF_MS,
    hung: 0,
    wakeMono: now.monoMs + Math.min(timing.quietMs, START_DEADLINE_MS),
  }
}

/** What a supervisor does about an event: its next state, and what is to be done, in order. */
export function supervise(state: Supervision, event: SupervisionEvent, now: Moment, timing: Timing): Step {
  switch (event.kind) {
    case 'message':
      return { state: heard(state, now), actions: [] }
    case 'ended':
      return { state: down(state, event.reason, now, timing), actions: ['tell'] }
    case 'freed':
      return { state: { ...state, hung: state.hung - 1 }, actions: [] }
    case 'timer':
      return state.phase === 'waiting' ? waited(state, now, timing) : watched(state, event.busyWith, now, timing)
  }
}

/** The health as it is told: with the time of the last word. */
export function healthOf({ health, lastMs }: Supervision): SourceHealth {
  return lastMs === undefined ? health : { ...health, lastMs }
}

function heard(state: Supervision, { wallMs, monoMs }: Moment): Supervision {
  const next = { ...state, heardMono: monoMs, lastMs: wallMs }
  if (state.phase !== 'starting') return next
  const { name, restarts } = state.health
  return {
    ...next,
    phase: 'running',
    wellMono: monoMs,
    health: { name, state: 'running', sinceMs: wallMs, restarts },
  }
}

function down(state: Supervision, reason: string, { wallMs, monoMs }: Moment, { beatMs }: Timing): Supervision {
  const { name, state: before, sinceMs, restarts } = state.health
  const well = state.phase === 'running' && monoMs - state.wellMono >= WELL_MS
  const backoffMs = well ? FIRST_BACKOFF_MS : state.backoffMs
  const restartMono = monoMs + backoffMs
  return {
    ...state,
    phase: 'waiting',
    health: {
      name,
      state: 'restarting',
      reason,
      sinceMs: before === 'restarting' ? sinceMs : wallMs,
      restarts,
    },
    restartMono,
    backoffMs: Math.min(2 * backoffMs, MAX_BACKOFF_MS),
    wakeMono: Math.min(monoMs + beatMs, restartMono),
  }
}

/** There is no worker: the next one is started when its time has come. */
function waited(state: Supervision, now: Moment, { beatMs }: Timing): Step {
  const { monoMs } = now
  if (monoMs < state.restartMono) {
    return { state: { ...state, wakeMono: Math.min(monoMs + beatMs, state.restartMono) }, actions: ['tell'] }
  }
  if (state.hung >= MAX_HUNG) {
    const restartMono = monoMs + state.backoffMs
    const backoffMs = Math.min(2 * state.backoffMs, MAX_BACKOFF_MS)
    return { state: { ...state, restartMono, backoffMs, wakeMono: monoMs + beatMs }, actions: ['tell'] }
  }
  return {
    state: {
      ...state,
      phase: 'starting',
      health: { ...state.health, restarts: state.health.restarts + 1 },
      heardMono: monoMs,
      wakeMono: monoMs + beatMs,
    },
    actions: ['start', 'tell'],
  }
}

/** There is a worker: it is left behind when it has been silent for too long. */
function watched(state: Supervision, busyWith: string | undefined, now: Moment, timing: Timing): Step {
  const { monoMs } = now
  const { beatMs, quietMs } = timing
  const late = monoMs - state.wakeMono
  if (late > beatMs) {
    // This thread stood still itself (stopped, or busy): what the worker said meanwhile is yet to be read.
    const heardMono = Math.min(monoMs, state.heardMono + late)
    return { state: { ...state, heardMono, wakeMono: monoMs + beatMs }, actions: [] }
  }
  const deadlineMs = state.phase === 'starting' ? Math.min(timing.deadlineMs, START_DEADLINE_MS) : timing.deadlineMs
  const silentMs = monoMs - state.heardMono
  if (silentMs >= deadlineMs) {
    const where = busyWith === undefined ? '' : ` while ${busyWith}`
    const reason = `no answer for ${Math.floor(silentMs / 1000)} s${where}`
    return { state: down({ ...state, hung: state.hung + 1 }, reason, now, timing), actions: ['abandon', 'tell'] }
  }
  const quiet = silentMs >= quietMs
  const nextMono = quiet ? monoMs + beatMs : state.heardMono + quietMs
  const wakeMono = Math.min(nextMono, state.heardMono + deadlineMs)
  return { state: { ...state, wakeMono }, actions: quiet ? ['tell'] : [] }
}
