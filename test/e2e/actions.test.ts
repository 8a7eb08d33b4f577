import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { getPriority } from 'node:os'
import { expect, test } from 'vitest'
import { alive, sleeper, until } from './helpers.ts'
import { KEY, open, type Terminal } from './terminal.ts'

const RIGHT = '\x1b[C'
const END = '\x1b[F'

/** What ps says of some processes. */
function ps(column: string, pids: readonly number[]): string[] {
  return execFileSync('ps', ['-o', `${column}=`, '-p', pids.join(',')], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim())
}

const hasProgram = (name: string) =>
  (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/${name}`))

/** Leaves only what has this name in the table. */
async function filtered(terminal: Terminal, name: string, count: number): Promise<void> {
  await terminal.shows(/LIVE/)
  terminal.type(`/${name}`)
  // Keys act on the rows that are shown: those of the filter have to be there before the next one is pressed.
  await terminal.shows((rows) => rows.filter((row) => row.includes(`${name} 600`)).length === count)
  await terminal.shows(new RegExp(`${name}\\S* +${count} of \\d+`))
  terminal.type(KEY.enter)
}

test('two tagged processes are reniced together and ended together', async () => {
  const name = `acted-${process.pid}`
  using first = sleeper(name)
  using second = sleeper(name)
  const pids = [first.pid as number, second.pid as number]
  await using terminal = open()
  await filtered(terminal, name, 2)
  terminal.type('g  ')
  await terminal.shows((rows) => rows.filter((row) => row.includes('◆') && row.includes(name)).length === 2)

  terminal.type('n')
  await terminal.shows('Set nice of 2 processes')
  for (const pid of pids) await terminal.shows(`sleep ${pid}`)
  // Enter presses Cancel.
  terminal.type(KEY.enter)
  await terminal.shows((rows) => !rows.join('\n').includes('Set nice'))
  expect(ps('ni', pids)).toEqual([`${getPriority()}`, `${getPriority()}`])

  terminal.type(`n${RIGHT.repeat(5)}`)
  const nice = getPriority() + 5
  await terminal.shows(`Set nice ${nice}`)
  terminal.type(KEY.tab + KEY.enter)
  await terminal.shows(`nice ${nice} for 2 processes`)
  expect(ps('ni', pids)).toEqual([`${nice}`, `${nice}`])

  // Tags are still there.
  terminal.type('K')
  await terminal.shows('Send a signal to 2 processes')
  terminal.type(`k${KEY.up}t`)
  await terminal.shows('Send TERM')
  terminal.type(KEY.tab + KEY.enter)
  await terminal.shows('TERM sent to 2 processes')
  await until('both ended', () => pids.every((pid) => !alive(pid)))
  await terminal.shows('no process matches')
  terminal.type('K')
  await terminal.shows(/ended already|have ended/)
})

test.runIf(process.platform === 'linux' && hasProgram('ionice') && hasProgram('taskset'))(
  'I/O class and cores of a process are shown as they are, and set',
  async () => {
    const name = `bound-${process.pid}`
    using child = sleeper(name)
    const pid = child.pid as number
    const run = (program: string, ...args: string[]) => execFileSync(program, args, { encoding: 'utf8' }).trim()
    run('ionice', '-c', '2', '-n', '6', '-p', `${pid}`)
    await using terminal = open({ columns: 80, rows: 24 })
    await filtered(terminal, name, 1)
    terminal.type('i')
    await terminal.shows(/I\/O class +best effort 6/)
    await terminal.shows('Set best effort 6')
    terminal.type(`${KEY.down}${KEY.tab}`)
    await terminal.shows('Set idle')
    terminal.type(KEY.enter)
    await terminal.shows(`I/O class idle for sleep ${pid}`)
    expect(run('ionice', '-p', `${pid}`)).toBe('idle')

    terminal.type('A')
    await terminal.shows(/new +(all|\d)/)
    // None, and then the last one.
    terminal.type(`n${END} `)
    await terminal.shows(/new +\d+ +1 of \d+/)
    terminal.type(KEY.tab + KEY.enter)
    await terminal.shows(/core \d+ for sleep/)
    const [, core] = /core (\d+) for sleep/.exec(terminal.text()) ?? []
    expect(run('taskset', '-c', '-p', `${pid}`)).toMatch(new RegExp(`: ${core}$`))
  },
)

test('read-only does none of it', async () => {
  const name = `spared-${process.pid}`
  using child = sleeper(name)
  await using terminal = open({ args: ['--read-only'] })
  await filtered(terminal, name, 1)
  terminal.type(`KniA${KEY.f9}`)
  // What comes after these keys is on the screen: so were they, and they did nothing.
  terminal.type('p')
  const screen = await terminal.shows(/PAUSED/)
  expect(screen.join('\n')).not.toMatch(/Send a signal|Set nice|Set I\/O class|Set cores/)
  expect(alive(child.pid as number)).toBe(true)
})
