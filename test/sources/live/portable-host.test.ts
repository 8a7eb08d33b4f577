import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { systemClock } from '../../../src/lib/clock.ts'
import type { Batch } from '../../../src/model/source.ts'
import { openHost } from '../../../src/sources/live/host.ts'
import { createMeasurer } from '../../../src/sources/live/measure.ts'
import { measureOnce } from '../../../src/sources/live/once.ts'

const options = { platform: 'portable', root: '/', clock: systemClock, spawn } as const

test('what answers at once comes at once and starts nothing, the rest when it is there', async () => {
  const host = openHost(options)
  try {
    const quick = host.quick(systemClock.monoMs())
    expect(quick.map(({ source }) => source)).toEqual(['cpu', 'load', 'uptime'])
    expect(host.facts.os).toBeUndefined()
    const first = host.due(systemClock.monoMs())
    expect(first.map(({ source }) => source)).toEqual(['cpu', 'load', 'uptime'])
    await host.settled(10_000)
    const later = host.collect(systemClock.monoMs())
    expect(later.map(({ source }) => source)).toEqual(expect.arrayContaining(['memory', 'space', 'network', 'diskio']))
    expect(later.filter(({ failed }) => failed !== undefined)).toEqual([])
    await expect.poll(() => host.facts.os).toMatch(/\w/)
  } finally {
    host.close()
  }
})

test('a snapshot has rates of what was asked twice', async () => {
  const [first, second] = await measureOnce(options)
  expect(first.samples.every(({ warmup }) => warmup)).toBe(true)
  const network = second.samples.filter(({ source }) => source === 'network')
  expect(network).toHaveLength(2)
  expect((network[1]?.monoMs ?? 0) - (network[0]?.monoMs ?? 0)).toBeGreaterThan(500)
  expect(second.host?.os).toMatch(/\w/)
  expect(second.processes?.rows.some(({ pid }) => pid === process.pid)).toBe(true)
  expect(second.listeners).toBeDefined()
})

test('the first tick tells what is known, and soon after it what had to be asked for', async () => {
  const batches: Batch[] = []
  const post = (batch: Batch) => void batches.push(batch)
  const measurer = createMeasurer({ ...options, intervalMs: 1000, warmup: true, post })
  const memory = () => batches.flatMap(({ samples }) => samples).find(({ source }) => source === 'memory')
  try {
    await measurer.tick()
    expect(batches[0]?.host?.cores).toBeGreaterThan(0)
    expect(batches[0]?.leaders?.memory.length).toBeGreaterThan(0)
    await expect.poll(memory, { timeout: 10_000 }).toMatchObject({ warmup: true })
    expect(memory()?.gauges.memory_total_bytes).toBeGreaterThan(0)
    await expect.poll(() => batches.some(({ listeners }) => listeners), { timeout: 10_000 }).toBe(true)
    // The system's name is told with the tick after it was found.
    const named = async () => {
      await measurer.tick()
      return batches.some(({ host }) => host?.os)
    }
    await expect.poll(named, { timeout: 10_000 }).toBe(true)
  } finally {
    measurer.close()
  }
})
