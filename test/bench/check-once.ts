import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/**
 * How long `healthtop check` takes for one target on loopback, from its start to its end, in turn with `node -e 0` and with the request
 * alone. Medians. The aim: one HTTP check in twice the time of `node -e 0` plus the request. `npm run bench:check -- --rounds 21`.
 */
const PROGRAM = fileURLToPath(new URL('dist/healthtop.cjs', `file://${process.cwd()}/`))
const SERVER = `require('node:http').createServer((_, response) => response.end('ok'))
  .listen(0, '127.0.0.1', function () { console.log(this.address().port) })`

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '21' } } })
const rounds = Number(values.rounds)

const server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] })
const [port] = await once(createInterface({ input: server.stdout }), 'line')
const url = `http://127.0.0.1:${port}/`

/** Milliseconds from the start of a program to its end. */
function runMs(args: readonly string[]): number {
  const started = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  return performance.now() - started
}

async function requestMs(): Promise<number> {
  const started = performance.now()
  await new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => response.resume().on('end', resolve)).on('error', reject)
  })
  return performance.now() - started
}

const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  'healthtop --version': [PROGRAM, '--version'],
  'healthtop check http://…': [PROGRAM, 'check', url],
  'healthtop check tcp://…': [PROGRAM, 'check', `tcp://127.0.0.1:${port}`],
  'healthtop check file:…': [PROGRAM, 'check', `file:${PROGRAM}`],
}

const names = [...Object.keys(PROGRAMS), 'the request alone']
const taken = new Map(names.map((name) => [name, [] as number[]]))
for (let round = -1; round < rounds; round++) {
  for (const name of names) {
    const args = PROGRAMS[name]
    const ms = args === undefined ? await requestMs() : runMs(args)
    // The first round is for the caches of the disk.
    if (round >= 0) taken.get(name)?.push(ms)
  }
}

const median = (name: string) => (taken.get(name) as number[]).sort((a, b) => a - b)[Math.floor(rounds / 2)] as number
const base = median('node -e 0')
for (const name of names) {
  const ms = median(name)
  process.stdout.write(`${name.padEnd(26)} ${ms.toFixed(1).padStart(7)} ms  ${(ms / base).toFixed(2)} × node -e 0\n`)
}
const rest = median('healthtop check http://…') - median('the request alone')
process.stdout.write(`one HTTP check without the request: ${(rest / base).toFixed(2)} × node -e 0 (aim: 2)\n`)
server.kill()
