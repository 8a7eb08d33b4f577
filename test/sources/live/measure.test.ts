import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PLAIN_QUERY, type ProcessQuery } from '../../../src/model/processes.ts'
import type { Batch } from '../../../src/model/source.ts'
import { createMeasurer, type MeasurerOptions } from '../../../src/sources/live/measure.ts'
import { makeTree, statLine, type Tree } from './tree.ts'

const query: ProcessQuery = { ...PLAIN_QUERY, id: 1, sort: 'pid', rows: 10 }

/** A measurer over a tree, with a clock that goes on by one second a tick. */
function measurerOf({ root }: Tree, options: Partial<MeasurerOptions> = {}) {
  let seconds = 0
  const clock = { wallMs: () => 1_700_000_100_000 + seconds * 1000, monoMs: () => seconds * 1000 }
  const batches: Batch[] = []
  const post = (batch: Batch) => void batches.push(batch)
  const measurer = createMeasurer({ platform: 'procfs', root, intervalMs: 1000, clock, post, spawn, ...options })
  return {
    measurer,
    batches,
    /** What the next tick posts. */
    async tick(): Promise<Batch[]> {
      batches.length = 0
      await measurer.tick()
      seconds++
      return [...batches]
    },
  }
}

const sources = ({ samples }: Batch) => samples.map(({ source }) => source)

test('the first tick tells the host, then what listens', async () => {
  using tree = makeTree()
  const { measurer, tick } = measurerOf(tree, { warmup: true })
  const [first, second, ...more] = await tick()
  measurer.close()
  expect(first).toMatchObject({ host: { name: 'small', cores: 1 }, leaders: { memory: [{ pid: 7, user: 'ada' }] } })
  expect(sources(first as Batch)).toEqual(expect.arrayContaining(['cpu', 'load', 'space', 'processes']))
  expect(first?.samples.every(({ warmup }) => warmup)).toBe(true)
  expect(second).toMatchObject({ samples: [{ source: 'listeners' }], listeners: [] })
  expect(more).toEqual([])
})

test('each later tick is one batch, with processes in every second one', async () => {
  using tree = makeTree()
  const { measurer, tick } = measurerOf(tree)
  measurer.query(query)
  const ticks = []
  for (let number = 0; number < 5; number++) ticks.push(await tick())
  measurer.close()
  expect(ticks.map((batches) => batches.length)).toEqual([2, 1, 1, 1, 1])
  expect(ticks.map(([batch]) => batch?.processes?.scan)).toEqual([1, 2, undefined, 3, undefined])
  expect(ticks.map(([batch]) => batch?.leaders !== undefined)).toEqual([true, true, false, true, false])
  expect(ticks.map(([batch]) => batch?.host !== undefined)).toEqual([true, false, false, false, false])
  expect(ticks.flat().every(({ samples }) => samples.every(({ warmup }) => warmup === undefined))).toBe(true)
})

test('what listens is read again after thirty seconds', async () => {
  using tree = makeTree()
  const { measurer, tick } = measurerOf(tree)
  const ticks = []
  for (let number = 0; number <= 30; number++) ticks.push(await tick())
  measurer.close()
  const at = ticks.flatMap((batches, number) => (batches.some(({ listeners }) => listeners) ? [number] : []))
  expect(at).toEqual([0, 30])
})

test('what listens is looked for soon after a process has started and stayed', async () => {
  using tree = makeTree()
  const { measurer, tick } = measurerOf(tree)
  const at: number[] = []
  for (let number = 0; number <= 30; number++) {
    if (number === 10) tree.write('proc/8/stat', statLine(8, 'nginx'))
    // A line of /proc/net/tcp: something listens on 127.0.0.1:8080.
    if (number === 16)
      tree.write(
        'proc/net/tcp',
        'sl\n   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 4242 1\n',
      )
    if ((await tick()).some(({ listeners }) => listeners)) at.push(number)
  }
  measurer.close()
  // Seen in tick 11, there still in 13; found in 22.
  expect(at).toEqual([0, 14, 22])
})

test('a question is answered at once from the last scan, and not before there is one', async () => {
  using tree = makeTree({ 'proc/8/stat': statLine(8, 'eight') })
  const { measurer, batches, tick } = measurerOf(tree)
  measurer.query(query)
  expect(batches).toEqual([])
  await tick()
  batches.length = 0
  measurer.query({ ...query, id: 2, filter: 'EIGH' })
  expect(batches).toMatchObject([{ samples: [], processes: { id: 2, matched: 1, rows: [{ pid: 8 }] } }])
  measurer.close()
})

test('a question is answered while a scan pauses', async () => {
  using tree = makeTree()
  const pids = Array.from({ length: 20 }, (_, index) => 100 + index)
  for (const pid of pids) tree.write(`proc/${pid}/stat`, statLine(pid, 'many'))
  let nowMs = 0
  // Each look at the clock costs a millisecond: a slice is over after a few processes.
  const clock = { wallMs: () => 1_700_000_100_000, monoMs: () => nowMs++ }
  let onPause = () => {}
  const { measurer, batches } = measurerOf(tree, { clock, pause: async () => onPause() })
  measurer.query(query)
  await measurer.tick()
  const answers: (number | undefined)[] = []
  onPause = () => {
    batches.length = 0
    measurer.query({ ...query, id: 5 })
    answers.push(...batches.map(({ processes }) => processes?.scan))
  }
  await measurer.tick()
  measurer.close()
  expect(answers.length).toBeGreaterThan(0)
  expect(new Set(answers)).toEqual(new Set([1]))
})

test('pids whose files hang are left out for as long as they live', async () => {
  using tree = makeTree({ 'proc/8/stat': statLine(8, 'eight') })
  const { measurer, tick } = measurerOf(tree, { skip: [8] })
  measurer.query(query)
  const pids = ([batch]: Batch[]) => batch?.processes?.rows.map(({ pid }) => pid)
  expect(pids(await tick())).toEqual([7])
  expect(pids(await tick())).toEqual([7])
  rmSync(join(tree.root, 'proc/8'), { recursive: true })
  await tick()
  await tick()
  tree.write('proc/8/stat', statLine(8, 'eight again'))
  await tick()
  expect(pids(await tick())).toEqual([7, 8])
  measurer.close()
})

test('a part that fails is a sample that says why, and the rest goes on', async () => {
  using tree = makeTree({ 'proc/loadavg': 'no numbers' })
  const { measurer, tick } = measurerOf(tree)
  const [first] = await tick()
  const sample = (source: string) => first?.samples.find((one) => one.source === source)
  measurer.close()
  expect(sample('load')?.failed).toContain('proc/loadavg')
  expect(sample('cpu')?.failed).toBeUndefined()
})

test('nothing is posted once it is closed', async () => {
  using tree = makeTree()
  const { measurer, batches } = measurerOf(tree)
  const ticking = measurer.tick()
  measurer.close()
  await ticking
  expect(batches).toEqual([])
})
