import { expect, test } from 'vitest'
import { alive, burn, sleeper, sortedBy, until } from './helpers.ts'
import { KEY, open } from './terminal.ts'

test('the first thing a person sees is this host, with numbers', async () => {
  await using terminal = open()
  const screen = await terminal.shows(/LIVE/)
  expect(screen[0]).toMatch(/load(?: \d[\d.]*){3}/)
  expect(screen[1]).toMatch(/NOW/)
  for (const title of ['CPU', 'Memory', 'Disks', 'Network', 'Services', 'Log', 'Processes'])
    expect(screen.join('\n')).toContain(title)
  await terminal.shows(/\d+ %/)
  await terminal.shows((rows) => rows.some((row) => row.includes('healthtop') && row.includes('% cpu')))
})

test('who eats the cpu is on top; it is filtered, and ended by a signal behind a dialog', async () => {
  const name = `burner-${process.pid}`
  using burner = burn(name)
  await using terminal = open()
  await terminal.shows((rows) => {
    const busy = rows.flatMap((row) => {
      const [, cpu, rest] = /^│▌? +\d+ +\S+ +(\d+\.\d) (.*)/.exec(row) ?? []
      return cpu === undefined ? [] : [{ cpu: Number(cpu), burner: rest?.includes(name) }]
    })
    // Tests of other files are busy too: above it stands only who uses more.
    const falling = busy.every(({ cpu }, index) => cpu <= (busy[index - 1]?.cpu ?? Number.POSITIVE_INFINITY))
    return falling && busy.some(({ cpu, burner }) => burner && cpu > 10)
  })
  terminal.type(`/${name}`)
  await terminal.shows(
    (rows) =>
      rows.filter((row) => /^. +\d+ .*%?/.test(row) && row.includes(name)).length >= 1 &&
      new RegExp(`${name}\\S* +1 of \\d+`).test(rows.join('\n')),
  )
  terminal.type(KEY.enter)
  terminal.type('K')
  await terminal.shows('Send a signal')
  await terminal.shows(new RegExp(`process +node +${burner.pid}`))
  await terminal.shows(/user +root|user +\w+/)
  await terminal.shows(/started +\d\d:\d\d:\d\d/)
  // Enter presses Cancel: no one key both opens and confirms.
  terminal.type(KEY.enter)
  await terminal.shows((rows) => !rows.join('\n').includes('Send a signal'))
  expect(alive(burner.pid as number)).toBe(true)
  terminal.type('K')
  await terminal.shows('Send a signal')
  terminal.type(KEY.tab + KEY.enter)
  await terminal.shows(`TERM sent to node ${burner.pid}`)
  await until('the burner ended', () => !alive(burner.pid as number))
  await terminal.shows(`no process matches`)
  terminal.type(KEY.escape)
  await terminal.shows((rows) => !rows.join('\n').includes('no process matches'))
})

test('a signal is refused when the process ended in between', async () => {
  const name = `gone-${process.pid}`
  using child = sleeper(name)
  await using terminal = open()
  await terminal.shows(/LIVE/)
  terminal.type(`/${name}`)
  // Keys act on the rows that are shown: the one that is meant has to be there first.
  await terminal.shows(new RegExp(`${name}\\S* +1 of \\d+`))
  await terminal.shows((rows) => rows.some((row) => row.includes(`${name} 600`)))
  terminal.type(`${KEY.enter}K`)
  await terminal.shows(new RegExp(`process +sleep +${child.pid}`))
  child.kill('SIGKILL')
  await until('the child ended', () => !alive(child.pid as number))
  terminal.type(KEY.tab + KEY.enter)
  await terminal.shows('not sent: ended already')
  terminal.type(KEY.escape)
  await terminal.shows((rows) => !rows.join('\n').includes('Send a signal'))
})

test('read-only offers no signal', async () => {
  await using terminal = open({ args: ['--read-only'] })
  const screen = await terminal.shows(/LIVE/)
  expect(screen.at(-1)).not.toContain('signal')
  terminal.type('K?')
  await terminal.shows('How to read it')
  expect(terminal.text()).not.toContain('Send a signal')
})

test('help shows the keys and Esc leads back; numbers focus and fill, q leaves first and then quits', async () => {
  await using terminal = open()
  await terminal.shows(/LIVE/)
  terminal.type('?')
  await terminal.shows('How to read it')
  terminal.type(KEY.escape)
  await terminal.shows((rows) => !rows.join('\n').includes('How to read it'))
  terminal.type('33')
  await terminal.shows('Mounts')
  terminal.type('q')
  await terminal.shows((rows) => rows.join('\n').includes('Processes'))
  terminal.type('q')
  expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 })
})

test('paused says so and goes on again', async () => {
  await using terminal = open()
  await terminal.shows(/LIVE/)
  terminal.type('p')
  await terminal.shows(/PAUSED \d\d:\d\d:\d\d/)
  terminal.type('p')
  await terminal.shows(/LIVE/)
})

test('sorted by pid the first is 1', async () => {
  await using terminal = open()
  await terminal.shows(/LIVE/)
  terminal.type(sortedBy('pid'))
  await terminal.shows('Sort processes by')
  terminal.type(KEY.enter)
  await terminal.shows((rows) => {
    const heading = rows.findIndex((row) => row.includes('PID') && row.includes('COMMAND'))
    return heading > 0 && /^\W+1 /.test(rows[heading + 1] ?? '')
  })
})

test('resize storms end in the right screen', async () => {
  await using terminal = open()
  await terminal.shows(/LIVE/)
  for (let index = 0; index < 60; index++) terminal.resize(20 + ((index * 53) % 380), 5 + ((index * 17) % 115))
  terminal.resize(400, 120)
  await terminal.shows(
    (rows) => rows.length === 120 && (rows[119] ?? '').includes('quit') && (rows[0] ?? '').includes('LIVE'),
  )
  terminal.resize(20, 5)
  await terminal.shows((rows) => rows.length === 5 && /cpu/.test(rows[4] ?? ''))
  terminal.resize(120, 40)
  await terminal.shows((rows) => (rows[39] ?? '').includes('quit') && (rows[0] ?? '').includes('LIVE'))
  // No full clear between frames.
  expect(terminal.raw.split('\x1b[2J').length).toBeLessThanOrEqual(2)
})

test('NO_COLOR writes no colour, ASCII writes no other character', async () => {
  await using plain = open({ env: { NO_COLOR: '1' } })
  await plain.shows(/LIVE/)
  expect(plain.raw).not.toMatch(/\x1b\[[\d;]*(?:3[0-7]|38;|48;)[\d;]*m/)
  await using ascii = open({ args: ['--ascii'], columns: 80, rows: 24 })
  await ascii.shows(/LIVE/)
  await ascii.shows(/cpu/)
  expect(ascii.text()).toMatch(/^[\x20-\x7e\n]*$/)
})
