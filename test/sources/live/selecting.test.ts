import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import type { ProcessSelector } from '../../../src/checks/check.ts'
import { systemClock } from '../../../src/lib/clock.ts'
import { openHost } from '../../../src/sources/live/host.ts'
import type { Selected } from '../../../src/sources/live/messages.ts'
import { createSelecting } from '../../../src/sources/live/selecting.ts'
import { makeTree, statLine } from './tree.ts'

function selecting(root: string) {
  const host = openHost({ platform: 'procfs', root, clock: systemClock, spawn })
  const scanner = host.openScanner({})
  onTestFinished(() => {
    scanner.close()
    host.close()
  })
  const answers: Selected[] = []
  return { scanner, answers, selecting: createSelecting(scanner, (answer) => answers.push(answer)) }
}

/** Of each answer the pids, or why there are none. */
function told(answers: readonly Selected[]): unknown[] {
  return answers.map((answer) => ('failed' in answer ? answer.failed : answer.rows.map(({ pid }) => pid)))
}

test('a question waits for the first scan, and those after it are answered from the last', async () => {
  using tree = makeTree({
    'proc/8/stat': statLine(8, 'nginx'),
    'proc/8/cmdline': 'nginx: master process /usr/sbin/nginx\0',
    'proc/9/stat': statLine(9, 'nginx'),
    'proc/9/cmdline': 'nginx: worker process\0',
    'proc/10/stat': statLine(10, 'python3.11'),
    'proc/10/cmdline': '/usr/bin/MyService\0--port\x0080\0',
  })
  const { scanner, answers, selecting: core } = selecting(tree.root)
  core.select('1', { name: 'NGINX' })
  expect(answers).toEqual([])
  await scanner.scan()
  core.scanned(undefined)
  const ask = (selector: ProcessSelector) => core.select('x', selector)
  ask({ name: 'myservice' })
  ask({ pattern: 'nginx: master' })
  ask({ pattern: '^nginx', pid: 9 })
  ask({ pid: 7 })
  ask({ name: 'seven', pid: 8 })
  ask({ name: 'nobody' })
  expect(told(answers)).toEqual([[8, 9], [10], [8], [9], [7], [], []])
  expect(answers[0]).toMatchObject({ kind: 'selected', id: '1' })
})

test('a pattern that could take for ever is refused with the reason', async () => {
  using tree = makeTree()
  const { scanner, answers, selecting: core } = selecting(tree.root)
  await scanner.scan()
  core.scanned(undefined)
  core.select('1', { pattern: '(a+)+$' })
  core.select('2', { pattern: '(' })
  expect(told(answers)[0]).toMatch(/^the pattern could take for ever: /)
  expect(told(answers)[1]).toEqual([])
})

test('a first scan that fails is told, and the next may succeed', () => {
  using tree = makeTree()
  const { answers, selecting: core } = selecting(tree.root)
  core.select('1', { name: 'seven' })
  core.scanned('EACCES: permission denied')
  expect(told(answers)).toEqual(['the processes cannot be listed: EACCES: permission denied'])
})

test('of this machine, with the files that are open', async () => {
  const child = spawn('sleep', ['300'])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  const { scanner, answers, selecting: core } = selecting('/')
  await scanner.scan()
  core.scanned(undefined)
  core.select('1', { name: 'sleep', pid: child.pid as number })
  const rows = answers.flatMap((answer) => ('failed' in answer ? [] : answer.rows))
  expect(rows).toMatchObject([{ pid: child.pid, name: 'sleep', threads: 1 }])
  expect(rows[0]?.files).toBeGreaterThanOrEqual(3)
})
