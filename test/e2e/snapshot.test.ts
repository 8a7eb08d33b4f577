import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { burn, sleeper, until } from './helpers.ts'
import { PROBE_ARGS } from './probes.ts'
import { PROGRAM } from './terminal.ts'
import { endsUnread } from './unread.ts'

function snapshot(...args: string[]) {
  return spawnSync(process.execPath, [PROGRAM, ...PROBE_ARGS, '--no-discover', 'snapshot', ...args], {
    encoding: 'utf8',
    maxBuffer: 1e8,
    env: { ...process.env, CI: undefined },
  })
}

test('--filter, --sort and --top choose the processes', () => {
  const name = `snap-${process.pid}`
  using first = sleeper(name)
  using second = sleeper(name)
  const found = JSON.parse(snapshot('--format', 'json', '--filter', name, '--sort', 'pid').stdout)
  const pids = [first.pid, second.pid].sort((a, b) => Number(a) - Number(b))
  expect(found.processes.map((row: { pid: number }) => row.pid)).toEqual(pids)
  expect(JSON.parse(snapshot('--format', 'json', '--top', '3').stdout).processes).toHaveLength(3)
  expect(JSON.parse(snapshot('--format', 'json', '--top', '0').stdout).processes).toEqual([])
})

test.skipIf(PROBE_ARGS.length > 0)('what takes two readings is known of one snapshot', () => {
  for (const [column, key] of [
    ['write', 'write_bytes_per_second'],
    ['wait_cpu', 'wait_cpu_ratio'],
    ['cpu_user', 'cpu_user_ratio'],
    ['time_system', 'system_seconds'],
  ] as const) {
    const { processes } = JSON.parse(snapshot('--format', 'json', '--sort', column).stdout)
    const told = processes
      .map((row: Record<string, number>) => row[key])
      .filter((value?: number) => value !== undefined)
    expect(told.length, column).toBeGreaterThan(0)
    expect(told).toEqual([...told].sort((a, b) => b - a))
  }
})

test('names are what a reader of RFC 4180 and of JSON gets, whatever is in them', () => {
  const name = `odd-${process.pid} "q", \u001b[31m 🐱 =1+1`
  using child = sleeper(`${name}\nline`)
  const { command } = JSON.parse(snapshot('--format', 'json', '--filter', `pid:${child.pid}`).stdout).processes[0]
  // Portable probes get it from ps(1), which replaces what is no ASCII.
  expect(command).toContain(`odd-${process.pid} "q", `)
  expect(command).not.toMatch(/[\u0000-\u001f]/)
  const [heading = '', line = ''] = snapshot('--format', 'csv', '--filter', `pid:${child.pid}`).stdout.split('\r\n')
  const fields = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, field = '']) =>
    field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field,
  )
  expect(fields[heading.split(',').indexOf('command')]).toBe(command)
})

test('csv has a heading and a line a process', () => {
  const name = `csv-${process.pid}`
  using child = sleeper(name)
  const { stdout } = snapshot('--format', 'csv', '--filter', name)
  const [heading = '', line = '', rest] = stdout.split('\r\n')
  const cells = line.split(',')
  expect(cells[heading.split(',').indexOf('pid')]).toBe(String(child.pid))
  expect(cells[heading.split(',').indexOf('command')]).toBe(`${name} 600`)
  expect(rest).toBe('')
})

test('what is sorted by is read: who holds most open files comes first', () => {
  const { processes } = JSON.parse(snapshot('--format', 'json', '--sort', 'files', '--top', '5').stdout)
  const files = processes.map((row: { files?: number }) => row.files)
  // A platform that cannot tell gives none; what is told stands in order.
  const told = files.filter((count: number | undefined) => count !== undefined)
  expect(told).toEqual([...told].sort((a, b) => b - a))
  if (PROBE_ARGS.length === 0) expect(told).toHaveLength(5)
})

test('--watch goes on, a line of json an interval, and ends by a signal with its verdict', async () => {
  const name = `watch-${process.pid}`
  using burner = burn(name)
  const child = spawn(
    process.execPath,
    [PROGRAM, ...PROBE_ARGS, '--no-discover', '--interval', '500ms', 'snapshot', '--watch', '--filter', name],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const lines: { t: number; processes: { pid: number; cpu_ratio: number | null }[] }[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)))
  const ended = new Promise((resolve) => child.on('exit', resolve))
  try {
    await until(
      'a busy process is told',
      () => lines.some(({ processes }) => (processes[0]?.cpu_ratio ?? 0) > 0.2),
      20_000,
    )
    await until('four lines', () => lines.length >= 4, 20_000)
  } finally {
    child.kill('SIGTERM')
  }
  expect([0, 1, 2, 3]).toContain(await ended)
  expect(lines.every(({ processes }) => processes.every(({ pid }) => pid === burner.pid))).toBe(true)
  const times = lines.map(({ t }) => t)
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
})

test('--watch ends quietly when its reader leaves', () => {
  const script = 'set -o pipefail; "$0" "$@" | head -n 2 >/dev/null'
  const args = [PROGRAM, ...PROBE_ARGS, '--no-discover', '--interval', '300ms', 'snapshot', '--watch', '--top', '1']
  const { status, stderr } = spawnSync('bash', ['-c', script, process.execPath, ...args], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect([0, 1, 2, 3]).toContain(status)
})

test('--watch ends by a signal though its reader has stopped reading', async () => {
  const args = [PROGRAM, ...PROBE_ARGS, '--no-discover', '--interval', '200ms', 'snapshot', '--watch']
  expect(await endsUnread(args, 'SIGTERM')).toBeLessThan(2000)
})

test('--watch that was ended before its first frame is no verdict', async () => {
  const child = spawn(
    process.execPath,
    [PROGRAM, ...PROBE_ARGS, '--no-discover', '--interval', '1h', 'snapshot', '--watch'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let output = ''
  child.stdout.on('data', (bytes) => {
    output += bytes
  })
  // Of the three signals it ends by SIGHUP is the last one it listens for, and one that Node does not listen for itself.
  await until('it listens for signals', () => {
    const caught = /^SigCgt:\s*(\w+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'latin1'))?.[1] ?? '0'
    return BigInt(`0x${caught}`) % 2n === 1n
  })
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  expect([code, output]).toEqual([3, ''])
})

test('mistakes end with 3 and say what to write', () => {
  const wrong = (...args: string[]) => {
    const { status, stderr, stdout } = snapshot(...args)
    expect([status, stdout]).toEqual([3, ''])
    return stderr
  }
  expect(wrong('--sort', 'speed')).toContain('--sort: expected one of')
  expect(wrong('--top', 'many')).toContain('--top: expected a number')
  expect(wrong('--filter', 'cpu>')).toContain('--filter: expected a percentage such as 20%, at character 5 of "cpu>"')
  expect(wrong('--format', 'xml')).toContain('--format: expected one of table, json, csv')
})
