import { spawn as systemSpawn } from 'node:child_process'
import type { Spawn } from '../lib/run-program.ts'
import { safeText } from '../lib/text.ts'
import type { CheckOutcome } from '../model/check.ts'
import { type CheckContext, defineCheck, TargetError, unknown } from './check.ts'
import { askProgram, firstLine } from './program.ts'
import { type Restarts, withRestarts } from './restarts.ts'
import { judgeUnit } from './systemd/judge.ts'
import { parseUnit, UNIT_PROPERTIES } from './systemd/unit.ts'

/** Characters of unit names, of which none begins like an option. Source: systemd.unit(5), string escaping for inclusion in unit names. */
const UNIT = /^[A-Za-z0-9:_.@\\][A-Za-z0-9:_.@\\-]{0,254}$/
/** `systemctl` prints times in this zone. */
const ENVIRONMENT = { TZ: 'UTC', SYSTEMD_COLORS: '0', SYSTEMD_PAGER: '' }
/** In what a check remembers: NRestarts at the last look, and when restarts were seen. */
const SEEN = 'systemd.seen'

interface Seen {
  readonly count: number | undefined
  readonly restarts: Restarts
}

/** A unit of systemd: its state, how its last run ended, how often it was restarted, and the last line of its log when it is not well. */
export function systemdWith(spawn: Spawn) {
  return defineCheck({
    type: 'systemd',
    help: 'asks systemd for a unit: its state, its restarts, the last line of its log',
    uses: 'program',
    schema: (fields) =>
      fields.object({
        unit: fields
          .text('the name of a unit such as nginx.service')
          .regex(UNIT, 'expected the name of a unit such as nginx.service')
          .describe('what systemd is asked for; .service unless it has an ending'),
        state: fields
          .oneOf('active', 'inactive', 'failed', 'activating', 'deactivating', 'reloading')
          .default('active')
          .describe('what it has to be; active unless said'),
        sub: fields.text('a state of its type, such as running').optional().describe('what it has to be, more closely'),
        restarts: fields.comparison.count().optional().describe('how often systemd has started it again'),
      }),
    target: ({ unit }) => safeText(unitName(String(unit)), 255),
    schemes: ['systemd'],
    parseTarget: (target, expect) => {
      const unit = target.replace(/^systemd:(\/\/)?/i, '')
      if (!UNIT.test(unit)) throw new TargetError('expected systemd:UNIT, such as systemd:nginx')
      if (expect === undefined) return { unit, state: 'active' as const }
      const state = (['active', 'inactive', 'failed'] as const).find((one) => one === expect)
      if (state === undefined) throw new TargetError(`--expect: expected active, inactive or failed, got "${expect}"`)
      return { unit, state }
    },
    async run({ unit, ...wishes }, context) {
      const name = unitName(unit)
      const args = ['show', '-p', UNIT_PROPERTIES.join(','), '--', name]
      const end = await askProgram(spawn, context.signal, 'systemctl', args, { environment: ENVIRONMENT })
      if (end === undefined) return unknown('systemd', 'no systemctl program on this machine', { noLatency: true })
      const found = end.code === 0 ? parseUnit(end.stdout) : undefined
      if (found === undefined) return notAsked(end.stderr)
      const { wallMs, monoMs } = context.now()
      const before = context.memory.get(SEEN) as Seen | undefined
      // A start by hand begins to count anew.
      const more = Math.max(0, (found.restarts ?? 0) - (before?.count ?? found.restarts ?? 0))
      const restarts = withRestarts(before?.restarts ?? [], more, monoMs)
      context.memory.set(SEEN, { count: found.restarts, restarts } satisfies Seen)
      const judged = judgeUnit(found, restarts.length, { name, ...wishes }, wallMs)
      const outcome: CheckOutcome = { ...judged, ...(more > 0 && { restarts: more }) }
      if (outcome.state === 'up' || found.load === 'not-found') return outcome
      const line = await lastLogLine(spawn, context, name)
      return line === '' ? outcome : { ...outcome, facts: [...(outcome.facts ?? []), { name: 'log', value: line }] }
    },
  })
}

export const systemd = systemdWith(systemSpawn)

/** `nginx` is `nginx.service`, as for systemctl(1). */
function unitName(unit: string): string {
  return unit.includes('.') ? unit : `${unit}.service`
}

function notAsked(stderr: string): CheckOutcome {
  const rest = { noLatency: true }
  if (/not been booted with systemd|host is down|failed to connect to bus/i.test(stderr))
    return unknown('systemd', `systemd does not run here: ${safeText(firstLine(stderr), 200)}`, rest)
  const said = safeText(firstLine(stderr), 200)
  return unknown('systemd', said === '' ? 'systemctl told no state of the unit' : `systemctl: ${said}`, rest)
}

/** A journal can be large, and its disk slow. */
const LOG_MS = 1000

/** Empty where there is none, or where it may not be read in time: the state is worth telling without it. */
async function lastLogLine(spawn: Spawn, { signal, deadlineMono, now }: CheckContext, unit: string): Promise<string> {
  const own = new AbortController()
  const timer = setTimeout(() => own.abort(), Math.min(LOG_MS, (deadlineMono - now().monoMs) / 2))
  try {
    const args = ['-u', unit, '-n', '1', '-o', 'cat', '--no-pager', '-q']
    const either = AbortSignal.any([signal, own.signal])
    const end = await askProgram(spawn, either, 'journalctl', args, { environment: ENVIRONMENT })
    return end?.code === 0 ? safeText(end.stdout.trim(), 300) : ''
  } catch {
    return ''
  } finally {
    clearTimeout(timer)
  }
}
