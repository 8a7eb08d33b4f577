import { expect, test } from 'vitest'
import { Scanning } from './scanning.ts'

const pids = (answer: { rows: readonly { pid: number }[] }) => answer.rows.map(({ pid }) => pid)

test('a filter finds names and arguments, in any case', async () => {
  using scanning = new Scanning()
  const [one, two] = scanning.recorded.advance(1, {
    start: [
      { comm: 'Quartz', args: ['run'] },
      { comm: 'sh', args: ['sh', '-c', 'qUARTZ --x'] },
    ],
  })
  await scanning.scan()
  expect(pids(scanning.answer({ filter: 'quARTz', sort: 'pid' }))).toEqual([one, two])
  expect(scanning.answer({ filter: 'quartz' })).toMatchObject({ matched: 2, total: 22 })
  expect(scanning.answer({ filter: 'quartzsh' }).matched).toBe(0)
})

test('a filter sees processes that started after it was set', async () => {
  using scanning = new Scanning()
  await scanning.scan()
  expect(scanning.answer({ filter: 'late arrival' }).matched).toBe(0)
  expect((await scanning.step({ start: [{ comm: 'x', args: ['late', 'arrival'] }] })).matched).toBe(1)
})

test('a user is asked for by name or number', async () => {
  using scanning = new Scanning({ processes: 30 })
  await scanning.scan()
  const byName = pids(scanning.answer({ user: 'alice', rows: 50, sort: 'pid' }))
  const { processes } = scanning.recorded.tree
  expect(byName).toEqual([...processes.values()].filter(({ uid }) => uid === 1000).map(({ pid }) => pid))
  expect(byName.length).toBeGreaterThan(0)
  expect(pids(scanning.answer({ user: '1000', rows: 50, sort: 'pid' }))).toEqual(byName)
})

test('a window of rows ends with the list', async () => {
  using scanning = new Scanning({ processes: 30 })
  await scanning.scan()
  const all = pids(scanning.answer({ sort: 'memory', rows: 100 }))
  expect(pids(scanning.answer({ sort: 'memory', offset: 7, rows: 5 }))).toEqual(all.slice(7, 12))
  const last = scanning.answer({ sort: 'memory', offset: 28, rows: 5 })
  expect(last.offset).toBe(25)
  expect(pids(last)).toEqual(all.slice(25))
})

test('the followed process is found wherever it stands', async () => {
  using scanning = new Scanning({ processes: 30 })
  await scanning.scan()
  const all = scanning.answer({ sort: 'memory', rows: 100 }).rows
  const { pid, startTicks } = all[17] as { pid: number; startTicks: number }
  const follow = { pid, startTicks }
  expect(scanning.answer({ sort: 'memory', rows: 5, follow })).toMatchObject({ followIndex: 17, followRow: { pid } })
  const hidden = scanning.answer({ filter: 'matches nobody', follow })
  expect(hidden.followRow?.pid).toBe(pid)
  expect(hidden).not.toHaveProperty('followIndex')
  const other = scanning.answer({ follow: { pid, startTicks: startTicks + 1 } })
  expect(other).not.toHaveProperty('followRow')
})

test('while somebody moves the order stays: new rows at the end, ended ones out when they are shown no more', async () => {
  using scanning = new Scanning({ processes: 12, kernelThreads: 0 })
  await scanning.scan()
  const before = pids(await scanning.step({ burn: { [scanning.pids[4] as number]: 1 } }))
  expect(before[0]).toBe(scanning.pids[4])
  const all = pids(scanning.answer({ rows: 20 }))
  expect(pids(scanning.answer({ rows: 20, hold: true }))).toEqual(all)
  const riser = all.at(-1) as number
  const ended = all[3] as number
  const held = await scanning.step({ burn: { [riser]: 3 }, end: [ended], start: [{ comm: 'new' }] })
  const started = scanning.pids.at(-1) as number
  expect(pids(held)).toEqual([...all, started])
  expect(held.rows.find(({ pid }) => pid === riser)?.cpuRatio).toBe(3)
  expect(pids(scanning.answer({ rows: 3, offset: 2, hold: true }))).toEqual(pids(held).slice(2, 5))
  await scanning.step({}, 6)
  expect(pids(scanning.answer({ rows: 20, hold: true }))).toEqual([...all.filter((pid) => pid !== ended), started])
  expect(pids(scanning.answer({ rows: 20 }))[0]).toBe(riser)
})

test('another order is taken at once, even while somebody moves', async () => {
  using scanning = new Scanning({ processes: 12 })
  await scanning.scan()
  scanning.answer({ hold: true })
  const answer = scanning.answer({ hold: true, sort: 'pid', rows: 20 })
  expect(pids(answer)).toEqual([...pids(answer)].sort((a, b) => a - b))
})

test('processes that run are counted', async () => {
  using scanning = new Scanning({ processes: 12 })
  await scanning.scan()
  const [a, b] = scanning.pids as [number, number]
  expect((await scanning.step({ state: { [a]: 'R', [b]: 'R' } })).running).toBe(2)
  expect((await scanning.step({ state: { [a]: 'S' } })).running).toBe(1)
})
