import { expect, test } from 'vitest'
import { freeTcpPort, tcpServer } from '../checks/servers/loopback.ts'
import { ConfigHome, clockOf, headingOf, openWith, rowOf, webServer } from './checking.ts'
import { KEY, type Terminal } from './terminal.ts'

/** Files are looked at every two seconds, and read once they have settled. */
const PICKED_UP_MS = 20_000

const tcp = (name: string, port: number, more = '') =>
  `  - { name: ${name}, type: tcp, host: 127.0.0.1, port: ${port}, interval: 1s, retries: 0${more} }\n`

async function shows(terminal: Terminal, wanted: (rows: string[]) => boolean): Promise<string[]> {
  return terminal.shows(wanted, PICKED_UP_MS)
}

test('an edit adds, removes and changes checks while others go on as they are', { timeout: 90_000 }, async () => {
  await using server = await tcpServer((socket) => socket.resume())
  const closed = await freeTcpPort()
  using config = new ConfigHome(
    `checks:\n${tcp('stays', server.port)}${tcp('leaves', server.port)}${tcp('turns', server.port)}`,
  )
  await using terminal = openWith(config)
  await shows(terminal, (rows) => headingOf(rows).includes('3 up'))
  // In full there stands since when: it is to go on counting.
  terminal.type('55')
  await shows(terminal, (rows) => /stays +well [3-9] s/.test(rows.join('\n')))
  config.write(`checks:\n${tcp('stays', server.port)}${tcp('comes', server.port)}${tcp('turns', closed)}`)
  await shows(terminal, (rows) => rowOf(rows, 'comes').includes('well') && /✖ turns +down/.test(rowOf(rows, 'turns')))
  const screen = terminal.screen()
  expect(rowOf(screen, 'leaves')).toBe('')
  const since = (name: string) => Number(/(?:well|down) (\d+) s/.exec(rowOf(screen, name))?.[1])
  expect(since('stays')).toBeGreaterThan(since('comes'))
  expect(since('stays')).toBeGreaterThan(since('turns'))
  terminal.type('q')
  await shows(terminal, (rows) => rows.some((row) => /▸ leaves removed/.test(row)))
})

test('a bad edit leaves the last good one in use and says where it is wrong, until it is repaired', {
  timeout: 90_000,
}, async () => {
  await using web = await webServer()
  const good = `checks:\n  - { name: api, type: http, url: "http://127.0.0.1:${web.port}/", interval: 1s }\n`
  using config = new ConfigHome(good)
  await using terminal = openWith(config)
  await shows(terminal, (rows) => headingOf(rows).includes('1 up'))
  config.write(`${good}  - { name: db, typ: tcp, host: x, port: 1, interval: fast }\n`)
  const screen = await shows(terminal, (rows) => /^ *CONF/.test(rows[2] ?? ''))
  expect(screen[2]).toMatch(/CONF +healthtop\.yaml:3:\d+ checks\[1\].*the last good one is in use/)
  const before = web.arrivals('/').length
  await shows(terminal, () => web.arrivals('/').length > before + 1)
  expect(headingOf(terminal.screen())).toContain('1 up')
  config.write(`${good}  - { name: db, type: http, url: "http://127.0.0.1:${web.port}/db", interval: 1s }\n`)
  await shows(terminal, (rows) => headingOf(rows).includes('2 up') && !/CONF/.test(rows[2] ?? ''))
  expect(web.arrivals('/db').length).toBeGreaterThan(0)
})

test('a configuration that others may write is refused, with the reason', { timeout: 60_000 }, async () => {
  await using server = await tcpServer((socket) => socket.resume())
  using config = new ConfigHome(`checks:\n${tcp('first', server.port)}`)
  await using terminal = openWith(config)
  await shows(terminal, (rows) => headingOf(rows).includes('1 up'))
  config.write(`checks:\n${tcp('first', server.port)}${tcp('second', server.port)}`, 0o666)
  const screen = await shows(terminal, (rows) => /^ *CONF/.test(rows[2] ?? ''))
  expect(screen[2]).toContain('others may write it')
  expect(rowOf(screen, 'second')).toBe('')
  config.write(`checks:\n${tcp('first', server.port)}${tcp('second', server.port)}`)
  await shows(terminal, (rows) => headingOf(rows).includes('2 up') && !/CONF/.test(rows[2] ?? ''))
})

test('one that appears after the start is picked up, and keys mean at once what it says', {
  timeout: 90_000,
}, async () => {
  await using server = await tcpServer((socket) => socket.resume())
  using config = new ConfigHome()
  await using terminal = openWith(config)
  await terminal.shows(/LIVE/)
  config.write(`keys: { help: F12 }\nchecks:\n${tcp('late', server.port)}`)
  await shows(terminal, (rows) => headingOf(rows).includes('1 up') && /was read again/.test(rows.at(-1) ?? ''))
  terminal.type('\x1b[24~')
  await terminal.shows('How to read it')
  terminal.type(KEY.escape)
  await shows(terminal, (rows) => /F12 help/.test(rows.at(-1) ?? ''))
  config.write(`checks:\n${tcp('late', server.port)}`)
  await shows(terminal, (rows) => /was read again/.test(rows.at(-1) ?? ''))
  terminal.type('?')
  await terminal.shows('How to read it')
})

test('alert rules count as soon as they are read, and what fires by one that is removed is over', {
  timeout: 90_000,
}, async () => {
  const rule = (limit: string) =>
    `alerts: [{ name: memory-used, metric: memory_used_ratio, above: ${limit}, severity: critical, message: over what was said }]\n`
  using config = new ConfigHome(rule('99%'))
  await using terminal = openWith(config)
  const fires = (rows: readonly string[]) => /^ *NOW .*memory over what was said/.test(rows[1] ?? '')
  const first = await terminal.shows(/LIVE/)
  expect(fires(first)).toBe(false)
  config.write(rule('0.1%'))
  await shows(terminal, fires)
  config.write('alerts: []\n')
  await shows(terminal, (rows) => !fires(rows))
})

test('the page of a check that is removed says so, and Esc goes back', { timeout: 60_000 }, async () => {
  await using server = await tcpServer((socket) => socket.resume())
  using config = new ConfigHome(`checks:\n${tcp('first', server.port)}${tcp('second', server.port)}`)
  await using terminal = openWith(config)
  await shows(terminal, (rows) => headingOf(rows).includes('2 up'))
  terminal.type(`5/second${KEY.enter}`)
  await shows(terminal, (rows) => headingOf(rows).includes('1 of 2'))
  terminal.type(KEY.enter)
  await shows(terminal, (rows) => /› second/.test(rows[0] ?? ''))
  config.write(`checks:\n${tcp('first', server.port)}`)
  await shows(terminal, (rows) => /GONE +second is not checked any more/.test(rows[1] ?? ''))
  terminal.type(KEY.escape)
  await shows(terminal, (rows) => /5 Services/.test(rows.join('\n')) && !/› second/.test(rows[0] ?? ''))
})

test('the screen goes on while a thousand checks are loaded', { timeout: 90_000 }, async () => {
  await using server = await tcpServer((socket) => socket.end())
  using config = new ConfigHome(`checks:\n${tcp('first', server.port)}`)
  await using terminal = openWith(config)
  await shows(terminal, (rows) => headingOf(rows).includes('1 up'))
  const seen: string[] = []
  using watched = terminal.onPicture((rows) => {
    const clock = clockOf(rows)
    if (clock !== seen.at(-1)) seen.push(clock)
  })
  const many = Array.from(
    { length: 1000 },
    (_, index) =>
      `  - { name: n${index}, type: tcp, host: 127.0.0.1, port: ${server.port}, interval: 1m, labels: { team: t${index % 7} } }\n`,
  )
  config.write(`checks:\n${many.join('')}`)
  await shows(terminal, (rows) => /\d+ waiting|[1-9]\d+ up/.test(headingOf(rows)))
  const loadedAt = seen.length
  await shows(terminal, () => seen.length > loadedAt + 2)
  watched[Symbol.dispose]()
  const seconds = seen.map((clock) => Number(clock.slice(-2)))
  const steps = seconds.slice(1).map((second, index) => (second - (seconds[index] as number) + 60) % 60)
  // One second may be left out where this machine is busy; no two in a row are.
  expect(Math.max(...steps)).toBeLessThanOrEqual(2)
})
