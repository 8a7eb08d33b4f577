import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { TemporaryTree } from '../fixtures/tree/temporary-tree.ts'
import { endsBy } from './helpers.ts'
import { lacks } from './probes.ts'
import { KEY, open, type Terminal } from './terminal.ts'

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}

test('a terminal that stops reading stalls nothing, and the screen is right when it reads again', async () => {
  await using terminal = open()
  await terminal.shows(/LIVE/)
  const clock = () => /\d\d:\d\d:\d\d/.exec(terminal.screen()[0] ?? '')?.[0]
  const before = clock()
  const memory = residentBytes(terminal.pty.pid)
  terminal.pty.pause()
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  // It is waited for the terminal, not in it: a thread that hangs in write(2) is in state D or has its writes pending.
  expect(residentBytes(terminal.pty.pid) - memory).toBeLessThan(30 * 2 ** 20)
  terminal.pty.resume()
  await terminal.shows(() => {
    const now = clock()
    return (
      now !== undefined &&
      now !== before &&
      Math.abs(Date.parse(`1970-01-01T${now}Z`) - (Date.now() % 86_400_000)) < 3000
    )
  })
})

test('SIGTERM ends it within a second while the terminal does not read', async () => {
  await using terminal = open()
  await terminal.shows(/LIVE/)
  terminal.pty.pause()
  await new Promise((resolve) => setTimeout(resolve, 3000))
  expect(await endsBy(terminal.pty.pid, 'SIGTERM')).toBeLessThan(1000)
  terminal.pty.resume()
  expect(await terminal.ended).toEqual({ exitCode: 143, signal: 0 })
})

test.skipIf(lacks('trees'))('hostile names neither break the screen nor reach the terminal raw', async () => {
  using temporary = new TemporaryTree({ processes: 60, cores: 4, seed: 7, names: 'hostile' })
  for (const [columns, rows] of [
    [120, 40],
    [80, 24],
  ] as const) {
    await using terminal = open({ args: ['--root', temporary.tree.root], columns, rows })
    const screen = await terminal.shows((lines) => lines.some((line) => /PID|CPU %/.test(line)))
    await terminal.shows(/\d+\.\d+ +\S+ +[KMG]iB|MiB/)
    expect(screen.length).toBe(rows)
    // Only what the writer itself uses: cursor, styles, modes.
    const sequences = new Set(
      [...terminal.raw.matchAll(/\x1b(?:\[[?>]?[\d;]*[ -/]*([@-~])|\](\d+);[ -~]*\x1b\\|(.))/g)].map(
        (match) => match[1] ?? match[3] ?? `]${match[2]}`,
      ),
    )
    for (const final of sequences)
      expect(['m', 'H', 'C', 'K', 'G', 'd', 'h', 'l', 'n', 'c', 'X', 'D', 'A', 'B', 'b', ']11']).toContain(final)
    expect(terminal.raw).not.toMatch(/[\x00-\x06\x0e-\x17\x19\x1a\x1c-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/)
  }
})

test.skipIf(lacks('trees'))('a recorded tree offers no signal', async () => {
  using temporary = new TemporaryTree({ processes: 20, cores: 2, seed: 1 })
  await using terminal = open({ args: ['--root', temporary.tree.root] })
  const screen = await terminal.shows(/quit/)
  expect(screen.at(-1)).not.toContain('signal')
})

test('a terminal that takes 1 KB a second is not owed more and more, and ends up right', async () => {
  await using terminal = open({ columns: 80, rows: 24 })
  await terminal.shows(/LIVE/)
  const slow = throttle(terminal.pty, 1024)
  terminal.type('?')
  await terminal.shows('keys as you have them bound', 20_000)
  terminal.type(KEY.escape)
  await terminal.shows((rows) => !rows.join('\n').includes('keys as you have them bound'), 20_000)
  const shownSeconds = (rows: readonly string[]) => {
    const [, hours = 0, minutes = 0, seconds = 0] = (/(\d\d):(\d\d):(\d\d)/.exec(rows[0] ?? '') ?? []).map(Number)
    return hours * 3600 + minutes * 60 + seconds
  }
  const first = shownSeconds(terminal.screen())
  // Frames that the line cannot take are left out: what comes is never much older than what a frame takes.
  await terminal.shows((rows) => shownSeconds(rows) > first + 3, 20_000)
  expect((Date.now() / 1000 - shownSeconds(terminal.screen())) % 86_400).toBeLessThan(10)
  slow.end()
  terminal.type('p')
  await terminal.shows(/PAUSED/)
  const drawn = still(terminal.screen())
  const length = terminal.raw.length
  // Everything anew: had anything been lost on the way, it would be different now.
  terminal.type(KEY.ctrlL)
  await terminal.shows(() => terminal.raw.length > length + 1000)
  expect(still(terminal.screen())).toEqual(drawn)
})

/** What stands still while paused: all but the clock, and what the program costs. */
function still(rows: readonly string[]): string[] {
  return rows.map((row) => row.replace(/\d\d:\d\d:\d\d$/, '').replace(/healthtop [\d.]+ % cpu .*$/, ''))
}

/** Reads a PTY at so many bytes a second, until it is told to stop. */
function throttle(pty: Terminal['pty'], bytesPerSecond: number): { end(): void } {
  let timer: NodeJS.Timeout | undefined
  const listening = pty.onData((data) => {
    pty.pause()
    clearTimeout(timer)
    timer = setTimeout(() => pty.resume(), (Buffer.byteLength(data) / bytesPerSecond) * 1000)
  })
  return {
    end() {
      listening.dispose()
      clearTimeout(timer)
      pty.resume()
    },
  }
}
