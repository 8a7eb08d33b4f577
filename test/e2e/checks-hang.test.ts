import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { tcpServer, udpServer } from '../checks/servers/loopback.ts'
import { ConfigHome, clockOf, headingOf, openWith, rowOf, webServer } from './checking.ts'
import { alive, childrenOf, until } from './helpers.ts'
import { PROBE_ARGS } from './probes.ts'
import { expectRestored } from './restored.ts'
import { KEY, PROGRAM, type Terminal } from './terminal.ts'

/** The seconds that the header showed, each once, in order. */
function watchClock(terminal: Terminal): { readonly steps: () => readonly number[] } & Disposable {
  const seen: number[] = []
  const watched = terminal.onPicture((rows) => {
    const second = Number(clockOf(rows).slice(-2))
    if (!Number.isNaN(second) && second !== seen.at(-1)) seen.push(second)
  })
  return {
    steps: () => seen.slice(1).map((second, index) => (second - (seen[index] as number) + 60) % 60),
    [Symbol.dispose]: () => watched[Symbol.dispose](),
  }
}

test('200 targets that say nothing hold up neither the screen, nor other checks, nor the end', {
  timeout: 120_000,
}, async () => {
  await using mute = await tcpServer((socket) => socket.resume())
  await using muteResolver = await udpServer(() => [])
  await using web = await webServer()
  const hanging = Array.from({ length: 200 }, (_, index) =>
    index % 10 === 0
      ? `  - { name: h${index}, type: dns, query: "n${index}.example", resolver: "127.0.0.1:${muteResolver.port}" }\n`
      : index % 2 === 0
        ? `  - { name: h${index}, type: http, url: "http://127.0.0.1:${mute.port}/${index}" }\n`
        : `  - { name: h${index}, type: tcp, host: 127.0.0.1, port: ${mute.port}, expect: ready }\n`,
  )
  using config = new ConfigHome(`defaults: { interval: 5s, timeout: 4s, retries: 0, failures: 1 }
checks:
  - { name: steady, type: http, url: "http://127.0.0.1:${web.port}/steady", interval: 1s, timeout: 1s }
${hanging.join('')}`)
  await using terminal = openWith(config)
  await terminal.shows((rows) => /[1-9]\d* down/.test(headingOf(rows)), 40_000)
  using clock = watchClock(terminal)
  const from = web.arrivals('/steady').length
  await terminal.shows(() => web.arrivals('/steady').length >= from + 10, 30_000)
  // On its second, each time, whatever hangs beside it.
  const arrivals = web.arrivals('/steady').slice(from)
  const late = arrivals.slice(1).map((at, index) => Math.abs(at - (arrivals[index] as number) - 1000))
  expect(late.toSorted((a, b) => a - b)[late.length >> 1]).toBeLessThan(300)
  expect(Math.max(...clock.steps())).toBeLessThanOrEqual(2)
  await terminal.shows((rows) => /✖ h0 +dns .*no answer/.test(rowOf(rows, 'h0')), 60_000)
  terminal.type(`5/steady${KEY.enter}`)
  await terminal.shows((rows) => /● steady /.test(rowOf(rows, 'steady')) && headingOf(rows).includes('1 of 201'))
  const { pid } = terminal.pty
  const children = childrenOf(pid)
  const began = performance.now()
  terminal.type('q')
  expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 })
  expect(performance.now() - began).toBeLessThan(1500)
  expectRestored(terminal)
  expect([pid, ...children].filter(alive)).toEqual([])
})

/** The built program with a worker of checks that dies, or hangs, once the test says so. */
function breakable() {
  const folder = mkdtempSync(join(tmpdir(), 'healthtop-breakable-'))
  cpSync(dirname(PROGRAM), folder, { recursive: true })
  renameSync(join(folder, 'checks-worker.cjs'), join(folder, 'checks-worker-real.cjs'))
  const order = join(folder, 'order')
  writeFileSync(
    join(folder, 'checks-worker.cjs'),
    `const { readFileSync, rmSync } = require('node:fs')
const order = ${JSON.stringify(order)}
setInterval(() => {
  let text
  try { text = readFileSync(order, 'utf8'); rmSync(order) } catch { return }
  if (text === 'die') throw new Error('told to die')
  for (;;);
}, 50).unref()
require('./checks-worker-real.cjs')
`,
  )
  return {
    command: [process.execPath, join(folder, 'healthtop.cjs'), ...PROBE_ARGS, '--no-discover'] as const,
    say: (what: 'die' | 'hang') => writeFileSync(order, what),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

for (const [what, reason] of [
  ['die', 'worker failed: told to die'],
  ['hang', 'no answer for 1\\d s'],
] as const) {
  test(`checks go on after their thread is told to ${what}`, { timeout: 90_000 }, async () => {
    await using web = await webServer()
    using program = breakable()
    using config = new ConfigHome(
      `checks:\n  - { name: steady, type: http, url: "http://127.0.0.1:${web.port}/", interval: 1s }\n`,
    )
    await using terminal = openWith(config, { command: program.command })
    await terminal.shows((rows) => /● steady /.test(rowOf(rows, 'steady')))
    using clock = watchClock(terminal)
    program.say(what)
    await terminal.shows((rows) => /◌ checks stopped, starting again/.test(headingOf(rows)), 30_000)
    // What was known last stands there still, and the host is measured as ever.
    expect(rowOf(terminal.screen(), 'steady')).not.toBe('')
    expect(terminal.screen()[0]).toContain('LIVE')
    await terminal.shows((rows) => headingOf(rows).includes('1 up'), 30_000)
    const before = web.arrivals('/').length
    await terminal.shows(() => web.arrivals('/').length > before + 1, 30_000)
    expect(Math.max(...clock.steps())).toBeLessThanOrEqual(2)
    terminal.type('66')
    await terminal.shows(new RegExp(`checks +stopped, starting again +${reason}`))
    await terminal.shows(/checks +running again/)
    terminal.type('qq')
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 })
  })
}

/** Threads of a process. */
function threads(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).length
}

test('threads that were lost are gone, and quitting while one hangs is prompt', { timeout: 90_000 }, async () => {
  await using web = await webServer()
  using program = breakable()
  using config = new ConfigHome(
    `checks:\n  - { name: steady, type: http, url: "http://127.0.0.1:${web.port}/", interval: 1s }\n`,
  )
  await using terminal = openWith(config, { command: program.command })
  await terminal.shows((rows) => /● steady /.test(rowOf(rows, 'steady')))
  const { pid } = terminal.pty
  const usual = threads(pid)
  program.say('die')
  await terminal.shows((rows) => /checks stopped/.test(headingOf(rows)), 30_000)
  await terminal.shows((rows) => headingOf(rows).includes('1 up'), 30_000)
  await until('as many threads as before', () => threads(pid) <= usual, 10_000)
  program.say('hang')
  await until('the order was taken', () => !readdirSync(dirname(program.command[1])).includes('order'), 10_000)
  const began = performance.now()
  terminal.type('q')
  expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 })
  expect(performance.now() - began).toBeLessThan(1500)
  expect(alive(pid)).toBe(false)
})
