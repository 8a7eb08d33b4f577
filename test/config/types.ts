import type { ConfigType, ConfigTypes } from '../../src/config/checks/type.ts'
import { configOf, type Loaded } from '../../src/config/load.ts'
import { ConfigError, type Problem } from '../../src/config/problem.ts'

const http: ConfigType = {
  type: 'http',
  help: 'asks a web server',
  schema: (f) =>
    f.object({
      url: f.text('a URL').describe('what is asked for'),
      method: f.oneOf('GET', 'POST').optional().describe('how; GET unless said'),
      headers: f.map(f.anyText(), 'header names and their values').optional().describe('sent with it'),
      user: f.text().optional().describe('who asks'),
      password: f.text().optional().describe('and proves it'),
      insecure: f.boolean().optional().describe('trusts everybody'),
      expect: f
        .object({
          status: f.oneOrMore(f.integer(100, 599)).optional().describe('one of these'),
          body: f.matcher().optional().describe('a part of the answer'),
          latency: f.duration().optional().describe('slower is degraded'),
          certificate: f.duration().optional().describe('what it has left'),
        })
        .optional()
        .describe('what the answer has to be'),
    }),
  target: ({ url }) => String(url),
}

const tcp: ConfigType = {
  type: 'tcp',
  help: 'connects',
  schema: (f) =>
    f.object({
      host: f.host().describe('where'),
      port: f.port().describe('and which door'),
      exec: f.boolean().optional().describe('runs what it answers: a key with the name of a type'),
      send: f.anyText().optional().describe('what is said first'),
      expect: f.matcher().optional().describe('what the answer has to be'),
    }),
  target: ({ host, port }) => `${host}:${port}`,
}

const exec: ConfigType = {
  type: 'exec',
  help: 'runs a program',
  schema: (f) =>
    f.object({
      command: f.list(f.text(), 'a program and its arguments').describe('what is run'),
      env: f.map(f.anyText()).optional().describe('its environment'),
      count: f.comparison.count().optional().describe('how many'),
      memory: f.comparison.size().optional().describe('how large'),
      share: f.comparison.ratio().optional().describe('how much'),
      age: f.comparison.duration().optional().describe('how old'),
      size: f.size().optional().describe('how large at most'),
      ratio: f.ratio().optional().describe('a part'),
    }),
  target: ({ command }) => (command as readonly string[]).join(' '),
}

export const TYPES: ConfigTypes = { types: [http, tcp, exec], later: ['redis', 'smtp'] }

/** Names of built-in alert rules. */
export const BUILT_IN = ['cpu-busy', 'disk-full']

interface Circumstances {
  readonly env?: NodeJS.ProcessEnv
  readonly more?: readonly Problem[]
  readonly path?: string
}

/** A configuration as its text says, by a few types of checks. */
export function configured(
  text: string,
  { env = {}, more = [], path = 'healthtop.yaml' }: Circumstances = {},
): Promise<Loaded> {
  return configOf(text, path, { types: TYPES, builtIn: BUILT_IN, env, check: () => more })
}

/** What is wrong with a text, a line each, without the line that names the file; nothing where nothing is. */
export async function mistakes(text: string, circumstances: Circumstances = {}): Promise<readonly string[]> {
  try {
    await configured(text, circumstances)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n').slice(1)
    throw error
  }
}
