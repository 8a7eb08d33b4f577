import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isDenied, WATCH_SECTIONS, type Watched, type WatchRequest } from '../../../../src/model/watch.ts'
import { Child, Following } from './following.ts'

const onLinux = process.platform === 'linux'
const asRoot = process.getuid?.() === 0

/** A program of a name that nothing else on the machine has. */
let folder = ''
let sleeper = ''
const NAME = `watched${process.pid}`
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'healthtop-watch-'))
  sleeper = join(folder, NAME)
  copyFileSync('/bin/sleep', sleeper)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const byName: WatchRequest = { target: { kind: 'name', name: NAME }, sections: [] }
const sleep = () => new Child(sleeper, ['300']).started(NAME.slice(0, 15))

const ps = (pid: number, column: string) =>
  execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim()

test.runIf(onLinux)('a name is waited for, followed across restarts, and its runs are kept', async () => {
  using following = new Following()
  expect(await following.look(byName)).toMatchObject({ state: 'waiting', label: NAME, instances: [], runs: [] })
  expect(following.watcher.measure()).toBeUndefined()
  await using first = await sleep()
  expect(await following.look()).toMatchObject({ state: 'running', instances: [{ pid: first.pid }], restarts: 0 })
  expect(await following.figures()).toMatchObject({ process_count: 1, process_restarts_total: 0 })
  await first.end()
  const gone = await following.until(({ state }) => state === 'gone')
  expect(gone).toMatchObject({ instances: [], restarts: 0, runs: [{ pid: first.pid }] })
  expect(gone.runs[0]?.endedMs).toBeGreaterThanOrEqual(gone.runs[0]?.startedMs ?? Number.NaN)
  expect(gone.runs[0]?.memoryBytes).toBeGreaterThan(0)
  expect(gone.runs[0]?.cause).toBeUndefined()
  expect(await following.figures()).toEqual({ process_count: 0, process_restarts_total: 0 })
  await using second = await sleep()
  const back = await following.look()
  expect(back).toMatchObject({ state: 'running', restarts: 1, runs: [{ pid: second.pid }, { pid: first.pid }] })
  expect(back.runs[0]?.endedMs).toBeUndefined()
})

test.runIf(onLinux)(
  'an end between two scans is noticed by the next reading, and the old table brings nobody back',
  async () => {
    using following = new Following()
    await using child = await sleep()
    expect(await following.look(byName)).toMatchObject({ state: 'running' })
    await child.end()
    expect(await following.figures()).toMatchObject({ process_count: 0 })
    expect(following.ask({ ...byName, sections: ['files'] })).toMatchObject({ state: 'gone', restarts: 0 })
  },
)

test.runIf(onLinux)('several instances are summed, and listed oldest first', async () => {
  using following = new Following()
  await using first = await sleep()
  await using second = await sleep()
  const watched = await following.look(byName)
  expect(watched.instances.map(({ pid }) => pid)).toEqual([first.pid, second.pid])
  expect(watched.detail?.id.pid).toBe(first.pid)
  const kibibytes = () => Number(ps(first.pid, 'rss')) + Number(ps(second.pid, 'rss'))
  let figures = await following.figures()
  // They may be loading still.
  for (let tries = 0; tries < 100 && figures.process_memory_bytes !== kibibytes() * 1024; tries++) {
    figures = await following.figures()
  }
  expect(figures.process_memory_bytes).toBe(kibibytes() * 1024)
  expect(figures.process_count).toBe(2)
  expect(figures.process_threads).toBe(2)
  const id = watched.instances[1]
  if (id === undefined) throw new Error('one instance')
  expect(following.ask({ ...byName, instance: id }).detail?.id.pid).toBe(second.pid)
})

test.runIf(onLinux)('a pid becomes a process with its start time', async () => {
  using following = new Following()
  await using child = await sleep()
  const watched = await following.look({ target: { kind: 'pid', pid: child.pid }, sections: [] })
  expect(watched).toMatchObject({
    target: { kind: 'process', id: { pid: child.pid }, name: NAME.slice(0, 15) },
    label: `${NAME.slice(0, 15)} ${child.pid}`,
    state: 'running',
  })
  await child.end()
  expect(await following.until(({ state }) => state === 'gone')).toMatchObject({ runs: [{ pid: child.pid }] })
})

test.runIf(onLinux)('a pattern finds whole command lines, but never healthtop itself', async () => {
  using following = new Following()
  await using child = await sleep()
  // This very process has the name in its command line too, as far as the watcher is concerned.
  using blind = new Following(child.pid)
  const request: WatchRequest = { target: { kind: 'pattern', source: `${NAME} 3.0$` }, sections: [] }
  expect((await following.look(request)).instances.map(({ pid }) => pid)).toEqual([child.pid])
  expect((await blind.look(request)).state).toBe('waiting')
  await using wrapper = new Child('/bin/sh', ['-c', `read x # healthtop watch ${NAME} 300`])
  await wrapper.started('sh')
  const all: WatchRequest = { target: { kind: 'pattern', source: `${NAME} 300` }, sections: [] }
  expect((await following.look(all)).instances.map(({ pid }) => pid)).toEqual([child.pid])
})

test.runIf(onLinux)('figures are those of ps, lsof and /proc', async () => {
  using following = new Following()
  const script =
    'const f = require("fs").openSync(process.argv[1], "w"); let n = 0; for (let i = 0; i < 3e8; i++) n += i; console.log(n); setInterval(() => {}, 1e6)'
  await using child = new Child(process.execPath, ['-e', script, join(folder, 'out')])
  await following.look({ target: { kind: 'pid', pid: child.pid }, sections: [] })
  const before = await following.figures()
  await child.says()
  const figures = await following.figures()
  const files = execFileSync('ls', [`/proc/${child.pid}/fd`], { encoding: 'utf8' })
    .trim()
    .split('\n').length
  expect(figures.process_files).toBe(files)
  expect(figures.process_threads).toBe(Number(ps(child.pid, 'nlwp')))
  expect(Math.abs((figures.process_memory_bytes ?? 0) / 1024 - Number(ps(child.pid, 'rss')))).toBeLessThan(4096)
  expect(figures.process_cpu_seconds_total).toBeGreaterThan(before.process_cpu_seconds_total ?? Number.NaN)
  const limits = execFileSync('cat', [`/proc/${child.pid}/limits`], { encoding: 'utf8' })
  expect(figures.process_files_limit).toBe(Number(/Max open files +(\d+)/.exec(limits)?.[1]))
  expect(figures.process_files_used_ratio).toBeCloseTo(files / (figures.process_files_limit ?? 0), 6)
  expect(figures.process_memory_proportional_bytes).toBeGreaterThan(1e6)
  expect(figures.process_voluntary_context_switches_total).toBeGreaterThanOrEqual(0)
  expect(figures.process_faults_total).toBeGreaterThan(0)
})

test.runIf(onLinux)('a detail has what belongs to the process alone', async () => {
  using following = new Following()
  const out = join(folder, 'written')
  await using child = new Child(
    process.execPath,
    [
      '-e',
      'const fs = require("fs"); const f = fs.openSync(process.argv[1], "w"); fs.writeSync(f, "x".repeat(5000)); console.log("ready"); process.stdin.once("data", () => { fs.writeSync(f, "y".repeat(9000)); fs.unlinkSync(process.argv[1]); console.log("done") })',
      out,
    ],
    { cwd: folder, env: { HEALTHTOP_TEST: 'yes', API_TOKEN: 'abc', DB: 'postgres://me:secret@db/x' } },
  )
  await child.says()
  const { detail } = await following.look({ target: { kind: 'pid', pid: child.pid }, sections: WATCH_SECTIONS })
  if (detail === undefined) throw new Error('no detail')
  expect(detail.arguments.slice(0, 2)).toEqual([process.execPath, '-e'])
  expect(detail.arguments.at(-1)).toBe(out)
  expect(detail).toMatchObject({ program: process.execPath, folder, user: ps(child.pid, 'user'), scheduler: 'default' })
  expect(detail.parent).toMatchObject({ pid: process.pid })
  expect(detail.group).toBe(ps(child.pid, 'group'))
  expect(detail.family.map(({ pid }) => pid)).toEqual(expect.arrayContaining([1, process.pid, child.pid]))
  expect(detail.threads?.length).toBe(Number(ps(child.pid, 'nlwp')))
  expect(detail.environment).toEqual([
    { name: 'HEALTHTOP_TEST', value: 'yes', secret: false },
    { name: 'API_TOKEN', value: 'abc', secret: true },
    { name: 'DB', value: 'postgres://me:secret@db/x', secret: true },
  ])
  const { files, memory } = detail
  if (files === undefined || isDenied(files) || memory === undefined || isDenied(memory)) throw new Error('denied')
  expect(files.list.find(({ path }) => path === out)).toMatchObject({
    mode: 'write',
    kind: 'file',
    sizeBytes: 5000,
    deleted: false,
  })
  expect(files.kinds.pipe).toBeGreaterThanOrEqual(2)
  expect(memory.proportionalBytes).toBeGreaterThan(memory.privateBytes ?? Number.NaN)
})

test.runIf(onLinux && asRoot)(
  'what a process of another user does not show is refused with the reason, not 0',
  async () => {
    using following = new Following()
    await using child = await sleep()
    process.seteuid?.(65_534)
    try {
      const { detail } = await following.look({ target: { kind: 'pid', pid: child.pid }, sections: WATCH_SECTIONS })
      const denied = { denied: 'belongs to root' }
      expect(detail).toMatchObject({ program: denied, folder: denied, files: denied, sockets: denied, memory: denied })
      expect(detail).toMatchObject({ environment: denied, namespaces: denied })
      expect(detail).toMatchObject({ arguments: [sleeper, '300'], user: 'root' })
      expect(detail).not.toHaveProperty('rootFolder')
      const figures = await following.figures()
      for (const name of ['process_read_bytes_total', 'process_memory_proportional_bytes']) {
        expect(figures).not.toHaveProperty(name)
      }
      expect(figures.process_memory_bytes).toBeGreaterThan(0)
      expect(figures.process_threads).toBe(1)
    } finally {
      process.seteuid?.(0)
    }
  },
)

const server = `
  // Three connections, both of their ends: one that waits to be accepted belongs to nobody yet. And the two other sockets.
  let missing = 3 + 3 + 2
  const ready = () => --missing === 0 && console.log(server.address().port)
  const accept = (socket) => { socket.resume(); ready() }
  const server = require('net').createServer(accept).listen(0, '127.0.0.1', () => {
    for (let i = 0; i < 3; i++) require('net').connect(server.address().port, '127.0.0.1', ready)
  })
  require('dgram').createSocket('udp4').bind(0, '127.0.0.1', ready)
  require('net').createServer().listen(process.argv[1], ready)
`

test.runIf(onLinux)('affinity, scheduler and I/O class are those that were given', async () => {
  using following = new Following()
  await using child = await sleep()
  const pid = String(child.pid)
  execFileSync('taskset', ['-pc', '0', pid], { stdio: 'ignore' })
  execFileSync('chrt', ['--batch', '-p', '0', pid], { stdio: 'ignore' })
  execFileSync('ionice', ['-c', '2', '-n', '6', '-p', pid])
  await following.look(byName)
  const { detail } = await following.until((watched) => watched.detail?.ioClass !== undefined)
  expect(detail).toMatchObject({ affinity: '0', scheduler: 'batch', ioClass: 'best-effort 6' })
})

test.runIf(onLinux)('sockets are those of ss, grouped, with who is at the other end', async () => {
  using following = new Following()
  const path = join(folder, 'socket')
  await using child = new Child(process.execPath, ['-e', server, path])
  const port = await child.says()
  const { detail } = await following.look({ target: { kind: 'pid', pid: child.pid }, sections: ['sockets'] })
  const sockets = detail?.sockets
  if (sockets === undefined || isDenied(sockets)) throw new Error('no sockets')
  const tcp = sockets.filter(({ protocol }) => protocol === 'tcp')
  expect(tcp[0]).toMatchObject({ state: 'listen', local: `127.0.0.1:${port}`, peer: '', count: 1 })
  const open = tcp.filter(({ state }) => state === 'open')
  expect(open).toHaveLength(2)
  const same = { peerProcess: 'node', count: 3 }
  expect(open).toContainEqual(expect.objectContaining({ local: `127.0.0.1:${port}`, peer: '127.0.0.1', ...same }))
  expect(open).toContainEqual(expect.objectContaining({ local: '127.0.0.1', peer: `127.0.0.1:${port}`, ...same }))
  const lines = execFileSync('ss', ['-tanpH'], { encoding: 'utf8' }).split('\n')
  const shown = lines.filter((line) => line.includes(`pid=${child.pid},`))
  expect(tcp.reduce((sum, { count }) => sum + count, 0)).toBe(shown.length)
  expect(sockets).toContainEqual(expect.objectContaining({ protocol: 'udp', state: '·', count: 1 }))
  expect(sockets).toContainEqual(expect.objectContaining({ protocol: 'unix', state: 'listen', local: path }))
})

test.runIf(onLinux)('what is written, and what is deleted, shows in the open files', async () => {
  using following = new Following()
  const out = join(folder, 'growing')
  const script = `
    const fs = require('fs')
    const file = fs.openSync(process.argv[1], 'a')
    console.log('ready')
    process.stdin.once('data', () => {
      fs.writeSync(file, 'y'.repeat(9000))
      fs.unlinkSync(process.argv[1])
      console.log('done')
    })`
  await using child = new Child(process.execPath, ['-e', script, out])
  await child.says()
  const request: WatchRequest = { target: { kind: 'pid', pid: child.pid }, sections: ['files'] }
  const listed = (watched: Watched) => {
    const files = watched.detail?.files
    return files === undefined || isDenied(files) ? undefined : files
  }
  expect(listed(await following.look(request))?.deleted).toBe(0)
  child.process.stdin?.write('go')
  await child.says()
  const after = listed(await following.until((watched) => (listed(watched)?.deleted ?? 0) > 0))
  const file = after?.list.find(({ path }) => path === out)
  expect(file).toMatchObject({ mode: 'write', sizeBytes: 9000, deleted: true })
  // In the second and a half or a little more between two readings.
  expect(file?.writeBytesPerSecond).toBeGreaterThan(1000)
  expect(file?.writeBytesPerSecond).toBeLessThan(6100)
})

test.runIf(onLinux)(
  'a zombie has ended for those who follow a name, and is seen by who watches that very process',
  async () => {
    using following = new Following()
    // The shell starts it and never asks for its end.
    await using parent = new Child('/bin/sh', ['-c', `"${sleeper}" 0.01 & echo $!; exec /bin/sleep 300`])
    const pid = Number(await parent.says())
    while (ps(pid, 'state') !== 'Z') await new Promise(setImmediate)
    const watched = await following.look({ target: { kind: 'pid', pid }, sections: WATCH_SECTIONS })
    expect(watched).toMatchObject({ state: 'running', instances: [{ pid, state: 'Z' }], detail: { arguments: [] } })
    const figures = await following.figures()
    expect(figures.process_count).toBe(1)
    expect(figures).not.toHaveProperty('process_memory_bytes')
    expect((await following.look(byName)).state).toBe('waiting')
  },
)
