import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { TemporaryTree } from '../fixtures/tree/temporary-tree.ts'
import { until } from './helpers.ts'
import { open } from './terminal.ts'

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
  const started = performance.now()
  process.kill(terminal.pty.pid, 'SIGTERM')
  await until(
    'it ended',
    () => {
      try {
        return / Z /.test(readFileSync(`/proc/${terminal.pty.pid}/stat`, 'latin1').replace(/^.*\)/, ''))
      } catch {
        return true
      }
    },
    2000,
  )
  expect(performance.now() - started).toBeLessThan(1000)
  terminal.pty.resume()
  expect(await terminal.ended).toEqual({ exitCode: 143, signal: 0 })
})

test('hostile names neither break the screen nor reach the terminal raw', async () => {
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
      [...terminal.raw.matchAll(/\x1b(?:\[[?>]?[\d;]*[ -/]*([@-~])|\](\d+)|(.))/g)].map(
        (match) => match[1] ?? match[3] ?? `]${match[2]}`,
      ),
    )
    for (const final of sequences)
      expect(['m', 'H', 'C', 'K', 'G', 'd', 'h', 'l', 'n', 'c', 'X', 'D', 'A', 'B', 'b', ']11']).toContain(final)
    expect(terminal.raw).not.toMatch(/[\x00-\x06\x0e-\x17\x19\x1a\x1c-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/)
  }
})

test('a recorded tree offers no signal', async () => {
  using temporary = new TemporaryTree({ processes: 20, cores: 2, seed: 1 })
  await using terminal = open({ args: ['--root', temporary.tree.root] })
  const screen = await terminal.shows(/quit/)
  expect(screen.at(-1)).not.toContain('signal')
})
