import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { lineFileName, logFolder } from '../../src/log/files.ts'
import { endsBy, until } from './helpers.ts'
import { start } from './run-check.ts'
import { KEY, open, PROGRAM } from './terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'healthtop-forecast-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

function forecast(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, '--no-discover', 'forecast', ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 1e8,
    env: { ...process.env, CI: undefined, TZ: 'UTC', XDG_CONFIG_HOME: folder, XDG_STATE_HOME: folder },
  })
  return { status, stdout, stderr }
}

/** A minute a line, rising by one. */
const line = (minute: number) => `${1_700_000_000 + minute * 60},${100 + minute}`
const rising = file(
  'rising.csv',
  `time,value\n${Array.from({ length: 120 }, (_, minute) => line(minute)).join('\n')}\n`,
)

test('a file is forecast: its horizons, and the time to a limit', () => {
  const { status, stdout, stderr } = forecast(['--file', rising, '--horizon', '30m', '--threshold', '300'])
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(
    /^rising\.csv {2}219 now, 120 samples in 1 h 59 m\n\n *AHEAD +CLOCK +EXPECTED +80 % BAND +95 % BAND\n/,
  )
  expect(stdout).toMatch(/^30 min {2}/m)
  // 81 minutes at one a minute.
  const [, hours, minutes] = /^300 in (\d) h (\d\d) m \(.+\), at \d\d:\d\d$/m.exec(stdout) ?? []
  expect(Math.abs(Number(hours) * 60 + Number(minutes) - 81)).toBeLessThan(15)
})

test('a file is plotted, as wide as a pipe is', () => {
  const { status, stdout } = forecast(['--file', rising, '--plot', '--threshold', '300'])
  expect(status).toBe(0)
  const lines = stdout.trimEnd().split('\n')
  expect(Math.max(...lines.map((one) => one.length))).toBe(80)
  // A limit that lies further than the plot would go makes it go further.
  expect(stdout).toContain('◆')
  expect(stdout).not.toContain('\x1b')
  expect(forecast(['--file', rising, '--plot', '--ascii']).stdout).toMatch(/^[\x0a\x20-\x7e]*$/)
})

test('a file may come through a pipe, in any order, and be told as JSON', () => {
  const lines = Array.from({ length: 60 }, (_, minute) => line(minute).replace(',', ';')).reverse()
  const { status, stdout, stderr } = forecast(
    ['--file', '-', '--format', 'json', '--horizon', '5m'],
    lines.join('\r\n'),
  )
  expect([status, stderr]).toEqual([0, ''])
  const { v, t, horizon_s, series, forecasts } = JSON.parse(stdout)
  expect({ v, t, horizon_s, forecasts }).toEqual({
    v: 1,
    t: (1_700_000_000 + 59 * 60) * 1000,
    horizon_s: 300,
    forecasts: [],
  })
  expect(series).toHaveLength(1)
  expect(series[0]).toMatchObject({ series: 'stdin', unit: null, value: 159, step_s: 60 })
  expect(series[0].mean).toHaveLength(5)
})

test('every bad line of a file is told, and nothing else', () => {
  const bad = file('bad.csv', 'time,value\n1700000000,1\n1700000060,abc\nnever,2\n')
  expect(forecast(['--file', bad])).toEqual({
    status: 3,
    stdout: '',
    stderr: `healthtop: ${bad}:3: expected a number, got "abc"\n${bad}:4: expected a time (Unix or ISO 8601), got "never"\n`,
  })
})

test('a file that cannot be read says why, in a sentence', () => {
  const said = (...args: string[]) => {
    const { status, stdout, stderr } = forecast(args)
    expect([status, stdout]).toEqual([3, ''])
    return stderr
  }
  expect(said('--file', join(folder, 'none.csv'))).toMatch(/none\.csv: there is no such file\n$/)
  expect(said('--file', folder)).toMatch(/: it is a folder\n$/)
  expect(said('--file', file('empty.csv', 'time,value\n'))).toMatch(/: there is no line of time and value in it\n$/)
  expect(said('--file', file('one.csv', '1,2\n1,3\n'))).toMatch(/: all samples are of one moment/)
  expect(said('--file', rising, '--horizon', '3000d')).toMatch(/--horizon: expected at most 10\.0 k steps of 1 min/)
  expect(said('--file', rising, '--threshold', 'full')).toMatch(
    /--threshold: expected a number such as 250, got "full"/,
  )
})

test('--stdin answers each line, names a bad one, and says so with its code', () => {
  const values = Array.from({ length: 100 }, (_, index) => 50 + (index % 5))
  const asked = { freq_s: 60, period: 1, horizon: 3, levels: [80, 95], values }
  const lines = [
    JSON.stringify({ id: 'a', ...asked }),
    '{"id":"b"',
    JSON.stringify({ id: 'c', ...asked, values: [1, 2, null] }),
    JSON.stringify({ id: 'd', ...asked }),
  ]
  const { status, stdout, stderr } = forecast(['--stdin'], `${lines.join('\n')}\n`)
  expect(status).toBe(3)
  expect(stderr).toBe('healthtop: line 2: expected a JSON object, got "{"id":"b""\n')
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((answer) => JSON.parse(answer))
  expect(answers.map(({ id }) => id)).toEqual(['a', 'c', 'd'])
  expect(answers[1]).toEqual({ id: 'c', error: 'too few samples: 2 of 30' })
  for (const key of ['mean', 'lo80', 'hi80', 'lo95', 'hi95']) expect(answers[0][key]).toHaveLength(3)
})

test('--stdin ends quietly when its reader leaves', () => {
  const values = Array.from({ length: 100 }, (_, index) => index % 5)
  const asked = Array.from({ length: 2000 }, (_, id) => JSON.stringify({ id, freq_s: 1, horizon: 50, values }))
  const input = file('asked.jsonl', asked.join('\n'))
  const script = 'set -o pipefail; "$0" "$1" forecast --stdin < "$2" | head -n 1 > /dev/null'
  const { status, stderr } = spawnSync('bash', ['-c', script, process.execPath, PROGRAM, input], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
})

test('this machine is sampled, and a series of it forecast within its bounds', () => {
  const { status, stdout, stderr } = forecast([
    'cpu_used_ratio',
    '--interval',
    '200ms',
    '--for',
    '7s',
    '--horizon',
    '3s',
    '--format',
    'json',
  ])
  expect([status, stderr]).toEqual([0, ''])
  const { horizon_s, series } = JSON.parse(stdout)
  expect(horizon_s).toBe(3)
  expect(series).toHaveLength(1)
  const [{ unit, mean, lo95, lo80, hi80, hi95, step_s }] = series
  expect([unit, step_s]).toEqual(['ratio', 0.2])
  expect(mean.length).toBe(15)
  for (const [step, middle] of mean.entries()) {
    const order = [0, lo95[step], lo80[step], middle, hi80[step], hi95[step], 1]
    expect(order).toEqual([...order].sort((a, b) => a - b))
  }
})

/** A state folder whose log has a line each minute for so many hours until now, of a memory that fills by 1 % an hour. */
function recordedFolder(name: string, hours: number): string {
  const state = join(folder, name)
  mkdirSync(logFolder(state), { recursive: true })
  const nowMs = Date.now()
  for (let ago = hours * 60; ago > 0; ago--) {
    const t = nowMs - ago * 60_000
    const values = { memory_used_ratio: 0.5 - ago / 6000, 'disk_used_ratio{mount="/gone"}': 0.9 }
    const path = join(logFolder(state), lineFileName(t) as string)
    appendFileSync(path, `${JSON.stringify({ v: 1, t, kind: 'metrics', values })}\n`)
  }
  return state
}

test('what the log knows is not sampled first, and it is said how far back that goes', () => {
  const state = recordedFolder('recorded', 5)
  const table = forecast(['memory_used_ratio', '--state-dir', state])
  expect([table.status, table.stderr]).toEqual([0, ''])
  expect(table.stdout).toMatch(/^memory_used_ratio {2}\S+ % now, 30[01] minutes in 5 h/)
  expect(table.stdout).toMatch(/^2 h 30 m +\d\d:\d\d/m)
  expect(table.stdout).toMatch(/\n\nfrom 5 h of log\n$/)
  const all = forecast(['--state-dir', state, '--format', 'json'])
  expect([all.status, all.stderr]).toEqual([0, ''])
  const { source, source_s, series } = JSON.parse(all.stdout)
  expect(source).toBe('log')
  expect(Math.abs(source_s - 5 * 3600)).toBeLessThan(180)
  // Of what the log does not know a look at the machine says nothing.
  expect(series.map(({ series: key }: { series: string }) => key)).toEqual(['memory_used_ratio'])
  expect(series[0].mean.length).toBeGreaterThan(100)
})

test('with --for, and of what a log says too little of, this machine is sampled', () => {
  const state = recordedFolder('short', 0.25)
  for (const args of [
    ['memory_used_ratio', '--for', '1s'],
    ['--for', '1s', '--no-log'],
  ]) {
    const { status, stdout, stderr } = forecast([...args, '--state-dir', state])
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/\n\nsampled for 1 s\n$/)
  }
})

test('a whole machine has its limits and its main series, and says of what it knows too little', () => {
  const { status, stdout, stderr } = forecast(['--for', '3s'])
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^LIMIT +NOW/)
  expect(stdout).toMatch(/^\/ 95 % full /m)
  expect(stdout).toMatch(/^cpu_used_ratio: too few samples: \d of 30$/m)
})

test('what is not there is told before anybody waits', () => {
  expect(forecast(['cpu_usd_ratio'])).toEqual({
    status: 3,
    stdout: '',
    stderr: 'healthtop: there is no series "cpu_usd_ratio"; did you mean cpu_used_ratio?\n',
  })
  expect(forecast(['load_1m', 'load_5m']).stderr).toMatch(
    /^healthtop: forecast: expected one series, got "load_5m" too/,
  )
  const nowhere = forecast(['disk_used_ratio{mount=/nowhere}', '--for', '2s'])
  expect([nowhere.status, nowhere.stdout]).toEqual([3, ''])
  expect(nowhere.stderr).toMatch(/^healthtop: there is no disk_used_ratio with mount="\/nowhere"/)
})

test('a signal ends the sampling at once, and nothing is printed', async () => {
  const { child, ended } = start(['--no-discover', 'forecast', '--for', '10m'])
  // Of the three signals it ends by SIGHUP is the last one it listens for, and one that Node does not listen for itself.
  const caught = () => /^SigCgt:\s*(\w+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'latin1'))?.[1] ?? '0'
  await until('it listens for signals', () => BigInt(`0x${caught()}`) % 2n === 1n, 20_000)
  expect(await endsBy(child.pid ?? 0, 'SIGTERM')).toBeLessThan(5000)
  expect(await ended).toMatchObject({ status: 143, stdout: '', stderr: '' })
})

test('a terminal has a bar of how long it takes, and is left clean by Ctrl-C', async () => {
  await using terminal = open({ columns: 80, rows: 24, args: ['forecast', 'cpu_used_ratio', '--plot', '--for', '10m'] })
  await terminal.shows(/^sampling this host {2}[━─]{30} {2}\d+ of 600 s$/m, 20_000)
  terminal.type(KEY.ctrlC)
  expect((await terminal.ended).exitCode).toBe(130)
  expect(terminal.text()).not.toContain('sampling')
})

test('a plot is in colour on a terminal, unless somebody wants none', async () => {
  for (const [env, coloured] of [
    [{}, true],
    [{ NO_COLOR: '1' }, false],
  ] as const) {
    await using terminal = open({ columns: 70, rows: 24, args: ['forecast', '--file', rising, '--plot'], env })
    await terminal.shows('95 % band', 20_000)
    expect((await terminal.ended).exitCode).toBe(0)
    expect(terminal.raw.includes('\x1b['), String(coloured)).toBe(coloured)
  }
})
