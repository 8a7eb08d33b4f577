import { sortedBy } from '../e2e/helpers.ts'
import { KEY, PROGRAM, Terminal } from '../e2e/terminal.ts'
import { TemporaryTree } from '../fixtures/tree/temporary-tree.ts'

/** How long keys take with many processes: from the key to the first byte that answers it, and to the whole picture that does. */

interface Step {
  readonly name: string
  readonly keys: readonly string[]
  /** Back to where the next round begins. */
  readonly after?: readonly string[]
}

interface Answer {
  readonly first: number
  readonly whole: number
}

const STEPS: readonly Step[] = [
  { name: 'down', keys: [KEY.down] },
  { name: 'page down', keys: [KEY.pageDown] },
  { name: 'end', keys: ['G'], after: ['g'] },
  { name: 'sort', keys: ['M'], after: ['P'] },
  { name: 'tree', keys: ['t'], after: ['t'] },
  { name: 'a letter of a filter', keys: ['/', 's'], after: [KEY.escape, KEY.escape] },
]
const QUIET_MS = 250
const LONGEST_MS = 3000

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

/** Waits until nothing was written for a while: what comes next answers the key, and is no tick. */
async function quiet(terminal: Terminal): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    const { length } = terminal.raw
    await sleep(QUIET_MS)
    if (terminal.raw.length === length) return
  }
}

/** Milliseconds to the first byte, and to the last picture before it is quiet again. */
async function answer(terminal: Terminal, key: string): Promise<Answer | undefined> {
  await quiet(terminal)
  const { length } = terminal.raw
  const began = performance.now()
  let first: number | undefined
  let whole = Number.NaN
  const pictures = terminal.onPicture(() => {
    whole = performance.now() - began
  })
  terminal.type(key)
  while (first === undefined && performance.now() - began < LONGEST_MS) {
    await new Promise((resolve) => setImmediate(resolve))
    if (terminal.raw.length > length) first = performance.now() - began
  }
  // The rows may come a moment after the key was seen.
  await sleep(QUIET_MS)
  pictures[Symbol.dispose]()
  return first === undefined ? undefined : { first, whole }
}

/** A table of medians over a recorded tree of so many processes. */
export async function keyTable(processes: number, rounds: number): Promise<string> {
  const recorded = new TemporaryTree({ processes, cores: 4, seed: 1, busy: 5 })
  const terminal = new Terminal({
    command: [process.execPath, PROGRAM, '--root', recorded.tree.root, '--no-log', '--interval', '10s'],
  })
  try {
    await terminal.shows(/Processes \d/, 60_000)
    terminal.type(sortedBy('pid'))
    terminal.type(KEY.enter)
    const rows: string[] = []
    for (const step of STEPS) rows.push(await row(terminal, step, rounds))
    return [
      `${processes} processes, 120x40, medians of ${rounds}`,
      '',
      '| key | first byte ms | whole picture ms | slowest |',
      '| --- | ---: | ---: | ---: |',
      ...rows,
    ].join('\n')
  } finally {
    await terminal[Symbol.asyncDispose]()
    recorded[Symbol.dispose]()
  }
}

async function row(terminal: Terminal, { name, keys, after = [] }: Step, rounds: number): Promise<string> {
  const firsts: number[] = []
  const wholes: number[] = []
  for (let round = 0; round < rounds; round++) {
    let last: Answer | undefined
    for (const key of keys) last = await answer(terminal, key)
    if (last !== undefined) {
      firsts.push(last.first)
      wholes.push(last.whole)
    }
    for (const key of after) await answer(terminal, key)
  }
  const [first, whole, slowest] = [median(firsts), median(wholes), Math.max(...wholes)]
  return `| ${name} | ${first.toFixed(1)} | ${whole.toFixed(1)} | ${slowest.toFixed(1)} |`
}
