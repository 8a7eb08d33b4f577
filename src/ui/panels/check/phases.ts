import { latency } from '../../../lib/units.ts'
import { type CheckStatus, PHASES, type Phase, type Phases } from '../../../model/check.ts'
import { grownPhase, slowPhase } from '../../../model/check-phases.ts'

export const PHASE_NAMES: Readonly<Record<Phase, string>> = {
  dns: 'DNS',
  connect: 'connect',
  tls: 'TLS',
  first_byte: 'first byte',
  transfer: 'transfer',
}

/** A part of the time that the last answer took. */
export interface PhaseSpan {
  readonly phase: Phase
  /** From the beginning of the check, seconds. */
  readonly fromS: number
  readonly tookS: number
  /** Absent where nothing is usual yet. */
  readonly usualS?: number
}

/** The phases of the last answer one after the other, those that happened. */
export function phaseSpans({ last, usualPhases }: CheckStatus): readonly PhaseSpan[] {
  const phases = last?.outcome.phases ?? {}
  let fromS = 0
  return PHASES.flatMap((phase) => {
    const tookS = phases[phase]
    if (tookS === undefined) return []
    const usualS = usualPhases?.[phase]
    const span = { phase, fromS, tookS, ...(usualS === undefined ? {} : { usualS }) }
    fromS += tookS
    return [span]
  })
}

function spanOf(spans: readonly PhaseSpan[], choose: (now: Phases, usual: Phases) => Phase | undefined) {
  const now: Partial<Record<Phase, number>> = {}
  const usual: Partial<Record<Phase, number>> = {}
  for (const { phase, tookS, usualS } of spans) {
    now[phase] = tookS
    if (usualS !== undefined) usual[phase] = usualS
  }
  const found = choose(now, usual)
  return spans.find(({ phase }) => phase === found)
}

/** The phase that grew most against what is usual; undefined where none grew much. */
export function grownSpan(spans: readonly PhaseSpan[]): PhaseSpan | undefined {
  return spanOf(spans, grownPhase)
}

/** The phase that made an answer slow; undefined where none did. */
export function slowSpan(spans: readonly PhaseSpan[]): PhaseSpan | undefined {
  return spanOf(spans, slowPhase)
}

/** `first byte took 786 ms, usually 161 ms`. */
export function grownText({ phase, tookS, usualS = 0 }: PhaseSpan): string {
  const words = (seconds: number) => {
    const { figure, unit } = latency(seconds)
    return `${figure} ${unit}`
  }
  return `${PHASE_NAMES[phase]} took ${words(tookS)}, usually ${words(usualS)}`
}
