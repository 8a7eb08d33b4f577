import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { programFolders } from '../../../src/lib/run-program.ts'

/** The path of a server's program; undefined where it is not installed, which CI does not take. */
export function serverProgram(name: string): string | undefined {
  const path = programFolders()
    .map((folder) => join(folder, name))
    .find((candidate) => existsSync(candidate))
  if (path === undefined && process.env.CI) throw new Error(`${name} is not installed`)
  return path
}

/** Starts a server that stays in the foreground, and waits until it takes connections on a port of loopback. It ends when it is disposed of. */
export async function startDaemon(path: string, args: readonly string[], port: number): Promise<AsyncDisposable> {
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000)
    })
  }
  const end = performance.now() + 15_000
  while (!(await connects(port))) {
    const ended = child.exitCode !== null || child.signalCode !== null
    if (ended || performance.now() > end) {
      await stop(child)
      throw new Error(`${path} does not listen on port ${port}: ${said}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { [Symbol.asyncDispose]: () => stop(child) }
}

/** By SIGTERM, for a server ends its children only then. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const impatience = setTimeout(() => child.kill('SIGKILL'), 5000)
  await ended
  clearTimeout(impatience)
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    const settle = (connected: boolean) => {
      socket.destroy()
      resolve(connected)
    }
    socket.once('connect', () => settle(true)).once('error', () => settle(false))
  })
}
