import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Loopback, serving } from '../checks/servers/loopback.ts'
import { type OpenOptions, open, type Terminal } from './terminal.ts'

/** A configuration folder of a test's own. */
export class ConfigHome implements Disposable {
  readonly home = mkdtempSync(join(tmpdir(), 'healthtop-config-'))
  readonly path = join(this.home, 'healthtop/healthtop.yaml')

  constructor(text?: string) {
    mkdirSync(join(this.home, 'healthtop'), { mode: 0o700 })
    if (text !== undefined) this.write(text)
  }

  write(text: string, mode = 0o600): void {
    writeFileSync(this.path, text, { mode })
    chmodSync(this.path, mode)
  }

  [Symbol.dispose](): void {
    rmSync(this.home, { recursive: true, force: true })
  }
}

/** Opens healthtop with this configuration folder. */
export function openWith({ home }: ConfigHome, { env, ...options }: OpenOptions = {}): Terminal {
  return open({ ...options, env: { ...env, XDG_CONFIG_HOME: home } })
}

/** A web server that counts who asks for what. */
export interface CountingServer extends Loopback {
  /** When each request came, by path. */
  arrivals(path: string): readonly number[]
}

/** Answers as the test says, `ok` unless it does; on a free port, or this one. */
export async function webServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end('ok'),
  port = 0,
): Promise<CountingServer> {
  const came = new Map<string, number[]>()
  const server = await serving(
    createServer((request, response) => {
      const { url = '' } = request
      came.set(url, [...(came.get(url) ?? []), performance.now()])
      answer(request, response)
    }),
    { port },
  )
  return Object.assign(server, { arrivals: (path: string) => came.get(path) ?? [] })
}

/** The row of the Services panel in which a check stands. */
export function rowOf(rows: readonly string[], name: string): string {
  return rows.find((row) => new RegExp(`^│[ ▌][✖▲●◌] +${name} `).test(row)) ?? ''
}

/** The heading of the Services panel. */
export function headingOf(rows: readonly string[]): string {
  return /5 Services .*?[╮┑]/.exec(rows.find((row) => row.includes('5 Services')) ?? '')?.[0] ?? ''
}

/** The time in the header. */
export function clockOf(rows: readonly string[]): string {
  return /\d\d:\d\d:\d\d/.exec(rows[0] ?? '')?.[0] ?? ''
}
