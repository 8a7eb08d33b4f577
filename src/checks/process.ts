import { isAbsolute } from 'node:path'
import { type Comparison, parseComparison } from '../lib/comparison.ts'
import { type Matcher, parseMatcher } from '../lib/matcher.ts'
import { safeText } from '../lib/text.ts'
import { defineCheck, down, TargetError, unknown } from './check.ts'
import { type FileSystem, SYSTEM_FILES } from './file/files.ts'
import { judgeProcesses } from './process/judge.ts'
import { type SeenProcesses, seeProcesses } from './process/main-starts.ts'
import { readPidFile } from './process/pid-file.ts'
import { counted, matchText, selectorOf } from './process/selection.ts'
import { RESTART_LOOP } from './restarts.ts'

const COUNT: Comparison = { op: '>=', value: 1 }
const RESTARTS: Comparison = { op: '<', value: RESTART_LOOP }
/** In what a check remembers: SeenProcesses. */
const SEEN = 'process.seen'

/** Processes of this host by name, command line or pid file: how many there are, and what they use together. */
export function processWith(system: FileSystem) {
  return defineCheck({
    type: 'process',
    help: 'looks for processes by name, /pattern/ or pid file: count, cpu, memory, files, threads, age, restarts',
    uses: 'local',
    schema: (fields) =>
      fields
        .object({
          match: fields
            .matcher()
            .refine((match) => 'text' in match || match.flags === '', 'expected a name or a /pattern/ without flags')
            .optional()
            .describe('the name of the program, whatever its case, or a pattern of the command line'),
          pidfile: fields
            .text('the full path of a pid file')
            .refine(isAbsolute, 'expected the full path of a pid file')
            .optional()
            .describe('a file that says which process it is'),
          count: fields.comparison.count().prefault('>=1').describe('how many there are; >=1 unless said'),
          cpu: fields.comparison.ratio().optional().describe('CPU of all of them together; 100% is one core'),
          memory: fields.comparison.size().optional().describe('memory of all of them together'),
          files: fields.comparison.count().optional().describe('files that they have open'),
          threads: fields.comparison.count().optional().describe('their threads'),
          age: fields.comparison.duration().optional().describe('time since the youngest was started'),
          restarts: fields.comparison
            .count()
            .prefault(`<${RESTART_LOOP}`)
            .describe(`how often it was started again within ten minutes; <${RESTART_LOOP} unless said`),
        })
        .refine(({ match, pidfile }) => match !== undefined || pidfile !== undefined, {
          message: 'expected match (a name or a /pattern/ of the command line) or pidfile',
          path: ['match'],
        }),
    target: ({ match, pidfile }) => {
      if (typeof match === 'object') return matchText(match)
      return pidfile === undefined ? '' : `pid file ${safeText(String(pidfile), 300)}`
    },
    schemes: ['process'],
    parseTarget: (target, expect) => {
      const match = matcherOf(target.replace(/^process:(\/\/(?=[^/]))?/i, ''))
      const count = expect === undefined ? COUNT : parseComparison(expect, wholeNumber)
      if (count === undefined) throw new TargetError(`--expect: expected how many, such as >=2, got "${expect}"`)
      return { match, count, restarts: RESTARTS }
    },
    async run({ match, pidfile, count, restarts, ...limits }, context) {
      const pid = pidfile === undefined ? undefined : await readPidFile(pidfile, system, context)
      if (typeof pid === 'object') {
        const judged = pid.reason === 'permission' ? unknown : down
        return judged(pid.reason, pid.error, { noLatency: true })
      }
      const rows = counted(await context.processes(selectorOf(match, pid)), process.pid)
      const name = match === undefined ? `pid ${pid}` : matchText(match)
      if (pid !== undefined && rows.length === 0 && count.value > 0) {
        const wanted = match === undefined ? 'running' : `a running ${name}`
        return down('missing', `pid file says ${pid}, which is not ${wanted}`, { noLatency: true })
      }
      const { wallMs, monoMs } = context.now()
      const seen = seeProcesses(context.memory.get(SEEN) as SeenProcesses | undefined, rows, monoMs)
      context.memory.set(SEEN, seen)
      const outcome = judgeProcesses(rows, seen.restarts.length, { name, count, restarts, limits }, wallMs)
      return seen.restarts.at(-1) === monoMs ? { ...outcome, restarts: 1 } : outcome
    },
  })
}

export const processCheck = processWith(SYSTEM_FILES)

function matcherOf(text: string): Matcher {
  try {
    const match = parseMatcher(text)
    if (text !== '' && ('text' in match || match.flags === '')) return match
  } catch (error) {
    throw new TargetError(`expected process:NAME or process:/PATTERN/: ${(error as Error).message}`)
  }
  throw new TargetError('expected process:NAME or process:/PATTERN/')
}

function wholeNumber(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined
}
