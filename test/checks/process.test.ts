import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CheckContext, ProcessSelector } from '../../src/checks/check.ts'
import { processCheck } from '../../src/checks/process.ts'
import type { ProcessRow } from '../../src/model/processes.ts'
import { row } from '../export/frame.ts'
import { complaints, context, settingsOf, temporaryFolder } from './asking.ts'

const NOW = Date.parse('2026-11-25T10:30:00Z')
const MINUTE = 60_000
const GiB = 1024 ** 3

const settings = (written: object = {}) =>
  settingsOf(processCheck, { ...('pidfile' in written ? {} : { match: 'nginx' }), ...written })

/** A check's context on a machine with these processes; what was asked for is kept. */
function machine(rows: readonly ProcessRow[] | Error, memory: CheckContext['memory'] = new Map(), minute = 0) {
  const asked: ProcessSelector[] = []
  const made = context({
    memory,
    now: () => ({ wallMs: NOW, monoMs: minute * MINUTE }),
    processes: async (selector) => {
      asked.push(selector)
      if (rows instanceof Error) throw rows
      return rows
    },
  })
  return { asked, context: made }
}

const nginx = (pid: number, over: Partial<ProcessRow> = {}) =>
  row({ pid, startTicks: pid, name: 'nginx', startedMs: NOW - 10 * MINUTE + pid, ...over })

const run = (rows: readonly ProcessRow[] | Error, written: object = {}) =>
  processCheck.run(settings(written), machine(rows).context)

test('what runs is up, and says what it uses together', async () => {
  const rows = [
    nginx(7, { cpuRatio: 0.25, memoryBytes: GiB, threads: 2, files: 30 }),
    nginx(4, { cpuRatio: 0.5, memoryBytes: GiB / 2, threads: 1, files: 12 }),
  ]
  expect(await run(rows)).toEqual({
    state: 'up',
    noLatency: true,
    expectations: [
      { name: 'count', met: true, found: '2', wanted: '>=1' },
      { name: 'restarts', met: true, found: 'restarted 0 times in 10 min', wanted: '<3 in 10 min' },
    ],
    facts: [
      { name: 'processes', value: '2' },
      { name: 'oldest', value: 'pid 4, since 10:20' },
      { name: 'cpu', value: '75% of one core' },
      { name: 'memory', value: '1.5 GiB' },
      { name: 'files', value: '42' },
      { name: 'threads', value: '3' },
    ],
    processes: {
      process_count: 2,
      process_cpu_ratio: 0.75,
      process_memory_bytes: 1.5 * GiB,
      process_threads: 3,
      process_files: 42,
    },
  })
})

test.each([
  [[], {}, 'missing', 'no process nginx'],
  [[], { count: '>=2' }, 'missing', 'no process nginx, expected >=2'],
  [[1], { count: '>=2' }, 'missing', '1 process nginx, expected >=2'],
  [[1, 2, 3], { count: '<=2' }, 'count', '3 processes nginx, expected <=2'],
  [[1], { count: 0 }, 'count', '1 process nginx, expected 0'],
])('%j of %j', async (pids, written, reason, error) => {
  expect(
    await run(
      pids.map((pid) => nginx(pid)),
      written,
    ),
  ).toMatchObject({ state: 'down', reason, error })
})

test('nobody may be what is expected', async () => {
  expect(await run([], { count: 0, memory: '<1GiB' })).toMatchObject({ state: 'up', processes: { process_count: 0 } })
})

test.each([
  [{ cpu: '<80%' }, 'cpu', 'nginx takes 95% of one core, expected <80%'],
  [{ memory: '<1GiB' }, 'memory', 'nginx uses 1.5 GiB of memory, expected <1.0 GiB'],
  [{ files: '<1000' }, 'files', 'nginx has 1200 open files, expected <1000'],
  [{ threads: '<=8' }, 'threads', 'nginx has 9 threads, expected <=8'],
  [{ age: '>1h' }, 'age', 'nginx has a process that started 10 min ago, expected >1h'],
])('over %j is degraded', async (written, reason, error) => {
  const busy = nginx(0, { cpuRatio: 0.95, memoryBytes: 1.5 * GiB, threads: 9, files: 1200 })
  const outcome = await run([busy], written)
  expect(outcome).toMatchObject({ state: 'degraded', reason, error })
  expect(outcome.expectations?.find(({ met }) => !met)?.name).toBe(reason)
})

test('what may not be read of one fails nothing, and says that it is not known', async () => {
  const { cpuRatio: _, files: __, ...first } = nginx(1)
  const outcome = await run([first, nginx(2, { cpuRatio: 9, files: 9999 })], { cpu: '<80%', files: '<10' })
  expect(outcome.state).toBe('up')
  expect(outcome.expectations?.slice(1, 3)).toEqual([
    { name: 'cpu', met: true, found: 'not known', wanted: '<80%' },
    { name: 'files', met: true, found: 'not known', wanted: '<10' },
  ])
  expect(outcome.processes).not.toHaveProperty('process_files')
})

test('a zombie, one that has ended and healthtop itself are nobody', async () => {
  const rows = [
    nginx(1, { state: 'Z' }),
    nginx(2, { mark: 'ended' }),
    nginx(process.pid),
    nginx(3, { command: 'node /usr/bin/healthtop check process:/nginx/' }),
  ]
  expect(await run(rows)).toMatchObject({ state: 'down', error: 'no process nginx' })
})

test('a text is a name, a pattern is one of the command line', async () => {
  const { asked, context: made } = machine([nginx(1)])
  await processCheck.run(settings(), made)
  await processCheck.run(settings({ match: '/nginx: master/' }), made)
  expect(asked).toEqual([{ name: 'nginx' }, { pattern: 'nginx: master' }])
})

test('a restart loop is degraded until ten minutes have passed', async () => {
  const memory = new Map()
  const look = (pid: number, minute: number) =>
    processCheck.run(settings(), machine([nginx(pid)], memory, minute).context)
  expect((await look(1, 0)).state).toBe('up')
  expect((await look(2, 1)).state).toBe('up')
  expect((await look(3, 2)).state).toBe('up')
  expect(await look(4, 3)).toMatchObject({
    state: 'degraded',
    reason: 'restarting',
    error: 'nginx restarted 3 times in 10 min',
  })
  expect((await look(4, 12)).state).toBe('up')
})

test('why processes cannot be asked for is left to the runner to tell', async () => {
  const silent = new Error('the host worker does not answer')
  await expect(run(silent)).rejects.toBe(silent)
})

function pidFile(content: string): string {
  const path = join(temporaryFolder(), 'app.pid')
  writeFileSync(path, content)
  return path
}

test('a pid file names the process, which may have to be somebody', async () => {
  const { asked, context: made } = machine([nginx(4711)])
  expect((await processCheck.run(settings({ pidfile: pidFile(' 4711\n/var/lib/data\n') }), made)).state).toBe('up')
  expect((await processCheck.run(settings({ pidfile: pidFile('4711'), match: 'nginx' }), made)).state).toBe('up')
  expect(asked).toEqual([{ pid: 4711 }, { name: 'nginx', pid: 4711 }])
})

test.each([
  ['4711\n', {}, 'missing', 'pid file says 4711, which is not running'],
  ['4711\n', { match: 'nginx' }, 'missing', 'pid file says 4711, which is not a running nginx'],
  ['', {}, 'pidfile', 'pid file PATH is empty'],
  ['-1\n', {}, 'pidfile', 'pid file PATH holds "-1", which is no pid'],
  ['\u001b[31m\u0007', {}, 'pidfile', 'pid file PATH holds "[31m", which is no pid'],
  ['9'.repeat(2_000_000), {}, 'pidfile', `pid file PATH holds "${'9'.repeat(64)}", which is no pid`],
])('a pid file with %j', async (content, written, reason, error) => {
  const pidfile = pidFile(content)
  expect(await run([], { pidfile, ...written })).toMatchObject({
    state: 'down',
    reason,
    error: error.replace('PATH', pidfile),
  })
})

test('a pid file that is missing, or is none', async () => {
  const folder = temporaryFolder()
  expect(await run([], { pidfile: join(folder, 'x') })).toMatchObject({
    state: 'down',
    reason: 'missing',
    error: `pid file ${folder}/x is missing`,
  })
  expect(await run([], { pidfile: folder })).toMatchObject({ state: 'down', error: `pid file ${folder} is a folder` })
})

test('a pid file on a mount that hangs is asked once', async () => {
  const memory = new Map([['program.started', -3 * MINUTE]])
  const outcome = await processCheck.run(settings({ pidfile: '/mnt/app.pid' }), machine([], memory).context)
  expect(outcome).toMatchObject({
    state: 'down',
    reason: 'timeout',
    error: 'pid file /mnt/app.pid lies on a mount that has not answered for 3 min',
  })
})

test('settings that make no sense say so', () => {
  expect(complaints(processCheck, {})).toEqual([
    'match: expected match (a name or a /pattern/ of the command line) or pidfile',
  ])
  expect(complaints(processCheck, { match: '/x/i' })).toEqual(['match: expected a name or a /pattern/ without flags'])
  expect(complaints(processCheck, { match: 'x', pidfile: 'app.pid' })).toEqual([
    'pidfile: expected the full path of a pid file',
  ])
})

test('targets', () => {
  expect(processCheck.parseTarget('process:nginx', undefined)).toEqual(settings())
  expect(processCheck.parseTarget('process:/nginx: master/', '2')).toEqual(
    settings({ match: '/nginx: master/', count: 2 }),
  )
  expect(processCheck.target(settings({ match: '/a\u001b b/' }))).toBe('/a b/')
  expect(processCheck.target(settings({ pidfile: '/run/app.pid' }))).toBe('pid file /run/app.pid')
  for (const target of ['process:', 'process:/x/i', 'process:/(/'])
    expect(() => processCheck.parseTarget(target, undefined)).toThrow('expected process:NAME or process:/PATTERN/')
  expect(() => processCheck.parseTarget('process:x', 'some')).toThrow('such as >=2, got "some"')
})
