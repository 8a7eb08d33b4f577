import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isDenied, type WatchRequest } from '../../../../src/model/watch.ts'
import { SystemFiles } from '../../../../src/probes/host-files.ts'
import { openLinuxWatch } from '../../../../src/probes/linux/watch/platform.ts'
import { TICKS_PER_SECOND } from '../../../fixtures/tree/tree.ts'
import { addDetails } from '../processes/damaged.ts'
import { Scanning } from '../processes/scanning.ts'
import { Child, Following } from './following.ts'

/** Figures of processes that work meanwhile: what another source says before and after stands on both sides of ours. */

const onLinux = process.platform === 'linux'

function can(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sources-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const byPid = (pid: number, sections: WatchRequest['sections'] = []): WatchRequest => ({
  target: { kind: 'pid', pid },
  sections,
})

/** Burns, touches new memory, writes, switches. */
const WORKER = `
  const { openSync, writeSync, fsyncSync } = require('node:fs')
  const file = openSync(process.argv[1], 'w')
  const held = []
  const work = () => {
    const until = Date.now() + 10
    while (Date.now() < until);
    if (held.length < 40) held.push(Buffer.alloc(1024 * 1024, 1))
    writeSync(file, Buffer.alloc(128 * 1024, 1))
    fsyncSync(file)
    setTimeout(work, 1)
  }
  work()
  console.log('ready')
`

/** What the kernel says the process had written, in bytes; its children, once they ended, are in it. */
function writtenBytes(pid: number): number {
  return Number(/^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'latin1'))?.[1])
}

type Numbers = Readonly<Record<string, number>>

/** By ps and /proc, under the names of the metrics. */
function others(pid: number): Numbers {
  const columns = ['rss', 'nlwp', 'min_flt', 'maj_flt']
  const text = execFileSync('ps', ['-o', columns.map((name) => `${name}=`).join(), '-p', String(pid)], {
    encoding: 'utf8',
  })
  const [rss, threads, minor, major] = text.trim().split(/\s+/).map(Number)
  const file = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'latin1')
  const field = (text: string, name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1])
  const stat = file('stat').split(') ')[1]?.split(' ').map(Number) ?? []
  const tasks = readdirSync(`/proc/${pid}/task`)
  const sum = (read: (task: string) => number) => tasks.reduce((all, id) => all + read(`task/${id}`), 0)
  return {
    process_memory_bytes: (rss as number) * 1024,
    process_threads: threads as number,
    process_faults_total: minor as number,
    process_major_faults_total: major as number,
    process_cpu_user_seconds_total: (stat[11] as number) / 100,
    process_cpu_system_seconds_total: (stat[12] as number) / 100,
    process_read_bytes_total: field(file('io'), 'read_bytes'),
    process_written_bytes_total: writtenBytes(pid),
    process_files: readdirSync(`/proc/${pid}/fd`).length,
    process_voluntary_context_switches_total: sum((task) => field(file(`${task}/status`), 'voluntary_ctxt_switches')),
    process_forced_context_switches_total: sum((task) => field(file(`${task}/status`), 'nonvoluntary_ctxt_switches')),
    process_wait_cpu_seconds_total: sum((task) => Number(file(`${task}/schedstat`).split(' ')[1]) / 1e9),
  }
}

test.runIf(onLinux && can('ps', '--version'))(
  'while a process works, figures lie between two readings of others',
  async () => {
    using following = new Following()
    await using child = new Child(process.execPath, ['-e', WORKER, join(folder, 'worker')])
    await child.says()
    await following.look(byPid(child.pid))
    // Counters begin where the first reading found them.
    const start = [others(child.pid), await following.figures(), others(child.pid)] as const
    let before = others(child.pid)
    let ours = await following.figures()
    let after = others(child.pid)
    while ((after.process_written_bytes_total ?? 0) < (start[2].process_written_bytes_total ?? 0) + 2e6) {
      before = others(child.pid)
      ours = await following.figures()
      after = others(child.pid)
    }
    for (const [name, value] of Object.entries(after)) {
      const [low, high] = name.endsWith('_total')
        ? [(before[name] as number) - (start[2][name] as number), value - (start[0][name] as number)]
        : [Math.min(before[name] as number, value), Math.max(before[name] as number, value)]
      const rose = (ours[name] as number) - (name.endsWith('_total') ? (start[1][name] as number) : 0)
      expect(rose, name).toBeGreaterThanOrEqual(low - 1e-9)
      expect(rose, name).toBeLessThanOrEqual(high + 1e-9)
    }
    for (const name of ['process_cpu_user_seconds_total', 'process_written_bytes_total', 'process_faults_total']) {
      expect(ours[name], name).toBeGreaterThan(0)
    }
  },
)

test.runIf(onLinux && can('dd', '--version'))(
  'what a child wrote is not what its parent wrote when it ends',
  async () => {
    using following = new Following()
    const dd = `dd if=/dev/zero of="$1" bs=1M count=8 conv=fsync 2>/dev/null`
    const script = `echo ready; read go; ${dd}; echo done; read go`
    await using shell = new Child('sh', ['-c', script, 'sh', join(folder, 'dd')])
    await shell.says()
    await following.look(byPid(shell.pid))
    const before = await following.figures()
    shell.process.stdin?.write('\n')
    await shell.says()
    // The kernel says so.
    expect(writtenBytes(shell.pid)).toBeGreaterThanOrEqual(8 * 1024 * 1024)
    expect((await following.figures()).process_written_bytes_total).toBe(before.process_written_bytes_total)
  },
)

test.runIf(onLinux && can('dd', '--version'))('what dd writes is what is told, to the byte', async () => {
  using following = new Following()
  const script = `echo ready; read go; exec dd of="$1" bs=1M iflag=fullblock conv=fsync`
  await using writer = new Child('sh', ['-c', script, 'sh', join(folder, 'own')])
  await writer.says()
  await following.look(byPid(writer.pid))
  const before = await following.figures()
  const start = writtenBytes(writer.pid)
  writer.process.stdin?.write('\n')
  const bytes = 8 * 1024 * 1024
  writer.process.stdin?.write(Buffer.alloc(bytes, 1))
  // It waits for more, and stays. A file system may write a block or two of its own on dd's account.
  await vi.waitUntil(() => writtenBytes(writer.pid) - start >= bytes, { timeout: 20_000, interval: 20 })
  let told: number
  let kernel: number
  do {
    kernel = writtenBytes(writer.pid)
    told = (await following.figures()).process_written_bytes_total ?? Number.NaN
  } while (writtenBytes(writer.pid) !== kernel)
  expect(told - (before.process_written_bytes_total ?? Number.NaN)).toBe(kernel - start)
})

test.runIf(onLinux && can('lsof', '-v'))('open files are those of lsof', async () => {
  using following = new Following()
  await using child = new Child(process.execPath, ['-e', WORKER, join(folder, 'lsof')])
  await child.says()
  const { detail } = await following.look(byPid(child.pid, ['files']))
  const files = detail?.files
  if (files === undefined || isDenied(files)) throw new Error('no files')
  const lines = execFileSync('lsof', ['-n', '-P', '-a', '-p', String(child.pid), '-d', '0-9999', '-Ff'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const descriptors = lines.split('\n').flatMap((text) => (/^f\d+$/.test(text) ? [Number(text.slice(1))] : []))
  expect(files.list.map(({ fd }) => fd).sort((a, b) => a - b)).toEqual(descriptors.sort((a, b) => a - b))
  expect(files.open).toBe(descriptors.length)
})

test.runIf(onLinux && can('chrt', '-f', '10', 'true'))('a real-time process has its class and priority', async () => {
  using following = new Following()
  await using child = await new Child('chrt', ['-f', '10', 'sleep', '300']).started('sleep')
  const { detail, instances } = await following.look(byPid(child.pid))
  expect(detail).toMatchObject({ scheduler: 'fifo 10' })
  // As the kernel has it: -1 minus the priority.
  expect(instances[0]).toMatchObject({ priority: -11 })
})

test.runIf(onLinux && can('unshare', '-nu', 'true'))(
  'one in other namespaces has these, and the sockets of its own network',
  async () => {
    using following = new Following()
    const server = `require('net').createServer().listen(4321, '0.0.0.0', () => console.log('up'))`
    await using child = new Child('unshare', ['-num', process.execPath, '-e', server])
    await child.says()
    const { detail } = await following.look(byPid(child.pid, ['sockets']))
    const { namespaces, sockets } = detail ?? {}
    if (namespaces === undefined || isDenied(namespaces)) throw new Error('no namespaces')
    if (sockets === undefined || isDenied(sockets)) throw new Error('no sockets')
    expect(namespaces.map(({ kind }) => kind).sort()).toEqual(['mnt', 'net', 'uts'])
    for (const { kind, inode } of namespaces) {
      expect(execFileSync('readlink', [`/proc/${child.pid}/ns/${kind}`], { encoding: 'utf8' })).toBe(
        `${kind}:[${inode}]\n`,
      )
    }
    expect(sockets).toContainEqual(expect.objectContaining({ protocol: 'tcp', state: 'listen', local: '0.0.0.0:4321' }))
  },
)

const THREADS = 5000
const threaded = `
import threading, time
threading.stack_size(65536)
made = 1
try:
  for _ in range(${THREADS - 1}):
    threading.Thread(target=time.sleep, args=(300,), daemon=True).start()
    made += 1
except RuntimeError:
  pass
print(made, flush=True)
time.sleep(300)
`

test.runIf(onLinux && can('python3', '--version'))('five thousand threads are counted, and cost little', async () => {
  using following = new Following()
  await using child = new Child('python3', ['-c', threaded])
  const made = Number(await child.says())
  expect(made).toBeGreaterThan(100)
  const watched = await following.look(byPid(child.pid, ['threads']))
  expect(watched.instances[0]?.threads).toBe(made)
  expect(watched.detail?.threads).toHaveLength(Math.min(made, 1000))
  const before = process.cpuUsage()
  const sample = following.watcher.measure()
  const { user, system } = process.cpuUsage(before)
  expect(sample?.gauges).toMatchObject({ [`process_threads{process="python3 ${child.pid}"}`]: made })
  // It takes its share of a core, and is not read more seldom than every few seconds for it.
  expect((user + system) / 1000).toBeLessThan(80)
})

test.runIf(onLinux)('a file that fails with EIO is not known, and all else is', async () => {
  using scanning = new Scanning({ processes: 6, kernelThreads: 0 })
  const { root } = scanning.recorded.tree
  const [pid, other] = scanning.pids as [number, number]
  addDetails(root, pid)
  /** Nothing is mapped at the address 0: to read there is EIO. */
  const fail = (path: string) => {
    unlinkSync(`${root}/proc/${path}`)
    symlinkSync('/proc/self/mem', `${root}/proc/${path}`)
  }
  expect(() => readFileSync('/proc/self/mem')).toThrow('EIO')
  for (const name of ['io', `task/${pid}/io`, 'limits', 'environ', 'smaps_rollup', 'cmdline', 'status'])
    fail(`${pid}/${name}`)
  fail(`${other}/stat`)
  await scanning.scan()
  await scanning.step()
  expect(scanning.answer({ pid: other }).matched).toBe(0)
  const [row] = scanning.answer({ pid, columns: ['read', 'proportional', 'files', 'unit'] }).rows
  if (row === undefined) throw new Error('no row')
  expect(row).toMatchObject({ files: 2, unit: 'nginx.service', command: row.name })
  for (const absent of ['readBytesPerSecond', 'proportionalBytes', 'user']) expect(row).not.toHaveProperty(absent)
  const host = new SystemFiles(root)
  const { clock } = scanning.recorded
  const platform = openLinuxWatch({ host, ticksPerSecond: TICKS_PER_SECOND, clock })
  const detail = platform.detail(row, new Set(['files', 'memory', 'environment']))
  expect(detail).toMatchObject({ files: { open: 2 }, oomScore: 666, arguments: [] })
  for (const absent of ['limits', 'memory', 'environment']) expect(detail).not.toHaveProperty(absent)
  expect(platform.figures(row)?.gauges).toMatchObject({ process_threads: row.threads })
  platform.close()
  host.close()
})
