import { spawn as systemSpawn } from 'node:child_process'
import type { Comparison } from '../lib/comparison.ts'
import { parseDuration } from '../lib/duration.ts'
import type { ProgramEnd, Spawn } from '../lib/run-program.ts'
import { safeText } from '../lib/text.ts'
import { defineCheck, TargetError, unknown } from './check.ts'
import { pingCommands, wasMisunderstood } from './icmp/arguments.ts'
import { explainComplaint } from './icmp/complaint.ts'
import { judgePing } from './icmp/judge.ts'
import { parsePing } from './icmp/output.ts'
import { familyOf } from './net/endpoint.ts'
import { askProgram } from './program.ts'

const DEFAULT_COUNT = 3
/** Of three pings one may be lost, as any network loses one now and then. */
const DEFAULT_LOSS: Comparison = { op: '<', value: 0.34 }

/** A name or an address that no ping takes for an option. */
const HOST = /^[^\s/@-][^\s/@]*$/

/**
 * Echo requests by the system's ping (Node opens no ICMP socket). No answer at all is down; loss that is not as expected (`<34%`) or a mean
 * round trip above `latency` is degraded.
 */
export function icmpWith(spawn: Spawn, platform: NodeJS.Platform) {
  return defineCheck({
    type: 'icmp',
    help: "sends echo requests with the system's ping; loss and round trip",
    uses: 'program',
    schema: (fields) =>
      fields.object({
        host: fields.host().regex(HOST, 'expected a host name or an address').describe('what is asked for an echo'),
        family: fields.oneOf('ipv4', 'ipv6').optional().describe('the kind of address; any unless said'),
        count: fields.integer(1, 20).default(DEFAULT_COUNT).describe(`how many requests; ${DEFAULT_COUNT} unless said`),
        loss: fields.comparison.ratio().prefault('<34%').describe('share without an answer; <34% unless said'),
        latency: fields.duration().optional().describe('a longer mean round trip is degraded'),
      }),
    target: ({ host }) => safeText(String(host), 255),
    schemes: ['ping', 'icmp'],
    parseTarget: (target, expect) => {
      const text = target.replace(/^[a-z]+:(\/\/)?/i, '').replace(/\/$/, '')
      const host = /^\[(.+)\]$/.exec(text)?.[1] ?? text
      if (!HOST.test(host)) throw new TargetError('expected ping://HOST')
      if (/^[^:]+:\d+$/.test(host))
        throw new TargetError('expected ping://HOST: a ping has no port; tcp://HOST:PORT asks one')
      const latency = expect === undefined ? undefined : parseDuration(expect)
      if (expect !== undefined && latency === undefined)
        throw new TargetError(`--expect: expected the longest mean round trip, such as 50ms, got "${expect}"`)
      return { host, count: DEFAULT_COUNT, loss: DEFAULT_LOSS, ...(latency !== undefined && { latency }) }
    },
    peer: ({ host }) => host,
    async run({ host, family, count, loss, latency }, { signal, deadlineMono, now }) {
      const leftMs = deadlineMono - now().monoMs
      const wish = { host, count, leftMs, ...familyOf(family) }
      let program = ''
      let end: ProgramEnd | undefined
      for (const command of pingCommands(wish, platform)) {
        program = command.program
        end = await askProgram(spawn, signal, program, command.args)
        if (end === undefined || !wasMisunderstood(end.stderr)) break
      }
      if (end === undefined) return unknown('program', `no ${program} program on this machine; install iputils-ping`)
      const report = parsePing(end.stdout)
      const shown = safeText(host, 255)
      // Some tell an error and statistics of nothing sent.
      if (report === undefined || report.sent === 0) return explainComplaint(end.stderr, shown)
      return judgePing(report, shown, { loss, latency })
    },
  })
}

export const icmp = icmpWith(systemSpawn, process.platform)
