import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { safeText } from '../../../src/lib/text.ts'
import { metricOf } from '../../../src/model/catalogue/catalogue.ts'
import { parseSeriesKey } from '../../../src/model/series.ts'
import { SystemFiles } from '../../../src/probes/host-files.ts'
import { readFacts } from '../../../src/probes/linux/facts.ts'
import { ListenerCollector } from '../../../src/probes/linux/listeners.ts'
import { linuxProbes } from '../../../src/probes/linux/registry.ts'
import { SpaceCollector, spaceProbe } from '../../../src/probes/linux/space.ts'
import { createRunner } from '../../../src/probes/runner.ts'
import { createTree } from '../../fixtures/tree/tree.ts'

const clock = { wallMs: () => 0, monoMs: () => 0 }
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'registry-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** All probes and the space of a root, once. */
function readAll(root: string) {
  const collector = new SpaceCollector({ root, clock, spawn })
  const probes = [...linuxProbes, spaceProbe(collector)]
  const files = new SystemFiles(root)
  const samples = createRunner(probes, files, clock).due(0)
  collector.close()
  files.close()
  return { probes, samples }
}

function tree(name: string, names: 'ordinary' | 'hostile') {
  const root = mkdtempSync(join(folder, name))
  return { root, tree: createTree(root, { processes: 20, cores: 4, seed: 7, names }) }
}

test('names are one of a kind, and every series a probe speaks of is in the catalogue', () => {
  const { probes } = readAll(tree('names-', 'ordinary').root)
  expect(new Set(probes.map(({ name }) => name)).size).toBe(probes.length)
  for (const { series } of probes) for (const name of series) expect(metricOf(name), name).toBeDefined()
})

test.runIf(process.platform === 'linux')('no probe fails on this machine', () => {
  const failures = readAll('/').samples.filter(({ failed }) => failed !== undefined)
  // Sandboxes may hide the block devices.
  expect(failures.filter(({ source }) => source !== 'diskio')).toEqual([])
})

test.each(['ordinary', 'hostile'] as const)(
  'a recorded tree with %s names: every series is one the probe promised',
  (names) => {
    const { probes, samples } = readAll(tree('tree-', names).root)
    expect(samples.map(({ source, failed }) => [source, failed])).toEqual(probes.map(({ name }) => [name, undefined]))
    for (const [index, { gauges, counters, states }] of samples.entries()) {
      const told = (values: object) => Object.keys(values).map((key) => parseSeriesKey(key))
      for (const { name } of [...told(gauges), ...told(counters)]) expect(probes[index]?.series).toContain(name)
      for (const { name } of told(gauges)) expect(metricOf(name)?.derivation.kind).toBe('gauge')
      for (const { name } of told(counters)) expect(metricOf(name)?.derivation.kind).toBe('counter')
      for (const { labels } of [...told(gauges), ...told(counters), ...told(states)]) {
        for (const label of Object.values(labels)) expect(label).toBe(safeText(label))
      }
    }
  },
)

test('a recorded tree gives what it was made with', () => {
  const { root, tree: recorded } = tree('values-', 'ordinary')
  const values = Object.assign({}, ...readAll(root).samples.map(({ gauges, counters }) => ({ ...gauges, ...counters })))
  expect(values).toMatchObject({
    uptime_seconds: recorded.host.uptimeSeconds,
    processes_count: recorded.host.tasks,
    'network_receive_bytes_total{interface="eth0"}': recorded.host.interfaces.find(({ name }) => `${name}` === 'eth0')
      ?.received,
    'disk_total_bytes{mount="/"}': expect.any(Number),
    tcp_sockets: 4,
    tcp_waiting_sockets: 2,
  })
  expect(Object.keys(values).filter((key) => key.startsWith('core_seconds_total'))).toHaveLength(4)
  expect(readFacts(new SystemFiles(root))).toMatchObject({ cores: 4, bootMs: recorded.bootMs })
  expect(
    new ListenerCollector().collect(new SystemFiles(root)).map(({ address, port }) => `${address} ${port}`),
  ).toEqual(['0.0.0.0 22', ':: 443', '127.0.0.1 5432'])
})
