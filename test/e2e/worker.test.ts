import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { TemporaryTree } from '../fixtures/tree/temporary-tree.ts'
import { ConfigHome, openWith } from './checking.ts'
import { childrenOf, endsBy } from './helpers.ts'
import { expectRestored } from './restored.ts'
import { KEY, open } from './terminal.ts'

/** Opening a FIFO that nobody writes to waits for ever: a process whose files hang. Another process starts with it, so that it is found. */
function startOneThatHangs(temporary: TemporaryTree, pid: number): void {
  const folder = `${temporary.tree.root}/proc/${pid}`
  mkdirSync(folder)
  execFileSync('mkfifo', [`${folder}/stat`])
  temporary.advance(1, { start: [{ comm: `beside-${pid}` }] })
}

function clock(rows: readonly string[]): string | undefined {
  return /\d\d:\d\d:\d\d/.exec(rows[0] ?? '')?.[0]
}

test('a worker that hangs is replaced, the log says so, and the rest goes on meanwhile', async () => {
  using temporary = new TemporaryTree({ processes: 40, cores: 2, seed: 3, kernelThreads: 2 })
  await using terminal = open({ args: ['--root', temporary.tree.root] })
  await terminal.shows((rows) => rows.join('\n').includes('LIVE') && rows.join('\n').includes('sshd'))
  startOneThatHangs(temporary, 4000)
  await terminal.shows(/STALE/)
  // Nothing is measured, but the clock goes on and keys are answered.
  const then = clock(terminal.screen())
  await terminal.shows((rows) => clock(rows) !== then && /STALE/.test(rows[0] ?? ''))
  terminal.type('?')
  await terminal.shows('How to read it', 1000)
  terminal.type(KEY.escape)
  await terminal.shows(/worker +stopped, starting again/)
  await terminal.shows((rows) => /LIVE/.test(rows[0] ?? '') && /worker +running again/.test(rows.join('\n')))
  // The cause stands in the full log, and who started since is in the table, but for the one that hangs.
  terminal.type('66')
  await terminal.shows(/worker +stopped, starting again +no answer for \d s while reading process 4000/)
  terminal.type('q7/beside')
  await terminal.shows('1 of 38')
  expect(await endsBy(terminal.pty.pid, 'SIGTERM')).toBeLessThan(1000)
  expect(await terminal.ended).toEqual({ exitCode: 143, signal: 0 })
  expectRestored(terminal)
})

test('an alert fires on while the worker is late, and is told once', { timeout: 60_000 }, async () => {
  using temporary = new TemporaryTree({ processes: 40, cores: 2, seed: 3, kernelThreads: 2 })
  using config = new ConfigHome(`alerts:
  - { name: some-memory, metric: memory_used_ratio, above: 0.01% }
  - { name: no-memory, metric: memory_used_ratio, absent: true }
`)
  await using terminal = openWith(config, { args: ['--root', temporary.tree.root] })
  await terminal.shows((rows) => /NOW .*▲ memory .*used/.test(rows[1] ?? ''), 20_000)
  startOneThatHangs(temporary, 4000)
  const late = await terminal.shows((rows) => /STALE/.test(rows[0] ?? '') && /NOW .*memory .*used/.test(rows[1] ?? ''))
  // What is not measured is not absent.
  expect(late.join('\n')).not.toMatch(/no value|well again/)
  await terminal.shows((rows) => /LIVE/.test(rows[0] ?? '') && /worker +running again/.test(rows.join('\n')), 30_000)
  terminal.type('66')
  const log = await terminal.shows((rows) => rows.some((row) => /6 Log .* entries/.test(row)))
  const entries = log.slice(4).filter((row) => row.includes('memory'))
  expect(entries).toEqual([expect.stringMatching(/▲ memory .*firing/)])
})

test('SIGTERM ends it within a second while its worker hangs', async () => {
  using temporary = new TemporaryTree({ processes: 40, cores: 2, seed: 3 })
  await using terminal = open({ args: ['--root', temporary.tree.root] })
  await terminal.shows(/LIVE/)
  startOneThatHangs(temporary, 4000)
  await terminal.shows(/STALE/)
  expect(childrenOf(terminal.pty.pid)).toEqual([])
  expect(await endsBy(terminal.pty.pid, 'SIGTERM')).toBeLessThan(1000)
  expect(await terminal.ended).toEqual({ exitCode: 143, signal: 0 })
  expectRestored(terminal)
})
