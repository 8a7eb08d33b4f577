import { expect, test } from 'vitest'
import { createEngine } from '../../../src/engine/engine.ts'
import { systemClock } from '../../../src/lib/clock.ts'
import { PLAIN_QUERY, type ProcessQuery } from '../../../src/model/processes.ts'
import { measureOnce } from '../../../src/sources/live/once.ts'
import { makeTree, statLine } from './tree.ts'

test('the second batch has rates of processes, what listens, and the order asked for', async () => {
  using tree = makeTree({ 'proc/8/stat': statLine(8, 'eight', { pages: 99 }) })
  const measuring = measureOnce({ platform: 'procfs', root: tree.root, clock: systemClock, delayMs: 50 })
  const [first, second] = await measuring
  expect(first.samples.every(({ warmup }) => warmup)).toBe(true)
  expect(first.host?.name).toBe('small')
  expect(second.samples.some(({ warmup }) => warmup)).toBe(false)
  expect(second.monoMs - first.monoMs).toBeGreaterThanOrEqual(49)
  const sources = second.samples.map(({ source }) => source)
  expect(sources).toEqual(expect.arrayContaining(['cpu', 'space', 'processes', 'listeners']))
  expect(second.processes?.rows.map(({ pid }) => pid).sort()).toEqual([7, 8])
  expect(second.processes?.rows.every(({ cpuRatio }) => cpuRatio !== undefined)).toBe(true)
  expect(second.leaders?.memory[0]?.pid).toBe(8)
  expect(second.listeners).toEqual([])
})

test.each<Partial<ProcessQuery>>([{ columns: ['write'] }, { sort: 'write' }, { filter: 'write>1kB/s' }])(
  'what takes two readings is known: %j',
  async (asked) => {
    const io = (written: number) => `read_bytes: 0\nwrite_bytes: ${written}\ncancelled_write_bytes: 0\n`
    using tree = makeTree({ 'proc/8/stat': statLine(8, 'eight'), 'proc/8/io': io(0), 'proc/7/io': io(0) })
    const query = { ...PLAIN_QUERY, id: 1, ...asked, columns: ['write'] as const }
    // It goes on writing, so that it does not matter when it is read.
    let written = 0
    const timer = setInterval(() => {
      written += 100_000
      tree.write('proc/8/io', io(written))
    }, 10)
    const [, second] = await measureOnce({
      platform: 'procfs',
      root: tree.root,
      clock: systemClock,
      delayMs: 200,
      query,
    })
    clearInterval(timer)
    const [busiest] = [...(second.processes?.rows ?? [])].sort(
      (a, b) => (b.writeBytesPerSecond ?? -1) - (a.writeBytesPerSecond ?? -1),
    )
    expect(busiest?.pid).toBe(8)
    expect(busiest?.writeBytesPerSecond).toBeGreaterThan(1000)
    if (asked.sort !== undefined) expect(second.processes?.rows[0]?.pid).toBe(8)
    if (asked.filter !== undefined) expect(second.processes?.rows).toHaveLength(1)
  },
)

test('a second look that a busy machine lets come late is no gap: what rose meanwhile is known', async () => {
  const stat = (user: number, idle: number) => `cpu  ${user} 0 0 ${idle} 0 0 0 0 0 0\n`
  using tree = makeTree({ 'proc/stat': stat(100, 100) })
  const began = performance.now()
  // A thousandth of a second is a second here.
  const clock = { wallMs: () => systemClock.wallMs(), monoMs: () => (performance.now() - began) * 1000 }
  const measuring = measureOnce({ platform: 'procfs', root: tree.root, clock, delayMs: 50 })
  setTimeout(() => tree.write('proc/stat', stat(175, 125)))
  const [first, second] = await measuring
  const engine = createEngine({ once: true })
  engine.accept(first)
  expect(engine.accept(second).metrics.value('cpu_used_ratio')).toBeCloseTo(0.75)
})

test('without a proc folder it says so', async () => {
  await expect(measureOnce({ platform: 'procfs', root: '/nowhere', clock: systemClock })).rejects.toThrow('ENOENT')
})
