import { safeText } from '../lib/text.ts'
import type { CheckOutcome, Fact } from '../model/check.ts'
import { defineCheck, degraded, down, TargetError, unknown, up } from './check.ts'
import { pluginEnvironment } from './exec/environment.ts'
import { parsePluginOutput } from './exec/output.ts'
import { type PluginEnd, runPlugin } from './exec/run-plugin.ts'
import { explainStart } from './exec/start-failure.ts'
import { throughEnv } from './exec/through-env.ts'
import { type FileSystem, SYSTEM_FILES } from './file/files.ts'
import { hangingMounts } from './file/reach.ts'
import { leftRunning, noteStart } from './left-running.ts'
import { firstLine } from './program.ts'

const LIST = 'a list of the program and its arguments, such as [/usr/lib/nagios/plugins/check_disk, -w, 10%]'
const NUL = 'expected a text without a NUL character'

/**
 * Plug-ins of Nagios, Icinga and their like: exit status 0 up, 1 degraded, 2 down, 3 unknown; the first line is the reason, and figures
 * behind a `|` become series. Source: Monitoring Plugins development guidelines.
 */
export function execWith(system: Pick<FileSystem, 'mountinfo'>) {
  return defineCheck({
    type: 'exec',
    help: 'runs a plug-in of Nagios or Icinga, without a shell; its figures become series',
    uses: 'program',
    schema: (fields) =>
      fields.object({
        command: fields
          .list(fields.anyText().refine(isArgument, NUL), LIST)
          .min(1, `expected ${LIST}`)
          .refine(([program]) => program !== '', `expected ${LIST}`)
          .describe('what is run, without a shell'),
        cwd: fields
          .text('a folder')
          .refine((path) => path.startsWith('/'), 'expected the full path of a folder')
          .optional()
          .describe('where it is run; / unless said'),
        env: fields
          .map(fields.anyText().refine(isArgument, NUL))
          .refine((env) => Object.keys(env).every(isName), 'expected names of variables, such as LANG')
          .optional()
          .describe('variables beside PATH, HOME and LANG, which are all that it is given'),
      }),
    target: ({ command }) => safeText(Array.isArray(command) ? command.join(' ') : '', 200),
    schemes: ['exec'],
    // Split at spaces, without quotes: who needs more has a configuration.
    parseTarget: (target, expect) => {
      const command = target
        .replace(/^exec:(\/\/(?=\/))?/i, '')
        .split(/ +/)
        .filter((word) => word !== '')
      if (command.length === 0)
        throw new TargetError('expected exec:PROGRAM, its arguments behind it, separated by spaces')
      if (expect !== undefined) throw new TargetError('--expect: a plug-in judges by itself; tell it in its arguments')
      return { command }
    },
    async run({ command, cwd, env = {} }, context) {
      const [program = '', ...args] = command
      const running = leftRunning(context)
      if (running !== undefined) {
        return unknown(
          'timeout',
          `${safeText(program, 200)} was started ${running} ago and cannot be ended: the kernel holds it`,
        )
      }
      const written = { command: [program, ...args] as const, cwd, env: pluginEnvironment(env) }
      const plugin = await throughEnv(written, await hangingMounts(system.mountinfo))
      context.signal.throwIfAborted()
      const gone = noteStart(context)
      try {
        return judgePlugin(await runPlugin(plugin, context.signal, gone), program)
      } catch (error) {
        if (context.signal.aborted) throw error
        gone()
        const outcome = await explainStart(error, program, cwd)
        if (outcome === undefined) throw error
        return outcome
      }
    },
  })
}

export const exec = execWith(SYSTEM_FILES)

function isName(text: string): boolean {
  return /^[^=\0]+$/.test(text)
}

function isArgument(text: string): boolean {
  return !text.includes('\0')
}

const STATES = ['ok', 'warning', 'critical', 'unknown'] as const

function judgePlugin(end: PluginEnd, program: string): CheckOutcome {
  const { text, more, values } = parsePluginOutput(end.stdout)
  const said = text || safeText(firstLine(end.stderr), 500) || 'no output'
  const status = end.code === null ? undefined : STATES[end.code]
  const facts: Fact[] = [{ name: 'answer', value: said }]
  if (more !== '') facts.push({ name: 'more', value: more })
  if (end.code !== null) facts.push({ name: 'status', value: `${end.code}${status === undefined ? '' : ` ${status}`}` })
  const rest = { facts, ...(values.length > 0 && { values }) }
  const name = safeText(program.slice(program.lastIndexOf('/') + 1), 100)
  if (end.tooMuch) return unknown('output', `${name} wrote more than 1 MiB and was ended`, rest)
  switch (status) {
    case 'ok':
      return up(rest)
    case 'warning':
      return degraded('warning', said, rest)
    case 'critical':
      return down('critical', said, rest)
    case 'unknown':
      return unknown('unknown', said, rest)
  }
  if (end.code === null) return unknown('signal', `${name} was ended by ${end.killed ?? 'a signal'}: ${said}`, rest)
  return unknown('status', `${name} ended with status ${end.code}, which is none of a plug-in's: ${said}`, rest)
}
