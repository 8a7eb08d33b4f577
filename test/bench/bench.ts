import { execFileSync, spawn } from 'node:child_process'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { KEY, PROGRAM, Terminal } from '../e2e/terminal.ts'
import { keyTable } from './keys.ts'
import { cpuSeconds, pssBytes } from './tree.ts'

/** healthtop beside whichever peers are installed: in PTYs of 120x40, in one run, side by side, medians. */

interface Peer {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** It shows data. */
  readonly ready: RegExp
}

const PEERS: readonly Peer[] = [
  { name: 'healthtop', command: [process.execPath, PROGRAM], ready: /load \d/ },
  { name: 'htop', command: ['htop', '-d', '10'], ready: /PID/ },
  { name: 'btop (2 s)', command: ['btop', '--utf-force'], ready: /mem/i },
  { name: 'glances', command: ['glances', '-t', '1'], ready: /CPU/ },
  { name: 'gtop', command: ['gtop'], ready: /CPU/ },
]

interface Figures {
  first: number[]
  quiet: number[]
  many: number[]
  memory: number[]
  bytes: number[]
  key: number[]
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    warm: { type: 'string', default: '30' },
    window: { type: 'string', default: '15' },
    more: { type: 'string', default: '1000' },
    /** Instead of all that: what keys take with so many processes. */
    keys: { type: 'string' },
  },
})
const rounds = Number(values.rounds)
if (values.keys !== undefined) {
  process.stdout.write(`${await keyTable(Number(values.keys), rounds)}\n`)
  process.exit(0)
}
const peers = PEERS.filter(({ command: [file] }) => file === process.execPath || installed(file))
const figures = new Map<string, Figures>(
  peers.map(({ name }) => [name, { first: [], quiet: [], many: [], memory: [], bytes: [], key: [] }]),
)

function installed(file: string): boolean {
  try {
    execFileSync('which', [file], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))
const progress = (text: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`)

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.length === 0 ? Number.NaN : (sorted[Math.floor((sorted.length - 1) / 2)] as number)
}

function figuresOf(name: string): Figures {
  return figures.get(name) as Figures
}

async function firstFrames(): Promise<void> {
  for (let round = 0; round < 2 * rounds; round++) {
    for (const { name, command, ready } of peers) {
      const started = performance.now()
      const terminal = new Terminal({ command })
      try {
        await terminal.shows(ready)
        figuresOf(name).first.push(performance.now() - started)
      } finally {
        await terminal[Symbol.asyncDispose]()
      }
    }
  }
}

/** All programs run at once and are measured over the same windows: what disturbs one disturbs all. */
async function windows(kind: 'quiet' | 'many'): Promise<void> {
  const opened = peers.map((peer) => ({ name: peer.name, terminal: new Terminal({ command: peer.command }) }))
  try {
    progress(`${kind}: warming up for ${values.warm} s`)
    await sleep(Number(values.warm))
    for (let round = 0; round < rounds; round++) {
      const before = opened.map(({ terminal }) => ({
        cpu: cpuSeconds(terminal.pty.pid),
        bytes: Buffer.byteLength(terminal.raw),
        at: performance.now(),
      }))
      await sleep(Number(values.window))
      for (const [index, { name, terminal }] of opened.entries()) {
        const start = before[index] as { cpu: number; bytes: number; at: number }
        const seconds = (performance.now() - start.at) / 1000
        figuresOf(name)[kind].push(((cpuSeconds(terminal.pty.pid) - start.cpu) / seconds) * 100)
        if (kind === 'many') continue
        figuresOf(name).bytes.push((Buffer.byteLength(terminal.raw) - start.bytes) / seconds)
        figuresOf(name).memory.push(pssBytes(terminal.pty.pid) / 2 ** 20)
      }
      progress(`${kind}: window ${round + 1} of ${rounds}`)
    }
    if (kind === 'quiet')
      for (const { name, terminal } of opened) figuresOf(name).key.push(...(await keyLatencies(terminal)))
  } finally {
    for (const { terminal } of opened) await terminal[Symbol.asyncDispose]()
  }
}

async function keyLatencies(terminal: Terminal): Promise<number[]> {
  const latencies: number[] = []
  for (let index = 0; index < 20; index++) {
    await quietMoment(terminal)
    const length = terminal.raw.length
    const started = performance.now()
    terminal.type(index % 2 === 0 ? KEY.down : KEY.up)
    while (terminal.raw.length === length && performance.now() - started < 1000)
      await new Promise((resolve) => setImmediate(resolve))
    if (terminal.raw.length > length) latencies.push(performance.now() - started)
  }
  return latencies
}

/** Waits for a stretch of 150 ms without output: then the next byte answers the key and is no tick. */
async function quietMoment(terminal: Terminal): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    const length = terminal.raw.length
    await sleep(0.15)
    if (terminal.raw.length === length) return
  }
}

async function withMoreProcesses(count: number, run: () => Promise<void>): Promise<void> {
  const more = Array.from({ length: count }, () => spawn('sleep', ['3600'], { stdio: 'ignore' }))
  try {
    await run()
  } finally {
    for (const child of more) child.kill('SIGKILL')
  }
}

function table(): string {
  const cell = (value: number, digits: number) => (Number.isNaN(value) ? '–' : value.toFixed(digits))
  const rows = peers.map(({ name }) => {
    const { first, quiet, many, memory, bytes, key } = figuresOf(name)
    return `| ${name} | ${cell(median(first), 0)} | ${cell(median(quiet), 2)} | ${cell(median(many), 2)} | ${cell(median(memory), 1)} | ${cell(median(bytes) / 1000, 2)} | ${cell(median(key), 1)} |`
  })
  return [
    `Node ${process.versions.node}, ${cpus().length} cores, 120x40, ${rounds} windows of ${values.window} s after ${values.warm} s, medians`,
    '',
    `| | first frame ms | CPU % quiet | CPU % with ${values.more} more | PSS MiB | KB/s | key ms |`,
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n')
}

progress(
  `healthtop beside ${
    peers
      .slice(1)
      .map((peer) => peer.name)
      .join(', ') || 'nobody: install htop, btop, glances or gtop'
  }`,
)
await firstFrames()
progress('first frames taken')
await windows('quiet')
await withMoreProcesses(Number(values.more), () => windows('many'))
process.stdout.write(`${table()}\n`)
process.exit(0)
