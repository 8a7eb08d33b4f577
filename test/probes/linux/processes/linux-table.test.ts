import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { parseIo } from '../../../../src/probes/linux/processes/io-file.ts'
import { parseSchedstat } from '../../../../src/probes/linux/processes/schedstat.ts'
import { Children, line, statOf, stop, until } from './children.ts'
import { Reading } from './reading.ts'

const onLinux = process.platform === 'linux'
const isRoot = process.getuid?.() === 0
const NOBODY = 65_534

/** Whether a program does what it is asked here: not all machines permit all. */
function can(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function ps(pid: number, ...columns: string[]): number[] {
  const text = execFileSync('ps', ['-o', columns.map((column) => `${column}=`).join(), '-p', String(pid)], {
    encoding: 'utf8',
  })
  return text.trim().split(/\s+/).map(Number)
}

/** Burns CPU, touches new memory and writes to a file, until it is told to end. */
const BUSY = `
  const { openSync, writeSync, fsyncSync } = require('node:fs')
  const file = openSync(process.argv[1], 'w')
  const work = () => {
    const until = Date.now() + 20
    while (Date.now() < until);
    writeSync(file, Buffer.alloc(64 * 1024, 1))
    fsyncSync(file)
    setImmediate(work)
  }
  console.log('ready')
  work()
`

test.runIf(onLinux && can('ps', '--version'))('what stat says is what ps says', async () => {
  await using children = new Children()
  const child = await children.start('nice', [
    '-n',
    '7',
    process.execPath,
    '-e',
    'console.log(1); setInterval(() => {}, 1000)',
  ])
  await line(child)
  const pid = child.pid as number
  await stop(pid)
  using reading = new Reading()
  reading.scan(pid)
  const row = reading.row(pid)
  const [rss, threads, priority, nice, seconds] = ps(pid, 'rss', 'nlwp', 'priority', 'ni', 'cputimes')
  expect(row).toMatchObject({ threads, priority, nice: 7, state: 'T' })
  // The kernel's counters of pages are a little behind on each core; ps asks for the exact ones, which cost more.
  expect(row.memoryBytes).toBeGreaterThan((rss as number) * 1024 * 0.95)
  expect(row.memoryBytes).toBeLessThan((rss as number) * 1024 * 1.05)
  expect(nice).toBe(7)
  expect(Math.floor(row.cpuSeconds)).toBe(seconds)
  expect((row.userSeconds ?? Number.NaN) + (row.systemSeconds ?? Number.NaN)).toBeCloseTo(row.cpuSeconds)
  for (const absent of ['cpuRatio', 'cpuUserRatio', 'faultsPerSecond', 'majorFaultsPerSecond', 'readBytesPerSecond']) {
    expect(row).not.toHaveProperty(absent)
  }
})

test.runIf(onLinux)('rates are the difference of two readings over the time between', async () => {
  await using children = new Children()
  const folder = mkdtempSync(join(tmpdir(), 'busy-'))
  const child = await children.start(process.execPath, ['-e', BUSY, join(folder, 'file')])
  await line(child)
  const pid = child.pid as number
  const read = () => {
    const stat = statOf(`/proc/${pid}`).map(Number)
    const waited = readdirSync(`/proc/${pid}/task`).reduce(
      (sum, id) => sum + (parseSchedstat(readFileSync(`/proc/${pid}/task/${id}/schedstat`))?.waited ?? Number.NaN),
      0,
    )
    const written = parseIo(readFileSync(`/proc/${pid}/io`))?.written ?? Number.NaN
    const [minor, major, user, system] = [7, 9, 11, 12].map((index) => stat[index] ?? Number.NaN)
    return { minor, major, user, system, waited, written } as Record<string, number>
  }
  using reading = new Reading()
  await stop(pid)
  reading.scan(pid)
  const first = reading.row(pid, 'read', 'write', 'wait_cpu')
  expect(first).not.toHaveProperty('writeBytesPerSecond')
  expect(first).not.toHaveProperty('waitCpuRatio')
  const before = read()
  process.kill(pid, 'SIGCONT')
  await until(
    () =>
      (read().user as number) > (before.user as number) + 10 && (read().written as number) > (before.written as number),
  )
  await stop(pid)
  reading.scan(pid)
  const row = reading.row(pid, 'read', 'write', 'wait_cpu')
  const after = read()
  const since = (key: string) => ((after[key] as number) - (before[key] as number)) / 2
  expect(row.cpuUserRatio).toBeCloseTo(since('user') / 100)
  expect(row.cpuSystemRatio).toBeCloseTo(since('system') / 100)
  expect(row.cpuRatio).toBeCloseTo((since('user') + since('system')) / 100)
  expect(row.faultsPerSecond).toBeCloseTo(since('minor'))
  expect(row.majorFaultsPerSecond).toBeCloseTo(since('major'))
  expect(row.writeBytesPerSecond).toBe(since('written'))
  expect(row.writeBytesPerSecond).toBeGreaterThan(0)
  expect(row.waitCpuRatio).toBeCloseTo(since('waited') / 1e9, 6)
  rmSync(folder, { recursive: true })
})

test.runIf(onLinux && can('dd', '--version'))(
  'what a child wrote is not what its parent writes when it ends',
  async () => {
    await using children = new Children()
    const folder = mkdtempSync(join(tmpdir(), 'child-'))
    const dd = `dd if=/dev/zero of="$1/file" bs=1M count=8 conv=fsync 2>/dev/null`
    const shell = await children.start('sh', ['-c', `echo ready; read go; ${dd}; echo done; read go`, 'sh', folder])
    await line(shell)
    // With more than one thread the kernel tells no bytes of its own alone.
    const spawner = `
    const { spawnSync } = require('node:child_process')
    process.stdin.once('data', () => {
      spawnSync('sh', ['-c', ${JSON.stringify(dd.replace('$1', folder))}])
      console.log('done')
    })
    console.log('ready')`
    const { pid, child } = await children.node(spawner)
    using reading = new Reading()
    const rates = () => [shell.pid as number, pid].map((each) => reading.row(each, 'write').writeBytesPerSecond)
    reading.scan(shell.pid as number, pid)
    rates()
    for (const parent of [shell, child]) {
      parent.stdin?.write('\n')
      await line(parent)
    }
    reading.scan(shell.pid as number, pid)
    expect(rates()).toEqual([0, undefined])
    reading.scan(shell.pid as number, pid)
    expect(rates()).toEqual([0, 0])
    rmSync(folder, { recursive: true })
  },
)

test.runIf(onLinux)('memory that is shared, and a share of it', async () => {
  await using children = new Children()
  const { pid } = await children.node('console.log(1); setInterval(() => {}, 1000)')
  await stop(pid)
  using reading = new Reading()
  reading.scan(pid)
  const row = reading.row(pid, 'shared', 'proportional', 'swap')
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1')
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  const kib = (text: string, name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]) * 1024
  const shared = kib(status, 'RssFile') + kib(status, 'RssShmem')
  expect(row.sharedBytes).toBeGreaterThan(shared * 0.95)
  expect(row.sharedBytes).toBeLessThan(shared * 1.05)
  // Whoever starts or ends another Node meanwhile moves the share of each.
  expect(row.proportionalBytes).toBeGreaterThan(kib(rollup, 'Pss') * 0.8)
  expect(row.proportionalBytes).toBeLessThan(kib(rollup, 'Pss') * 1.2)
  expect(row.swapBytes).toBe(kib(rollup, 'Swap'))
  reading.scan(pid)
  expect(reading.row(pid, 'swap').swapBytes).toBe(kib(status, 'VmSwap'))
})

test.runIf(onLinux)('the group is that of the file, and it is read once', async () => {
  using reading = new Reading()
  reading.scan(process.pid)
  const row = reading.row(process.pid, 'cgroup', 'unit', 'container')
  expect(readFileSync('/proc/self/cgroup', 'utf8')).toContain(`:${row.cgroup}\n`)
  reading.scan(process.pid)
  const file = vi.spyOn(reading.reader, 'file')
  expect(reading.row(process.pid, 'cgroup', 'unit').cgroup).toBe(row.cgroup)
  expect(file).not.toHaveBeenCalled()
  for (let scan = 0; scan < 15; scan++) reading.scan(process.pid)
  reading.row(process.pid, 'cgroup')
  expect(file.mock.calls.filter(([, name]) => name === 'cgroup')).toHaveLength(1)
})

test.runIf(onLinux)('a file is read once a scan, however often it is asked for', () => {
  using reading = new Reading()
  reading.scan(process.pid)
  const file = vi.spyOn(reading.reader, 'file')
  for (let again = 0; again < 3; again++) reading.row(process.pid, 'read', 'write', 'proportional', 'swap')
  expect(file.mock.calls.map(([, name]) => name).filter((name) => name !== 'status' && name !== 'cmdline')).toEqual([
    'io',
    'smaps_rollup',
  ])
})

test.runIf(onLinux)('what was not read for long is not known, and its counters are no basis of a rate', () => {
  using reading = new Reading()
  reading.scan(process.pid)
  reading.row(process.pid, 'write')
  reading.scan(process.pid)
  expect(reading.row(process.pid, 'write').writeBytesPerSecond).toBeGreaterThanOrEqual(0)
  for (let scan = 0; scan < 15; scan++) reading.scan(process.pid)
  expect(reading.row(process.pid)).not.toHaveProperty('writeBytesPerSecond')
  expect(reading.row(process.pid, 'write')).not.toHaveProperty('writeBytesPerSecond')
})

test.runIf(onLinux)('open files are counted at once, as many as may be opened here', async () => {
  await using children = new Children()
  // What is permitted differs; a few are needed by the program itself.
  const open = `for (; n < 100000; n++) require('node:fs').openSync('/dev/null')`
  const program = `let n = 0; try { ${open} } catch { require('node:fs').closeSync(30); require('node:fs').closeSync(31) }; console.log(n); setInterval(() => {}, 1000)`
  const raised = 'ulimit -n 100100 2>/dev/null || ulimit -n "$(ulimit -H -n)"; exec "$0" -e "$1"'
  const child = await children.start('sh', ['-c', raised, process.execPath, program])
  expect(Number(await line(child))).toBeGreaterThan(500)
  const pid = child.pid as number
  using reading = new Reading()
  reading.scan(pid)
  const began = performance.now()
  const { files } = reading.row(pid, 'files')
  expect(performance.now() - began).toBeLessThan(500)
  expect(files).toBe(readdirSync(`/proc/${pid}/fd`).length)
})

test('where the folder does not tell its size, a hundred thousand files are counted', () => {
  const root = mkdtempSync(join(tmpdir(), 'files-'))
  const folder = join(root, 'proc/7/fd')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(root, 'proc/7/stat'), stat(7))
  for (let number = 0; number < 100_000; number++) symlinkSync('/dev/null', join(folder, String(number)))
  using reading = new Reading(root)
  reading.scan(7)
  const began = performance.now()
  expect(reading.row(7, 'files').files).toBe(100_000)
  expect(performance.now() - began).toBeLessThan(1000)
  rmSync(root, { recursive: true })
})

test.runIf(onLinux && isRoot && process.seteuid !== undefined)(
  'what belongs to others stays unknown, and is asked for again later',
  async () => {
    await using children = new Children()
    const child = await children.start('sleep', ['60'])
    const pid = child.pid as number
    using reading = new Reading()
    process.seteuid?.(NOBODY)
    try {
      reading.scan(pid)
      const row = reading.row(pid, 'read', 'proportional', 'swap', 'shared', 'files', 'cgroup', 'command', 'user')
      expect(row).toMatchObject({ user: 'root', uid: 0, name: 'sleep', command: 'sleep 60', swapBytes: 0 })
      expect(row.sharedBytes).toBeGreaterThan(0)
      for (const absent of ['readBytesPerSecond', 'writeBytesPerSecond', 'proportionalBytes']) {
        expect(row).not.toHaveProperty(absent)
      }
      const file = vi.spyOn(reading.reader, 'file')
      reading.scan(pid)
      reading.row(pid, 'read', 'proportional')
      expect(file).not.toHaveBeenCalled()
      for (let scan = 0; scan < 15; scan++) reading.scan(pid)
      reading.row(pid, 'read')
      expect(file).toHaveBeenCalledWith(pid, 'io')
    } finally {
      process.seteuid?.(0)
    }
  },
)

test.runIf(!isRoot)('a file that may not be read leaves the others', () => {
  const root = mkdtempSync(join(tmpdir(), 'refused-'))
  mkdirSync(join(root, 'proc/7'), { recursive: true })
  writeFileSync(join(root, 'proc/7/stat'), stat(7))
  writeFileSync(join(root, 'proc/7/statm'), '1 2 3 4 5 6 7\n')
  writeFileSync(join(root, 'proc/7/io'), 'read_bytes: 1\nwrite_bytes: 1\n')
  chmodSync(join(root, 'proc/7/io'), 0)
  using reading = new Reading(root)
  reading.scan(7)
  reading.row(7, 'read', 'shared')
  reading.scan(7)
  expect(reading.row(7, 'read', 'shared').sharedBytes).toBe(3 * 4096)
  expect(reading.row(7)).not.toHaveProperty('readBytesPerSecond')
  rmSync(root, { recursive: true })
})

test.runIf(onLinux)('a zombie is a name and a state', async () => {
  await using children = new Children()
  // The shell becomes a sleep that never asks what became of its child.
  const child = await children.start('sh', ['-c', 'sh -c "exit 3" & exec sleep 60'])
  const parent = child.pid as number
  const zombie = () =>
    readFileSync(`/proc/${parent}/task/${parent}/children`, 'latin1')
      .trim()
      .split(' ')
      .map(Number)
      .find((pid) => pid > 0)
  await until(() => {
    const pid = zombie()
    return pid !== undefined && statOf(`/proc/${pid}`)[0] === 'Z'
  })
  const pid = zombie() as number
  using reading = new Reading()
  reading.scan(pid)
  const row = reading.row(pid, 'proportional', 'swap', 'files', 'cgroup', 'read', 'wait_cpu', 'shared')
  expect(row).toMatchObject({ pid, ppid: parent, state: 'Z', name: 'sh', command: 'sh', memoryBytes: 0 })
  expect(row).not.toHaveProperty('proportionalBytes')
  expect(row).not.toHaveProperty('swapBytes')
})

test.runIf(onLinux && can('unshare', '-pf', 'true'))(
  'a process in another pid namespace is known by the pid it has here',
  async () => {
    await using children = new Children()
    const child = await children.start('unshare', ['-pf', '--kill-child', 'sleep', '60'])
    const outside = child.pid as number
    const inside = () => Number(readFileSync(`/proc/${outside}/task/${outside}/children`, 'latin1'))
    await until(() => inside() > 0 && readFileSync(`/proc/${inside()}/comm`, 'latin1') === 'sleep\n')
    const pid = inside()
    expect(readFileSync(`/proc/${pid}/status`, 'latin1')).toMatch(/^NSpid:\t\d+\t1$/m)
    using reading = new Reading()
    reading.scan(pid)
    const row = reading.row(pid, 'files', 'shared', 'cgroup')
    expect(row).toMatchObject({ pid, ppid: outside, name: 'sleep', command: 'sleep 60' })
    expect(row.files).toBe(readdirSync(`/proc/${pid}/fd`).length)
  },
)

test.runIf(onLinux)('one that ends while it is read is what is known of it, until the next scan', async () => {
  await using children = new Children()
  const child = await children.start('sleep', ['60'])
  const pid = child.pid as number
  using reading = new Reading()
  reading.scan(pid)
  await children.end(child)
  const row = reading.row(pid, 'read', 'proportional', 'swap', 'shared', 'files', 'wait_cpu', 'cgroup', 'user')
  expect(row).toMatchObject({ pid, name: 'sleep', command: 'sleep' })
  for (const absent of ['user', 'sharedBytes', 'files', 'cgroup', 'mark']) expect(row).not.toHaveProperty(absent)
  const entry = reading.process(pid)
  expect(reading.view.threads(entry)).toEqual([])
  reading.scan(pid)
  expect(entry.mark).toBe('ended')
  expect(reading.view.row(entry)).toMatchObject({ mark: 'ended', cpuRatio: 0, memoryBytes: row.memoryBytes })
  reading.scan(pid)
  reading.scan(pid)
  expect(reading.view.entries).toContain(entry)
  reading.scan(pid)
  expect(reading.view.entries).toEqual([])
})

test.runIf(onLinux)('nothing is read of one that ended: another may have its pid', async () => {
  await using children = new Children()
  const child = await children.start('sleep', ['60'])
  const pid = child.pid as number
  using reading = new Reading()
  reading.scan(pid)
  const entry = reading.process(pid)
  await children.end(child)
  reading.scan(pid)
  const file = vi.spyOn(reading.reader, 'file')
  const fields = ['user', 'command', 'read', 'files', 'proportional'] as const
  reading.view.read(entry, fields)
  expect(reading.view.complete(entry, fields)).toBe(true)
  expect(reading.view.row(entry).command).toBe('sleep')
  expect(file).not.toHaveBeenCalled()
})

test.runIf(onLinux && isRoot && can('test', '-w', '/proc/sys/kernel/ns_last_pid'))(
  'a pid that is used again between two scans is another process',
  async () => {
    await using children = new Children()
    using reading = new Reading()
    const first = await children.start('sleep', ['61'])
    const pid = first.pid as number
    reading.scan(pid)
    const before = reading.row(pid, 'command', 'files', 'read')
    const entry = reading.process(pid)
    await children.end(first)
    // Two that start in the same hundredth of a second with the same pid cannot be told apart.
    await until(() => Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0]) * 100 > before.startTicks + 2)
    let second = -1
    // Others start programs, too: the pid may go to one of theirs, and comes round again.
    for (let attempt = 0; attempt < 200 && second !== pid; attempt++) {
      writeFileSync('/proc/sys/kernel/ns_last_pid', String(pid - 1))
      second = (await children.start('sleep', ['62'])).pid as number
    }
    expect(second).toBe(pid)
    reading.scan(pid)
    const after = reading.row(pid, 'command', 'read')
    expect(after.command).toBe('sleep 62')
    expect(after.startTicks).toBeGreaterThan(before.startTicks)
    expect(after).not.toHaveProperty('readBytesPerSecond')
    expect(entry.mark).toBe('ended')
    expect(reading.view.entries).toHaveLength(2)
  },
)

test.runIf(onLinux)('a command line of a hundred kilobytes is cut, not refused', async () => {
  await using children = new Children()
  const child = await children.start('sh', ['-c', 'echo ready; read line', 'x'.repeat(50_000), 'y'.repeat(50_000)])
  await line(child)
  using reading = new Reading()
  reading.scan(child.pid as number)
  const { command } = reading.row(child.pid as number)
  expect(command).toMatch(/^sh -c echo ready; read line x+$/)
  expect(command.length).toBe(4096)
})

test.runIf(onLinux)('a name with brackets and spaces is a name', async () => {
  await using children = new Children()
  const folder = mkdtempSync(join(tmpdir(), 'name-'))
  const path = join(folder, 'a) (R 1')
  copyFileSync(execFileSync('sh', ['-c', 'command -v sleep'], { encoding: 'utf8' }).trim(), path)
  const child = await children.start(path, ['60'])
  using reading = new Reading()
  reading.scan(child.pid as number)
  expect(reading.row(child.pid as number)).toMatchObject({
    name: 'a) (R 1',
    ppid: process.pid,
    command: `${path} 60`,
  })
  rmSync(folder, { recursive: true })
})

test.runIf(onLinux)('whose file is read stands in shared memory, whatever the file', () => {
  const marker = new Int32Array(new SharedArrayBuffer(4))
  using reading = new Reading('', marker)
  reading.scan(process.pid)
  const entry = reading.process(process.pid)
  const store = vi.spyOn(Atomics, 'store')
  const marks = () => store.mock.calls.splice(0).map(([, , pid]) => Number(pid))
  for (const field of ['user', 'command', 'shared', 'proportional', 'read', 'wait_cpu', 'files', 'cgroup'] as const) {
    reading.view.read(entry, [field])
    const seen = marks()
    expect(seen.slice(0, 2), field).toEqual([process.pid, 0])
    expect(seen.length % 2).toBe(0)
  }
  reading.view.threads(entry)
  expect(new Set(marks())).toEqual(new Set([process.pid, 0]))
  store.mockRestore()
  expect(marker[0]).toBe(0)
})

test('waiting for disks is known only where the kernel keeps it', () => {
  const root = mkdtempSync(join(tmpdir(), 'delays-'))
  mkdirSync(join(root, 'proc/7'), { recursive: true })
  const waits = (delays: 'none' | 'later' | 'all', before: number, after: number) => {
    using reading = new Reading(root)
    reading.context.delays = delays
    for (const ticks of [before, after]) {
      writeFileSync(join(root, 'proc/7/stat'), stat(7, ticks))
      reading.scan(7)
    }
    return reading.row(7).waitIoRatio
  }
  expect(waits('all', 100, 150)).toBe(0.25)
  expect(waits('all', 0, 0)).toBe(0)
  expect(waits('later', 100, 150)).toBe(0.25)
  expect(waits('later', 0, 0)).toBeUndefined()
  expect(waits('none', 100, 150)).toBeUndefined()
  rmSync(root, { recursive: true })
})

function stat(pid: number, delayTicks = 0): string {
  return `${pid} (x) S 1 7 7 0 -1 4194560 1 0 0 0 7 1 0 0 20 0 1 0 2047 47337472 3816 18446744073709551615 1 1 0 0 0 0 0 4096 1256 0 0 0 17 1 0 0 ${delayTicks} 0 0 0 0 0 0 0 0 0 0\n`
}
