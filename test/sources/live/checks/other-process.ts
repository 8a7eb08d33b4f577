import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Servers in a process of their own: what they open is not counted as ours, nor is who else finds them. */
export interface OtherProcess extends Disposable {
  /** Accept, read and say nothing. */
  readonly silent: readonly number[]
  /** Answers `ok` over HTTP. */
  readonly web: number
}

const PROGRAM = `
const { createServer } = require('node:net')
const web = require('node:http').createServer((_, response) => response.end('ok'))
const silent = Array.from({ length: Number(process.argv[1]) }, () =>
  createServer((socket) => socket.resume().on('error', () => {})))
const ports = [web, ...silent].map((server) => new Promise((resolve) => {
  server.listen(0, '127.0.0.1', () => resolve(server.address().port))
}))
Promise.all(ports).then((all) => console.log(JSON.stringify(all)))
process.stdin.resume().on('end', () => process.exit())
`

/** Starts it; it ends when it is disposed of, and with this process. */
export async function otherProcess(silent: number): Promise<OtherProcess> {
  const child = spawn(process.execPath, ['-e', PROGRAM, String(silent)], { stdio: ['pipe', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) {
    const [web, ...rest] = JSON.parse(line) as [number, ...number[]]
    return { web, silent: rest, [Symbol.dispose]: () => void child.kill('SIGKILL') }
  }
  throw new Error('the servers did not start')
}
