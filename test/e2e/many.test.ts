import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FixtureProcess } from '../fixtures/tree/process-files.ts'
import { TemporaryTree } from '../fixtures/tree/temporary-tree.ts'
import { sortedBy } from './helpers.ts'
import { KEY, open, type Terminal } from './terminal.ts'

const COUNT = 5000
const KERNEL_THREADS = 5
/** Kernel threads are not shown: those, and kthreadd. */
const SHOWN = COUNT - KERNEL_THREADS - 1

let temporary: TemporaryTree
beforeAll(() => {
  temporary = new TemporaryTree({ processes: COUNT, cores: 8, seed: 5, kernelThreads: KERNEL_THREADS })
})
afterAll(() => temporary[Symbol.dispose]())

/** Pids of the rows of the table, from the top. */
function pids(rows: readonly string[]): number[] {
  const heading = rows.findIndex((row) => row.includes('PID') && row.includes('COMMAND'))
  if (heading < 0) return []
  return rows
    .slice(heading + 1)
    .map((row) => Number(/^\W*(\d+) /.exec(row)?.[1]))
    .filter((pid) => pid > 0)
}

/** Presses a key and says after how many milliseconds the screen was as wanted. */
async function answered(terminal: Terminal, key: string, wanted: (rows: string[]) => boolean): Promise<number> {
  const started = performance.now()
  terminal.type(key)
  await terminal.shows(wanted)
  return performance.now() - started
}

/** Presses a key often: half of the answers and the slowest of them. */
function summary(took: readonly number[]): { readonly median: number; readonly worst: number } {
  const sorted = took.toSorted((a, b) => a - b)
  return { median: sorted[sorted.length >> 1] ?? Number.NaN, worst: sorted.at(-1) ?? Number.NaN }
}

/** The processes that are shown, by pid. */
function shown(): FixtureProcess[] {
  return [...temporary.tree.processes.values()].filter(({ kernel }) => !kernel).sort((a, b) => a.pid - b.pid)
}

async function openSorted(): Promise<Terminal> {
  const terminal = open({ args: ['--root', temporary.tree.root] })
  await terminal.shows((rows) => rows.some((row) => row.includes(`Processes ${SHOWN}`)) && pids(rows).length > 5)
  terminal.type(sortedBy('pid'))
  await terminal.shows('Sort processes by')
  terminal.type(KEY.enter)
  await terminal.shows(/sort pid/)
  return terminal
}

test('paging through 5,000 processes answers every key with a whole page', async () => {
  await using terminal = await openSorted()
  const all = shown().map(({ pid }) => pid)
  const height = pids(terminal.screen()).length
  const heights = new Set<number>()
  using watched = terminal.onPicture((rows) => heights.add(pids(rows).length))
  const took: number[] = []
  let bottom = pids(terminal.screen()).at(-1) as number
  for (let page = 0; page < 20; page++) {
    const before = bottom
    // The first one only takes the selection to the last row.
    if (page === 0) terminal.type(KEY.pageDown)
    took.push(await answered(terminal, KEY.pageDown, (rows) => (pids(rows).at(-1) ?? 0) > before))
    const rowsOfPage = pids(terminal.screen())
    bottom = rowsOfPage.at(-1) as number
    // In order, none left out, none twice.
    const at = all.indexOf(rowsOfPage[0] as number)
    expect(rowsOfPage).toEqual(all.slice(at, at + height))
  }
  // No page ever had holes.
  expect([...heights]).toEqual([height])
  watched[Symbol.dispose]()
  took.push(await answered(terminal, 'G', (rows) => pids(rows).at(-1) === all.at(-1)))
  took.push(await answered(terminal, 'g', (rows) => pids(rows)[0] === 1 && pids(rows).length === height))
  expect(pids(terminal.screen())).toEqual(all.slice(0, height))
  const { median, worst } = summary(took)
  expect(median).toBeLessThan(100)
  expect(worst).toBeLessThan(1000)
})

test('sorted and filtered among 5,000 the answer is there at once, and right', async () => {
  await using terminal = await openSorted()
  const processes = shown()
  const largest = Math.max(...processes.map(({ residentPages }) => residentPages))
  const heavy = processes.filter(({ residentPages }) => residentPages === largest).map(({ pid }) => pid)
  const took = [await answered(terminal, 'M', (rows) => heavy.includes(pids(rows)[0] ?? 0))]
  const wanted = processes.filter(({ comm, args }) =>
    [comm, Buffer.concat(args.flatMap((arg) => [arg, Buffer.from(' ')]))].some((text) => text.includes('nginx')),
  )
  expect(wanted.length).toBeGreaterThan(10)
  expect(wanted.length).toBeLessThan(COUNT / 2)
  took.push(await answered(terminal, '/nginx', (rows) => rows.join('\n').includes(`${wanted.length} of `)))
  took.push(await answered(terminal, KEY.escape, (rows) => heavy.includes(pids(rows)[0] ?? 0)))
  expect(summary(took).worst).toBeLessThan(1000)
})

test('the clock goes on while somebody holds a key', async () => {
  await using terminal = await openSorted()
  const clocks = new Set<string>()
  const held = setInterval(() => terminal.type(KEY.down), 30)
  try {
    await terminal.shows((rows) => {
      const clock = /\d\d:\d\d:\d\d/.exec(rows[0] ?? '')?.[0]
      if (clock !== undefined) clocks.add(clock)
      return clocks.size >= 4
    })
  } finally {
    clearInterval(held)
  }
  const seconds = [...clocks].map((clock) => Number(clock.slice(-2)))
  // None is left out.
  for (const [index, second] of seconds.slice(1).entries()) expect(second).toBe(((seconds[index] as number) + 1) % 60)
})
