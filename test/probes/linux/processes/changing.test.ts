import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { systemClock } from '../../../../src/lib/clock.ts'
import type { ProcessAnswer } from '../../../../src/model/processes.ts'
import { SystemFiles } from '../../../../src/probes/host-files.ts'
import { readFacts } from '../../../../src/probes/linux/facts.ts'
import { ProcessScanner } from '../../../../src/probes/linux/processes/scanner.ts'
import { parseArguments } from '../../../../src/probes/linux/watch/arguments.ts'
import type { Changes } from '../../../fixtures/tree/tree.ts'
import { Children, line, until } from './children.ts'
import { Reading } from './reading.ts'
import { ALL, Scanning } from './scanning.ts'

const onLinux = process.platform === 'linux'

/** A scanner of this machine. */
class Machine implements Disposable {
  readonly scanner: ProcessScanner

  constructor() {
    const files = new SystemFiles()
    const { bootMs = 0, ticksPerSecond = 100 } = readFacts(files)
    files.close()
    this.scanner = new ProcessScanner({ root: '/', ticksPerSecond, bootMs, clock: systemClock })
  }

  async look(filter: string): Promise<ProcessAnswer> {
    this.scanner.query({ ...ALL, filter, rows: 1000 })
    await this.scanner.scan()
    const answer = this.scanner.answer()
    if (answer === undefined) throw new Error('no answer')
    return answer
  }

  [Symbol.dispose](): void {
    this.scanner.close()
  }
}

test.runIf(onLinux)('one that executes another program of the same name is known by its new arguments', async () => {
  await using children = new Children()
  const child = await children.start('sh', ['-c', 'read line; exec sh -c "read line; exit" second'])
  const pid = child.pid as number
  using reading = new Reading()
  await until(() => readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('sh\0'))
  reading.scan(pid)
  expect(reading.row(pid).command).toContain('exec sh -c')
  child.stdin?.write('\n')
  await until(() => readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('sh\0-c\0read line; exit\0'))
  // The name tells nothing, so it is asked anew in its turn.
  for (let scan = 0; scan < 30; scan++) reading.scan(pid)
  expect(reading.view.complete(reading.process(pid), ['command'])).toBe(false)
  expect(reading.row(pid, 'command').command).toBe('sh -c read line; exit second')
})

test.runIf(onLinux)('one caught between fork and exec is asked anew as soon as it runs its own program', () => {
  const root = mkdtempSync(join(tmpdir(), 'forked-'))
  const folder = join(root, 'proc/7')
  const write = (flags: number, command: string) => {
    mkdirSync(folder, { recursive: true })
    const tail = '1 0 0 0 7 1 0 0 20 0 1 0 2047 47337472 3816 18446744073709551615 1 1'
    writeFileSync(join(folder, 'stat'), `7 (sh) S 1 7 7 0 -1 ${flags} ${tail}\n`)
    writeFileSync(join(folder, 'cmdline'), command)
  }
  write(0x00400040, 'sh\0parent\0')
  using reading = new Reading(root)
  reading.scan(7)
  expect(reading.row(7).command).toBe('sh parent')
  const file = vi.spyOn(reading.reader, 'file')
  reading.scan(7)
  reading.row(7)
  expect(file).not.toHaveBeenCalled()
  write(0x00400000, 'sh\0child\0')
  reading.scan(7)
  expect(reading.row(7).command).toBe('sh child')
  rmSync(root, { recursive: true })
})

test('a filter finds a title that was written later, by one nobody looks at', async () => {
  using scanning = new Scanning({ processes: 30 })
  const [first, pid] = scanning.pids as [number, number]
  await scanning.scan()
  const find = () => scanning.answer({ filter: 'command:"idle in transaction"', rows: 5 }).rows.map((row) => row.pid)
  expect(find()).toEqual([])
  const title = (of: number) =>
    writeFileSync(`${scanning.recorded.tree.root}/proc/${of}/cmdline`, 'postgres: idle in transaction\0')
  title(pid)
  title(first)
  for (let scan = 0; scan < 30; scan++) await scanning.step()
  expect(find().sort()).toEqual([first, pid].sort())
})

test('of a young process what was read at first sight is read once more, of an old one it is not', async () => {
  using scanning = new Scanning({ processes: 10, kernelThreads: 0 })
  await scanning.scan()
  const [pid] = scanning.recorded.advance(2, { start: [{ comm: 'sshd', uid: 0 }] }) as [number]
  const user = async () => {
    await scanning.scan()
    return scanning.answer({ sort: 'user', pid }).rows[0]?.user
  }
  expect(await user()).toBe('root')
  const status = `${scanning.recorded.tree.root}/proc/${pid}/status`
  writeFileSync(status, readFileSync(status, 'latin1').replaceAll('\t0', '\t1000'))
  scanning.recorded.advance(2)
  expect(await user()).toBe('alice')
})

test.runIf(onLinux)('a renamed one has its new name in the next scan', async () => {
  await using children = new Children()
  const child = await children.start('sh', [
    '-c',
    'echo ready; while read name; do printf %s "$name" > /proc/$$/comm; echo done; done',
  ])
  await line(child)
  using reading = new Reading()
  const pid = child.pid as number
  reading.scan(pid)
  expect(reading.row(pid).name).toBe('sh')
  child.stdin?.write('other) (R 5 name that is too long\n')
  await line(child)
  reading.scan(pid)
  expect(reading.row(pid)).toMatchObject({ name: 'other) (R 5 nam', ppid: process.pid })
})

test.runIf(onLinux)('names and arguments with newlines, escapes, bytes that are no text, and none', async () => {
  await using children = new Children()
  const folder = mkdtempSync(join(tmpdir(), 'names-'))
  const sleep = execFileSync('sh', ['-c', 'command -v sleep'], { encoding: 'utf8' }).trim()
  using reading = new Reading()
  const names = [
    [Buffer.from('\x1b[2J\x1b]0;x'), '[2J]0;x'],
    [Buffer.from('two\nlines\t)'), 'two lines )'],
    [Buffer.from([0xff, 0xfe, 0x41, 0xc3]), '\ufffd\ufffdA\ufffd'],
    [Buffer.from('\x01\x02'), '?'],
  ] as const
  for (const [bytes, shown] of names) {
    const path = Buffer.concat([Buffer.from(`${folder}/`), bytes])
    copyFileSync(sleep, path)
    // Node passes text only: the shell makes the path of bytes.
    const octal = [...path].map((byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('')
    const child = await children.start('bash', ['-c', `exec "$(printf '%b' "$1")" 60`, 'sh', octal])
    const pid = child.pid as number
    await until(() => !readFileSync(`/proc/${pid}/comm`).equals(Buffer.from('bash\n')))
    reading.scan(pid)
    const row = reading.row(pid)
    expect(row).toMatchObject({ name: shown, ppid: process.pid })
    expect(row.command).not.toMatch(/[\p{Cc}\p{Cs}]/u)
  }
  rmSync(folder, { recursive: true })
  const none = await children.start('bash', ['-c', "exec -a '' sleep 60"])
  const nothing = none.pid as number
  await until(() => readFileSync(`/proc/${nothing}/cmdline`, 'latin1') === '\x0060\0')
  reading.scan(nothing)
  expect(reading.row(nothing)).toMatchObject({ name: 'sleep', command: '60' })
})

test.runIf(onLinux)('a hundred thousand empty arguments cost no more than others', async () => {
  await using children = new Children()
  const many = await children.start('sh', ['-c', 'echo ready; read line', ...Array<string>(100_000).fill(''), 'x'])
  await line(many)
  using reading = new Reading()
  const pid = many.pid as number
  reading.scan(pid)
  const before = process.cpuUsage()
  for (let times = 0; times < 100; times++) {
    reading.scan(pid)
    reading.process(pid).command = undefined
    expect(reading.row(pid).command).toMatch(/^sh -c echo ready; read line/)
  }
  const bytes = readFileSync(`/proc/${pid}/cmdline`)
  expect(parseArguments(bytes)).toHaveLength(32_768)
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(400)
})

test.runIf(onLinux)('five hundred that live for moments only leave nothing behind', async () => {
  using machine = new Machine()
  const mark = `burst-${process.pid}`
  await machine.look(mark)
  const shell = `i=0; while [ $i -lt 500 ]; do sh -c ': ${mark}' & i=$((i+1)); [ $((i % 50)) -eq 0 ] && wait; done; wait`
  const bomb = spawn('sh', ['-c', shell], { stdio: 'ignore' })
  let over = false
  bomb.once('exit', () => {
    over = true
  })
  let seen = 0
  while (!over) {
    const { rows } = await machine.look(mark)
    seen = Math.max(seen, rows.length)
    for (const row of rows) {
      expect(row.cpuRatio ?? 0).toBeGreaterThanOrEqual(0)
      expect(row.name.length).toBeGreaterThan(0)
    }
  }
  expect(seen).toBeGreaterThan(0)
  // Those that ended are shown for five seconds, and counted as such.
  const after = await machine.look(mark)
  expect(after.rows.filter(({ mark: how }) => how !== 'ended')).toEqual([])
  expect(after.ended ?? 0).toBe(after.matched)
})

test.runIf(onLinux)('the scanner finds itself, with the figures of its own process', async () => {
  using machine = new Machine()
  await machine.look(`pid:${process.pid}`)
  const { rows } = await machine.look(`pid:${process.pid}`)
  expect(rows).toHaveLength(1)
  const [row] = rows
  expect(row).toMatchObject({ pid: process.pid, ppid: process.ppid, uid: process.getuid?.() })
  const rss = process.memoryUsage.rss()
  expect(row?.memoryBytes).toBeGreaterThan(rss * 0.7)
  expect(row?.memoryBytes).toBeLessThan(rss * 1.3)
})

test('one that has started and stayed is a newcomer; what was there before or ends at once is none', async () => {
  using scanning = new Scanning({ processes: 8 })
  const newcomers: boolean[] = []
  const step = async (changes?: Changes) => {
    await scanning.step(changes)
    newcomers.push(scanning.scanner.newcomers)
  }
  await scanning.scan()
  await step()
  await step({ start: [{ comm: 'nginx' }] })
  await step()
  await step()
  expect(newcomers).toEqual([false, false, true, false])
  const [short] = scanning.recorded.advance(2, { start: [{ comm: 'cron' }] })
  await scanning.scan()
  await step({ end: [short as number] })
  expect(newcomers.at(-1)).toBe(false)
})
