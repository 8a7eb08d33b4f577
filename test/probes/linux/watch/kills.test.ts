import { expect, test } from 'vitest'
import { SystemFiles } from '../../../../src/probes/host-files.ts'
import { ProcessCgroup } from '../../../../src/probes/linux/watch/cgroup.ts'
import { OomKills } from '../../../../src/probes/linux/watch/kills.ts'
import { ProcessFiles } from '../../../../src/probes/linux/watch/reader.ts'
import { makeTree } from '../../../sources/live/tree.ts'

/** What a host counts, one reading after another. */
function counting() {
  let count = 0
  const files = {
    root: '/recorded',
    read: () => Buffer.from(''),
    optional: () => Buffer.from(`nr_free_pages 1\noom_kill ${count}\n`),
    list: () => [],
  }
  const kills = new OomKills(files)
  return {
    kills,
    turn(monoMs: number, now: number) {
      count = now
      kills.turn(monoMs)
    },
  }
}

test('a kill on the host lately is the cause where the cgroup does not tell', () => {
  const { kills, turn } = counting()
  turn(0, 3)
  expect(kills.killed('a', undefined)).toBe(false)
  turn(1000, 4)
  turn(2000, 4)
  expect(kills.killed('a', undefined)).toBe(true)
  turn(3000, 4)
  turn(7000, 4)
  expect(kills.killed('a', undefined)).toBe(false)
})

test('a kill elsewhere is no cause where the cgroup tells', () => {
  const { kills, turn } = counting()
  turn(0, 3)
  kills.alive('a', 0, 1)
  kills.alive('b', 0, 1)
  turn(1000, 4)
  kills.alive('b', 1000, 2)
  expect(kills.killed('a', 1)).toBe(false)
  expect(kills.killed('b', 2)).toBe(true)
})

test('a cgroup tells its limits, how it was held back, and who was killed in it', () => {
  const folder = 'sys/fs/cgroup/system.slice/web.service'
  using tree = makeTree({
    'proc/7/cgroup': '0::/system.slice/web.service\n',
    'proc/self/mountinfo': '30 24 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw\n',
    [`${folder}/memory.current`]: '1048576\n',
    [`${folder}/memory.max`]: '2097152\n',
    [`${folder}/memory.events`]: 'low 0\nhigh 0\nmax 5\noom 2\noom_kill 2\noom_group_kill 0\n',
    [`${folder}/cpu.max`]: '150000 100000\n',
    [`${folder}/cpu.stat`]:
      'usage_usec 5\nuser_usec 3\nsystem_usec 2\nnr_periods 10\nnr_throttled 1\nthrottled_usec 9\n',
    [`${folder}/pids.current`]: '4\n',
    [`${folder}/pids.max`]: 'max\n',
    [`${folder}/io.pressure`]: 'some avg10=2.50 avg60=0.00 avg300=0.00 total=0\n',
  })
  const cgroup = new ProcessCgroup(new ProcessFiles(tree.root), new SystemFiles(tree.root), 7)
  expect(cgroup.oomKills()).toBe(2)
  expect(cgroup.pressure()).toEqual({ io: 0.025 })
  expect(cgroup.detail()).toEqual({
    path: '/system.slice/web.service',
    memoryBytes: 1048576,
    memoryLimitBytes: 2097152,
    cpuLimitCores: 1.5,
    pidsUsed: 4,
    pressure: { io: 0.025 },
  })
  tree.write(`${folder}/cpu.stat`, 'nr_periods 20\nnr_throttled 4\nthrottled_usec 99\n')
  expect(cgroup.detail()?.throttledRatio).toBeCloseTo(0.3)
})
