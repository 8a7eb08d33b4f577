import { expect, test } from 'vitest'
import { Changes } from '../../../src/engine/causes/changes.ts'
import { NOW } from '../../fixtures/frame.ts'
import { eventOf, processOf } from './scene.ts'

test('a storm of forks with names of their own grows it no further than two hundred', () => {
  const changes = new Changes()
  for (let scan = 0; scan < 60; scan++) {
    const started = Array.from({ length: 20 }, (_, at) => processOf(`p${scan}-${at}`, scan * 20 + at + 1))
    changes.scanned({ started, ended: [] }, NOW + scan * 2000)
  }
  expect(changes.at(NOW + 120_000)).toHaveLength(200)
  expect(changes.at(NOW + 120_000)[0]?.subject).toBe('p59-19')
  expect(changes.at(NOW + 300_000)).toEqual([])
})

test('those of one name are one burst while they keep coming, and another one after a pause', () => {
  const changes = new Changes()
  const at = (seconds: number, pid: number) =>
    changes.scanned(
      { started: [processOf('cc1', pid, { startedMs: NOW + seconds * 1000 })], ended: [] },
      NOW + seconds * 1000,
    )
  for (let scan = 0; scan < 10; scan++) at(scan * 2, scan + 1)
  at(60, 100)
  expect(changes.at(NOW + 60_000).map(({ text, wallMs }) => [text, wallMs - NOW])).toEqual([
    ['started, pid 100, root', 60_000],
    ['started 10 times', 0],
  ])
})

test('a burst remembers few of its processes', () => {
  const changes = new Changes()
  for (let scan = 0; scan < 50; scan++) {
    const started = Array.from({ length: 20 }, (_, at) => processOf('cc1', scan * 20 + at + 1))
    changes.scanned({ started, ended: [] }, NOW + scan * 1000)
  }
  const [burst] = changes.at(NOW + 50_000)
  expect(burst).toMatchObject({ text: 'started 1000 times', count: 1000 })
  expect(burst?.processes).toHaveLength(20)
})

test('a clock that is set back does not keep what it saw for ever', () => {
  const changes = new Changes()
  changes.happened(eventOf('unit_restarted', 'nginx.service', 'restarted', 0))
  expect(changes.at(NOW - 60_000)).toHaveLength(1)
  expect(changes.at(NOW - 3_600_000)).toEqual([])
  expect(changes.at(NOW)).toEqual([])
})
