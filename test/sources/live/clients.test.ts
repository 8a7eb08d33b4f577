import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { PLAIN_QUERY, type ProcessQuery } from '../../../src/model/processes.ts'
import { createMeasurer } from '../../../src/sources/live/measure.ts'
import type { LiveBatch } from '../../../src/sources/live/messages.ts'
import { makeTree, type Tree } from './tree.ts'

const query = (id: number, parts: Partial<ProcessQuery> = {}): ProcessQuery => ({
  ...PLAIN_QUERY,
  id,
  sort: 'pid',
  ...parts,
})

function measuring({ root }: Tree) {
  let seconds = 0
  const clock = { wallMs: () => 1_700_000_100_000 + seconds * 1000, monoMs: () => seconds * 1000 }
  const told: LiveBatch[] = []
  const post = (batch: LiveBatch) => void told.push(batch)
  const measurer = createMeasurer({ platform: 'procfs', root, intervalMs: 1000, clock, post, spawn })
  return {
    measurer,
    /** What was told to a client since the last time. */
    toldTo: (client: number) => told.flatMap(({ clients = [] }) => clients.filter((one) => one.client === client)),
    told,
    async tick() {
      told.length = 0
      await measurer.tick()
      seconds++
    },
    [Symbol.dispose]: () => measurer.close(),
  }
}

test('those who look from elsewhere have answers of their own, with each scan and at once', async () => {
  using tree = makeTree()
  using all = measuring(tree)
  all.measurer.query(query(1))
  all.measurer.query(query(2, { filter: 'nobody-has-this-name' }), 1)
  await all.tick()
  expect(all.told.flatMap(({ processes }) => processes ?? []).map(({ id }) => id)).toEqual([1])
  expect(all.toldTo(1).map(({ processes }) => [processes?.id, processes?.matched])).toEqual([[2, 0]])
  all.told.length = 0
  all.measurer.query(query(9), 2)
  expect(all.told).toEqual([
    expect.objectContaining({ samples: [], clients: [expect.objectContaining({ client: 2 })] }),
  ])
  expect(all.told[0]).not.toHaveProperty('processes')
  await all.tick()
  expect(all.toldTo(1).at(-1)?.processes?.scan).toBe(2)
  expect(all.toldTo(2).at(-1)?.processes).toMatchObject({ id: 9, scan: 2, matched: 1 })
  all.measurer.forget(1)
  for (let tick = 0; tick < 2; tick++) await all.tick()
  expect(all.toldTo(1)).toEqual([])
  expect(all.toldTo(2)).toHaveLength(1)
})

test('each watches by itself: what it watches, and its figures, are told to it alone', async () => {
  using tree = makeTree()
  using all = measuring(tree)
  await all.tick()
  all.told.length = 0
  all.measurer.watch({ target: { kind: 'pid', pid: 7 }, sections: [] }, 1)
  expect(all.toldTo(1)[0]?.watched).toMatchObject({ state: 'running', instances: [{ pid: 7 }] })
  all.measurer.watch({ target: { kind: 'name', name: 'nobody' }, sections: [] }, 2)
  expect(all.toldTo(2)[0]?.watched).toMatchObject({ state: 'waiting', label: 'nobody' })
  await all.tick()
  const [one] = all.toldTo(1)
  expect(one?.watched?.label).toMatch(/ 7$/)
  expect(Object.keys(one?.samples?.[0]?.gauges ?? {})).toEqual(
    expect.arrayContaining([expect.stringContaining(`{process="${one?.watched?.label}"}`)]),
  )
  expect(all.told.flatMap(({ samples }) => samples.filter(({ source }) => source === 'watch'))).toEqual([])
  expect(all.told.some(({ watched }) => watched !== undefined)).toBe(false)
  all.measurer.watch(undefined, 1)
  for (let tick = 0; tick < 2; tick++) await all.tick()
  expect(all.toldTo(1)).toEqual([])
})
