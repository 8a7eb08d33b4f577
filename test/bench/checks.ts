import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { createServer } from 'node:net'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { SPARING } from '../../src/lib/compiler.ts'
import { CHECK_DEFAULTS, type CheckDefinition } from '../../src/model/check.ts'
import { LIMITS } from '../../src/sources/live/checks/checks.ts'
import { cpuSeconds, pssBytes } from './tree.ts'

/** Checks of services on loopback in healthtop's worker, beside Prometheus' blackbox_exporter where it is installed, at the same time. */

const EXPORTERS = ['prometheus-blackbox-exporter', 'blackbox_exporter']
/** Servers of each kind. */
const SERVERS = 50

const { values } = parseArgs({
  options: {
    checks: { type: 'string', default: '1000' },
    /** Seconds between two runs of one check. */
    every: { type: 'string', default: '10' },
    warm: { type: 'string', default: '30' },
    window: { type: 'string', default: '60' },
  },
})
const count = Number(values.checks)
const everyMs = Number(values.every) * 1000
const windowS = Number(values.window)

const progress = (text: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`)
const children: ChildProcess[] = []
const folder = mkdtempSync(join(tmpdir(), 'healthtop-bench-'))
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** A program that is told and answers in lines. */
function start(command: string, args: readonly string[]) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    pid: child.pid as number,
    tell: (line: string) => child.stdin.write(`${line}\n`),
    answer: async () => JSON.parse((await lines.next()).value as string),
  }
}

interface Ports {
  readonly web: readonly number[]
  readonly tcp: readonly number[]
}

/** Whom check number `index` asks: every second one over HTTP. */
function portOf({ web, tcp }: Ports, index: number): number {
  return (index % 2 === 0 ? web : tcp)[Math.floor(index / 2) % SERVERS] as number
}

function definitionOf(ports: Ports, index: number): CheckDefinition {
  const port = portOf(ports, index)
  const web = index % 2 === 0
  const url = `http://127.0.0.1:${port}/healthz`
  return {
    ...CHECK_DEFAULTS,
    name: `check-${index}`,
    type: web ? 'http' : 'tcp',
    target: web ? url : `127.0.0.1:${port}`,
    origin: 'configured',
    settings: web ? { url, expect: { body: { text: 'UP' } } } : { host: '127.0.0.1', port, expect: { text: 'ready' } },
    intervalMs: everyMs,
    depends: [],
    labels: {},
  }
}

const MODULES = `modules:
  http:
    prober: http
    timeout: 3s
    http: { preferred_ip_protocol: ip4, fail_if_body_not_matches_regexp: [UP] }
  tcp:
    prober: tcp
    timeout: 3s
    tcp: { preferred_ip_protocol: ip4, query_response: [{ expect: ready }] }
`

function installed(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return port
}

/** The peer, with somebody who asks it for each check in its turn; what that costs is not the peer's. */
async function startExporter(program: string, ports: Ports) {
  const config = join(folder, 'blackbox.yml')
  writeFileSync(config, MODULES)
  const port = await freePort()
  const args = [`--config.file=${config}`, `--web.listen-address=127.0.0.1:${port}`, '--log.level=error']
  const child = spawn(program, args, { stdio: 'ignore' })
  children.push(child)
  const agent = new Agent({ keepAlive: true })
  let results = 0
  let failed = 0
  const ask = (index: number) =>
    new Promise<void>((done) => {
      const target =
        index % 2 === 0 ? `http://127.0.0.1:${portOf(ports, index)}/healthz` : `127.0.0.1:${portOf(ports, index)}`
      const path = `/probe?module=${index % 2 === 0 ? 'http' : 'tcp'}&target=${encodeURIComponent(target)}`
      const request = get({ host: '127.0.0.1', port, path, agent }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part) => {
          text += part
        })
        response.on('end', () => {
          results++
          if (!text.includes('probe_success 1')) failed++
          done()
        })
      })
      request.on('error', () => {
        failed++
        done()
      })
    })
  while (failed > 0 || results === 0) {
    failed = 0
    await ask(0)
    await sleep(100)
  }
  const began = performance.now()
  let asked = 0
  setInterval(() => {
    for (; asked < ((performance.now() - began) / everyMs) * count; asked++) void ask(asked % count)
  }, 5)
  return {
    pid: child.pid as number,
    take: () => {
      const taken = { results, failed }
      results = 0
      failed = 0
      return taken
    },
  }
}

interface Row {
  readonly name: string
  readonly results: number
  readonly failed: number
  readonly cpuS: number
  readonly pssMiB: number
  /** Milliseconds after their turn at which checks started. */
  readonly late?: readonly number[]
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
}

function table(rows: readonly Row[]): string {
  const expected = Math.round((windowS * 1000 * count) / everyMs)
  const lines = rows.map(({ name, results, failed, cpuS, pssMiB, late }) => {
    const sorted = late?.toSorted((a, b) => a - b)
    const jitter = sorted === undefined ? '– | –' : `${percentile(sorted, 0.5)} | ${percentile(sorted, 0.99)}`
    const missed = Math.max(0, expected - results)
    return `| ${name} | ${results} | ${missed} | ${failed} | ${((cpuS / results) * 1000).toFixed(2)} | ${((cpuS / windowS) * 100).toFixed(1)} | ${jitter} | ${pssMiB.toFixed(0)} |`
  })
  return [
    `Node ${process.versions.node}, ${cpus().length} cores, ${count} checks every ${values.every} s (half HTTP, half TCP, on loopback), ${windowS} s after ${values.warm} s`,
    '',
    '| | results | missed | not up | CPU ms a check | CPU % | start late ms p50 | p99 | PSS MiB |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n')
}

const servers = start(process.execPath, [resolve('test/bench/checks-servers.mjs'), String(SERVERS)])
const ports: Ports = await servers.answer()
const runner = start(process.execPath, [resolve('test/bench/checks-runner.mjs')])
const definitions = Array.from({ length: count }, (_, index) => definitionOf(ports, index))
runner.tell(
  JSON.stringify({ workerPath: resolve('dist/checks-worker.cjs'), definitions, limits: LIMITS, flags: SPARING }),
)
const program = EXPORTERS.find(installed)
const exporter = program === undefined ? undefined : await startExporter(program, ports)
progress(
  exporter === undefined ? 'no blackbox_exporter is installed: healthtop alone' : 'healthtop beside blackbox_exporter',
)
await sleep(Number(values.warm) * 1000)
runner.tell('begin')
await runner.answer()
exporter?.take()
const before = { runner: cpuSeconds(runner.pid), exporter: exporter && cpuSeconds(exporter.pid) }
progress(`counting for ${windowS} s`)
// The answer took the runner a second, as the next one will: it waits for results that are held back.
await sleep(windowS * 1000 - 1000)
runner.tell('end')
const ours = await runner.answer()
const theirs = exporter?.take()
const rows: Row[] = [
  { name: 'healthtop', ...ours, cpuS: cpuSeconds(runner.pid) - before.runner, pssMiB: pssBytes(runner.pid) / 2 ** 20 },
]
if (exporter !== undefined && theirs !== undefined && before.exporter !== undefined) {
  const cpuS = cpuSeconds(exporter.pid) - before.exporter
  rows.push({ name: 'blackbox_exporter', ...theirs, cpuS, pssMiB: pssBytes(exporter.pid) / 2 ** 20 })
}
process.stdout.write(`${table(rows)}\n`)
process.exit(0)
