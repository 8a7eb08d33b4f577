import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { filling, LoopMount, mayMount, mountPoint, writing } from './mounts.ts'
import { PROBE_ARGS } from './probes.ts'
import { KEY, open, PROGRAM, type Terminal } from './terminal.ts'

/** A trend is believed after about a minute of blocks of 5 s, and given up after as long; on a machine that is busy later. */
const WAIT_MS = 150_000
const LIMIT_MS = 400_000
/** Longest first: no more than five run at once. */
const LONG = { timeout: LIMIT_MS }

const PER_SECOND = 2
const FILES = 500
/** Opens descriptors at its pace, however late its timer comes; SIGUSR2 stops it. */
const OPENER = `
  const began = Date.now()
  let opened = 0
  const timer = setInterval(() => {
    for (; opened < (Date.now() - began) / 1000 * ${PER_SECOND}; opened++) require('fs').openSync('/dev/null')
  }, 100)
  process.on('SIGUSR2', () => { clearInterval(timer); setInterval(() => {}, 1e6) })
`

/** A process that may have 500 descriptors and opens two a second. */
function opener() {
  const child = spawn('sh', ['-c', `ulimit -n ${FILES}; exec "$0" -e "$1"`, process.execPath, OPENER], {
    stdio: 'ignore',
  })
  return Object.assign(child, { [Symbol.dispose]: () => void child.kill('SIGKILL') })
}

/** What the row of NOW and NEXT says of a time, as the seconds that the words may mean; undefined while it does not. */
function timeIn(text: string | undefined, words: RegExp): { from: number; to: number } | undefined {
  const figure = /(?:(\d+) h ?)?(?:(\d+) (?:min|m\b))?(?:(\d+) s)?/.source
  const [, hours, minutes, seconds] = new RegExp(`${words.source} +${figure}`).exec(text ?? '') ?? []
  if ((hours ?? minutes ?? seconds) === undefined) return undefined
  const from = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
  return { from, to: from + (seconds === undefined ? 60 : 1) }
}

/** It was said up to ten seconds ago, and by somebody who sees the pace through means of blocks. */
function expectTrue({ from, to }: { from: number; to: number }, seconds: number): void {
  expect(from).toBeLessThan(seconds * 1.4 + 20)
  expect(to).toBeGreaterThan(seconds * 0.6 - 20)
}

const FILES_IN = new RegExp(`files ${FILES} limit in`)
const NEXT_ROW = 2

/** What NEXT says; what happened last, which stands beside it, tells of forecasts too. */
const nextOf = (rows: readonly string[]) => (rows[NEXT_ROW] ?? '').split(/ {3}last /)[0] as string

/** The row of the panel Use that tells of descriptors. */
function filesRow(rows: readonly string[]): string {
  return rows.find((row) => row.startsWith('│ files ')) ?? ''
}

/** How many are open, as the screen has it. */
function openFiles(rows: readonly string[]): number {
  return Number(new RegExp(`(\\d+) of ${FILES}`).exec(filesRow(rows))?.[1])
}

/** Waits until the page of a process tells when it has no descriptors left, and holds what it says against what is so. */
async function heading(terminal: Terminal): Promise<void> {
  await terminal.shows((rows) => openFiles(rows) > 0)
  expect(terminal.text()).not.toContain('limit in')
  const rows = await terminal.shows((screen) => timeIn(nextOf(screen), FILES_IN) !== undefined, WAIT_MS)
  const said = timeIn(nextOf(rows), FILES_IN)
  expectTrue(said as { from: number; to: number }, (FILES - openFiles(rows)) / PER_SECOND)
  expect(filesRow(rows)).toMatch(/━╸?╍+─* +\d+ of 500 +in \d/)
  expect(timeIn(filesRow(rows), /of 500 +in/)).toEqual(said)
}

test.concurrent(
  'a process that opens descriptors steadily has its time, at any pace of sampling, and none when it stops',
  LONG,
  async () => {
    using child = opener()
    const args = ['--interval', '200ms', 'watch', String(child.pid)]
    await using terminal = open({ columns: 200, rows: 60, args })
    await heading(terminal)
    child.kill('SIGUSR2')
    const rows = await terminal.shows((screen) => !/limit in/.test(nextOf(screen)), WAIT_MS)
    expect(filesRow(rows)).toMatch(/━╸?─+ +\d+ of 500 *│/)
  },
)

test.concurrent('nothing is forecast of a process that is gone', LONG, async () => {
  using child = opener()
  await using terminal = open({ columns: 200, rows: 60, args: ['watch', String(child.pid)] })
  await heading(terminal)
  child.kill('SIGKILL')
  const rows = await terminal.shows((screen) => /GONE/.test(screen[1] ?? ''))
  expect(rows.join('\n')).not.toMatch(/limit in|╍/)
})

const SIZE = 60 * 2 ** 20
/** Full after four minutes. */
const PACE = SIZE / 240

test.concurrent(
  'a file system that fills has one time everywhere, and none when nobody writes any more',
  LONG,
  async ({ skip }) => {
    using mount = mountPoint(SIZE)
    skip(!mount.may, 'the kernel lets nobody mount here')
    const command = mount.command(process.execPath, PROGRAM, ...PROBE_ARGS, '--no-discover')
    await using terminal = open({ columns: 200, rows: 60, command })
    const row = (rows: readonly string[]) =>
      rows.find((line) => line.startsWith(`│ ${mount.path} `))?.split('││')[0] ?? ''
    // It was started with the mount in place.
    await terminal.shows(/LIVE/)
    using filler = filling(`/proc/${terminal.pty.pid}/root${mount.path}/file`, PACE)
    const fullIn = new RegExp(`${mount.path} 95 % full in`)
    const rows = await terminal.shows((screen) => timeIn(nextOf(screen), fullIn) !== undefined, WAIT_MS)
    const said = timeIn(nextOf(rows), fullIn)
    expectTrue(said as { from: number; to: number }, (SIZE * 0.95 - filler.written()) / PACE)
    expect(row(rows)).toMatch(/━╸?╍+┊/)
    expect(timeIn(row(rows), /iB\/h/)).toEqual(said)
    const ahead = rows.map((line) => line.split('││').at(-1)).find((line) => /^ \/tmp\S* 95 % .*◆/.test(line ?? ''))
    expect(timeIn(ahead, /◆[─━]*/)).toEqual(said)
    terminal.type('33')
    const full = await terminal.shows((screen) => screen.some((line) => /^│ +95 % ┈.*┊.*◆/.test(line)))
    expect(full.join('\n')).toMatch(new RegExp(`3 Disks ${mount.path} .* 95 % full in \\d`))
    terminal.type(KEY.escape)
    filler.stop()
    const still = await terminal.shows(
      (screen) => row(screen) !== '' && /steady|too soon/.test(row(screen)) && !row(screen).includes('╍'),
      WAIT_MS,
    )
    expect(nextOf(still)).not.toMatch(fullIn)
  },
)

test.concurrent(
  'a file system that somebody fills is foretold within 90 s, with who writes',
  LONG,
  async ({ skip }) => {
    skip(!mayMount, 'nobody may mount a file here')
    using mount = new LoopMount('600M')
    await using terminal = open()
    await terminal.shows(/LIVE/)
    using writer = writing('vacuum-logs', join(mount.path, 'archive.tar'))
    await terminal.shows((rows) => /[✖▲] .*95 % full in .*vacuum-logs writes \d/.test(rows[NEXT_ROW] ?? ''), 90_000)
    writer.kill('SIGKILL')
    // It was right to say so, and it is right to say that it is over.
    await terminal.shows((rows) => /forecast withdrawn/.test(rows.join('\n')), WAIT_MS)
  },
)

test.concurrent(
  'what is ahead opens in full and stands in the third column; NEXT claims no more than it lists',
  LONG,
  async () => {
    await using terminal = open({ columns: 120, rows: 40 })
    await terminal.shows('7 Processes')
    expect(terminal.text()).not.toContain('8 Ahead')
    terminal.type('8')
    await terminal.shows(/8 Ahead [\s\S]*LIMIT .*10 m .*1 mo .*IN +AT/)
    terminal.type('8')
    await terminal.shows((rows) => !rows.join('\n').includes('8 Ahead'))
    terminal.resize(200, 60)
    await terminal.shows((rows) => rows.some((row) => /1 CPU .*2 Memory .*8 Ahead/.test(row)))
    // Every limit has been judged when it says so.
    const judged = /NEXT +(?:nothing|. \S.* (?:in|ends) )/
    await terminal.shows((screen) => judged.test(nextOf(screen)), WAIT_MS)
    terminal.type('88')
    const full = await terminal.shows(
      (rows) => /8 Ahead [\s\S]*LIMIT /.test(rows.join('\n')) && judged.test(nextOf(rows)),
    )
    const today = full.filter((row) => /│. ?\S.* \d+ (?:s|min|h|h \d\d m) +\d\d:\d\d /.test(row))
    if (/NEXT +nothing/.test(nextOf(full))) expect(today).toEqual([])
    else expect(full.join('\n')).toContain('◆')
  },
)

const SAMPLING = ['--interval', '200ms']
/** Thirty samples are there 29 intervals after the first one; timers come a little early. */
const THIRTY_MS = 29 * 200 * 0.9
const NEAR = 8

/** The cells next to now in a chart of the home screen, its rows joined: what was, and what comes. */
function chart(rows: readonly string[], title: string, now: string): { was: string; comes: string } | undefined {
  const top = rows.findIndex((row) => row.includes(title))
  const left = rows[top]?.indexOf(title) ?? -1
  const column = (rows[top + 1] ?? '').indexOf(now, left + NEAR) - left
  if (left < 0 || column < 0) return undefined
  const below = rows.slice(top + 1).map((row) => row.slice(left))
  const lines = below.slice(
    0,
    below.findIndex((line) => line[column] !== now),
  )
  return {
    was: lines.map((line) => line.slice(column - NEAR, column)).join(''),
    comes: lines.map((line) => line.slice(column + 1, column + 1 + NEAR)).join(''),
  }
}

const STYLES = {
  braille: { args: [], now: '┊', was: /[⠁-⣿]/, middle: /[⠁-⣿]/, band: /[⠁-⣿▀▄█]/ },
  ASCII: { args: ['--ascii'], now: '|', was: /#/, middle: /\*/, band: /[*.]/ },
} as const

test.concurrent.each([
  ['braille', 80, 24],
  ['braille', 120, 40],
  ['ASCII', 80, 24],
  ['ASCII', 120, 40],
] as const)(
  'charts in %s at %dx%d go on beyond now after thirty samples, and not before',
  LONG,
  async (name, columns, lines) => {
    const { args, now, was, middle, band } = STYLES[name]
    const began = performance.now()
    await using terminal = open({ columns, rows: lines, args: [...SAMPLING, ...args] })
    let firstMs = Number.POSITIVE_INFINITY
    let before = 0
    using _pictures = terminal.onPicture((rows) => {
      const charts = ['1 CPU', '2 Memory'].map((title) => chart(rows, title, now))
      if (charts.some((seen) => band.test(seen?.comes ?? ''))) firstMs = Math.min(firstMs, performance.now() - began)
      else if (charts.every((seen) => was.test(seen?.was ?? ''))) before++
    })
    await terminal.shows('1 CPU')
    // A minute of history: a step of the chart is then shorter than what has been seen.
    terminal.type('++++')
    await terminal.shows(
      (rows) => ['1 CPU', '2 Memory'].every((title) => middle.test(chart(rows, title, now)?.comes ?? '')),
      30_000,
    )
    expect(before).toBeGreaterThan(0)
    expect(firstMs).toBeGreaterThan(THIRTY_MS)
  },
)

test.concurrent('a forecast stands still while paused, and goes on after', LONG, async () => {
  await using terminal = open({ columns: 120, rows: 40, args: SAMPLING })
  await terminal.shows('1 CPU')
  terminal.type('++++')
  const charts = (rows: readonly string[]) =>
    ['1 CPU', '2 Memory'].map((title) => chart(rows, title, '┊')).map((seen) => `${seen?.was}${seen?.comes}`)
  await terminal.shows((rows) => /[⠁-⣿]/.test(chart(rows, '1 CPU', '┊')?.comes ?? ''), 30_000)
  terminal.type('p')
  const paused = await terminal.shows((rows) => /PAUSED/.test(rows[0] ?? ''))
  const seen = new Set<string>()
  using _pictures = terminal.onPicture((rows) => {
    if (/PAUSED/.test(rows[0] ?? '')) seen.add(charts(rows).join())
  })
  // The clock of the pause, and the one that goes on: steps of the charts are shorter than what lies between them then.
  await terminal.shows((rows) => {
    const [from = 0, to = 0] = [...(rows[0] ?? '').matchAll(/(\d\d):(\d\d):(\d\d)/g)].map(
      ([, h, m, s]) => (Number(h) * 60 + Number(m)) * 60 + Number(s),
    )
    return (to - from + 86_400) % 86_400 >= 4
  })
  seen.add(charts(terminal.screen()).join())
  expect([...seen]).toEqual([charts(paused).join()])
  terminal.type('p')
  await terminal.shows((rows) => /LIVE/.test(rows[0] ?? '') && charts(rows).join() !== charts(paused).join())
})
