import { safeText } from '../../lib/text.ts'
import type { Values } from '../../model/sample.ts'
import { perFiles } from '../per-files.ts'
import { ParseError, type SlowContext, type SlowProbe } from '../probe.ts'

/** systemd-timesyncd(8) touches it each time it has set the clock; below /run, so it is gone after a start. */
const TIMESYNC = 'run/systemd/timesync/synchronized'

/** `chronyc -c tracking`: a row of CSV with these fields among 14. Source: chronyc(1), tracking. */
const TRACKING_FIELDS = 14
const REFERENCE = 0
const SYSTEM_TIME = 4
const LEAP_STATUS = 13

/** 127.127.1.1: chrony keeps giving the time by itself because it has no server (`local` in its configuration). */
const ITSELF = '7F7F0101'

/** Turns that are left out where there is none of the programs: each is looked for by starting it, which costs milliseconds. */
const IDLE_TURNS = 9

const idleOf = perFiles(() => ({ turns: 0 }))

/** What somebody knows of the clock. */
export interface ClockState {
  readonly synchronised: boolean
  /** Seconds that must be added to the clock for it to be right: more than 0 when it is slow. */
  readonly offsetSeconds?: number
}

/**
 * Whether the clock follows a time server, and how far it is off, from the first that knows: timesyncd's flag, chrony, systemd (which
 * asks the kernel), ntpd. Sources: systemd-timesyncd.service(8), chronyc(1), timedatectl(1), ntpq(8).
 */
export const clock: SlowProbe = {
  name: 'clock',
  everyMs: 60_000,
  deadlineMs: 5000,
  series: ['clock_synchronised', 'clock_offset_seconds'],
  asksMachine: true,
  measure: async (context, out) => {
    const { files } = context
    const state = files.optional(TIMESYNC) === undefined ? await askPrograms(context) : { synchronised: true }
    if (state !== undefined) write(state, out)
  },
}

async function askPrograms(context: SlowContext): Promise<ClockState | undefined> {
  const idle = idleOf(context.files)
  if (idle.turns > 0) {
    idle.turns--
    return undefined
  }
  let isAnyThere = false
  const ask = async (program: string, args: readonly string[]) => {
    const text = await answer(context, program, args)
    isAnyThere ||= text !== undefined
    return text ?? ''
  }
  const state =
    parseTracking(await ask('chronyc', ['-c', 'tracking'])) ??
    parseSynchronized(await ask('timedatectl', ['show', '-p', 'NTPSynchronized', '--value'])) ??
    parseVariables(await ask('ntpq', ['-c', 'rv 0 leap,offset']))
  if (!isAnyThere) idle.turns = IDLE_TURNS
  return state
}

/**
 * Undefined where there is no such program. One whose daemon does not run fails, which only means that it does not know; the end of
 * measuring is passed on.
 */
async function answer(context: SlowContext, program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return await context.run(program, args)
  } catch (error) {
    if (context.signal.aborted) throw error
    return ''
  }
}

function write({ synchronised, offsetSeconds }: ClockState, out: Values): void {
  out.gauge('clock_synchronised', synchronised ? 1 : 0)
  if (offsetSeconds !== undefined) out.gauge('clock_offset_seconds', offsetSeconds)
}

/** `A29FC801,time.example.com,4,…,-0.000012345,…,Normal`. Undefined for no answer. Throws ParseError when the offset is no number. */
export function parseTracking(text: string): ClockState | undefined {
  const fields = text.trim().split(',')
  if (fields.length < TRACKING_FIELDS) return undefined
  // Without a server chrony gives the offset that was known last, or zero.
  if (fields[LEAP_STATUS] === 'Not synchronised' || fields[REFERENCE] === ITSELF) return { synchronised: false }
  return { synchronised: true, offsetSeconds: numberOf(fields[SYSTEM_TIME] ?? '', 'chronyc tracking', 'system time') }
}

/** `yes` or `no`; undefined for anything else. */
export function parseSynchronized(text: string): ClockState | undefined {
  const word = text.trim()
  return word === 'yes' || word === 'no' ? { synchronised: word === 'yes' } : undefined
}

/**
 * `leap=00, offset=-0.123`, milliseconds; leap 11 is a clock that follows nobody. Undefined for no answer. Throws ParseError when the
 * offset is no number. Source: ntpq(8), system variables; RFC 5905, 7.3 for the leap indicator.
 */
export function parseVariables(text: string): ClockState | undefined {
  const leap = /\bleap=(\w+)/.exec(text)?.[1]
  if (leap === undefined) return undefined
  if (leap === '11') return { synchronised: false }
  const offset = /\boffset=([^,\s]+)/.exec(text)?.[1]
  if (offset === undefined) return { synchronised: true }
  return { synchronised: true, offsetSeconds: numberOf(offset, 'ntpq rv', 'offset') / 1000 }
}

function numberOf(text: string, program: string, field: string): number {
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) throw new ParseError(program, field, safeText(text))
  return Number(text)
}
