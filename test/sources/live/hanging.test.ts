import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bundle, bundle } from './bundle.ts'
import { makeTree } from './tree.ts'

interface Line {
  readonly state?: string
  readonly reason?: string
  readonly pids?: readonly number[]
  readonly stoppedMs?: number
}

let worker: Bundle
let program: Bundle
beforeAll(async () => {
  worker = await bundle('src/sources/live/worker.ts')
  program = await bundle('test/sources/live/hanging.ts')
})
afterAll(() => {
  worker[Symbol.dispose]()
  program[Symbol.dispose]()
})

/** Opening a FIFO that nobody writes to waits for ever: a process whose files hang. */
function treeThatHangs(files: readonly string[]) {
  const tree = makeTree()
  for (const file of files) {
    const path = join(tree.root, file)
    mkdirSync(join(path, '..'), { recursive: true })
    execFileSync('mkfifo', [path])
  }
  return tree
}

/** Runs the program until a line is as meant, then tells it to stop; its exit is awaited, and it is killed if there is none. */
async function run(root: string, how: 'stop' | 'exit', meant: (line: Line) => boolean) {
  const child = spawn(process.execPath, [program.path, root, worker.path, how], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const kill = setTimeout(() => child.kill('SIGKILL'), 15_000)
  const lines: Line[] = []
  let toldMs = 0
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Line
    lines.push(line)
    if (toldMs > 0 || !meant(line)) continue
    toldMs = performance.now()
    child.stdin.write('stop\n')
  }
  const [code] = await exited
  const tookMs = performance.now() - toldMs
  clearTimeout(kill)
  return { lines, code, tookMs }
}

test('a worker that hangs in the files of a process is replaced by one that leaves them out', async () => {
  using tree = treeThatHangs(['proc/66/stat'])
  const { lines, code, tookMs } = await run(tree.root, 'stop', ({ pids }) => pids !== undefined)
  expect(lines).toContainEqual({ state: 'restarting', reason: 'no answer for 0 s while reading process 66' })
  expect(lines.find(({ pids }) => pids)?.pids).toEqual([7])
  expect(lines.find(({ pids }) => pids)?.state).toBe('running')
  expect(lines.at(-1)?.stoppedMs).toBeLessThan(500)
  expect(code).toBe(7)
  expect(tookMs).toBeLessThan(1500)
})

test('a program can end while its only worker hangs', async () => {
  using tree = treeThatHangs(['proc/66/stat'])
  const { lines, code, tookMs } = await run(tree.root, 'stop', ({ state }) => state === 'starting')
  expect(lines.at(-1)?.stoppedMs).toBeLessThan(500)
  expect(code).toBe(7)
  expect(tookMs).toBeLessThan(1500)
})

test('even one that exits without stopping it', async () => {
  using tree = treeThatHangs(['proc/66/stat'])
  const { code, tookMs } = await run(tree.root, 'exit', ({ state }) => state === 'starting')
  expect(code).toBe(7)
  expect(tookMs).toBeLessThan(1500)
})
