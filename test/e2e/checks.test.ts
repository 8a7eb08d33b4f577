import { expect, test } from 'vitest'
import { freeTcpPort } from '../checks/servers/loopback.ts'
import { ConfigHome, headingOf, openWith, rowOf, webServer } from './checking.ts'
import { KEY, type Terminal } from './terminal.ts'

const SLOW_MS = 200

/** One check of each kind of trouble, two that are well, and one that nobody asks twice by himself. */
async function mixed() {
  const web = await webServer(({ url }, response) => {
    if (url === '/broken') response.statusCode = 500
    setTimeout(() => response.end('ok'), url === '/slow' ? SLOW_MS : 0)
  })
  const gone = await freeTcpPort()
  const at = `http://127.0.0.1:${web.port}`
  const home = new ConfigHome(`defaults: { interval: 1s, retries: 0 }
checks:
  - { name: web, type: http, url: "${at}/", labels: { team: front } }
  - { name: gone, type: tcp, host: 127.0.0.1, port: ${gone} }
  - { name: late, type: http, url: "${at}/slow", expect: { latency: 50ms } }
  - { name: broken, type: http, url: "${at}/broken" }
  - { name: behind, type: http, url: "${at}/broken", depends: [gone] }
  - { name: hourly, type: http, url: "${at}/hourly", interval: 1h }
`)
  return {
    web,
    gone,
    home,
    async [Symbol.asyncDispose]() {
      home[Symbol.dispose]()
      await web[Symbol.asyncDispose]()
    },
  }
}

/** Waits until all of them were judged. */
async function judged(terminal: Terminal): Promise<readonly string[]> {
  return terminal.shows(
    (rows) => headingOf(rows).includes('2 up  1 waiting  1 slow  2 down') && /NOW .*✖ broken down/.test(rows[1] ?? ''),
    20_000,
  )
}

test('every check stands in the panel with its state and reason, trouble first, in NOW, the header and the log', async () => {
  await using all = await mixed()
  await using terminal = openWith(all.home)
  const screen = await judged(terminal)
  expect(rowOf(screen, 'broken')).toMatch(/✖ broken +http .*status/)
  expect(rowOf(screen, 'gone')).toMatch(/✖ gone +tcp .*refused/)
  expect(rowOf(screen, 'late')).toMatch(/▲ late +http +\d+ ms .*over 50 ms/)
  expect(rowOf(screen, 'behind')).toMatch(/◌ behind +http .*waits/)
  const places = ['broken', 'gone', 'late', 'hourly', 'web'].map((name) => screen.indexOf(rowOf(screen, name)))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(screen[1]).toMatch(/✖ broken down .*✖ gone down .*▲ late slow/)
  expect(screen[0]).toMatch(/✖ 2 critical/)
  const text = screen.join('\n')
  // Both failed in the same seconds: one incident, told by one of them.
  expect(text).toMatch(/✖ (?:broken|gone) down, .* \+1 /)
  expect(text).toMatch(/▲ late slow \d+ > 50 ms/)
  // The row below NOW says what happened last.
  expect(screen[2]).toMatch(/last .*(broken|gone|late)/i)
})

test('Enter opens the whole story, c asks at once, Esc goes back', async () => {
  await using all = await mixed()
  await using terminal = openWith(all.home)
  await judged(terminal)
  expect(all.web.arrivals('/hourly')).toHaveLength(1)
  terminal.type('5/hourly')
  await terminal.shows('/hourly▏  1 of 6')
  terminal.type(KEY.enter)
  await terminal.shows(/Enter open .*c check now/)
  terminal.type(KEY.enter)
  await terminal.shows((rows) => /› hourly/.test(rows[0] ?? '') && /answer +200 OK/.test(rows.join('\n')))
  await terminal.shows(/Last 1 result/)
  terminal.type('c')
  await terminal.shows((rows) => /Last 2 results .*2 well/.test(rows.join('\n')) && /asked for/.test(rows.join('\n')))
  expect(all.web.arrivals('/hourly')).toHaveLength(2)
  terminal.type(KEY.escape)
  await terminal.shows((rows) => headingOf(rows).includes('/hourly  1 of 6'))
  terminal.type(KEY.escape)
  await terminal.shows((rows) => headingOf(rows).includes('2 down'))
})

test('the list is filtered by label, state and text, also shows the sockets, and ! goes to the trouble', async () => {
  await using all = await mixed()
  await using terminal = openWith(all.home)
  await judged(terminal)
  terminal.type('5/label:team=front')
  await terminal.shows((rows) => headingOf(rows).includes('1 of 6') && rowOf(rows, 'web') !== '')
  expect(rowOf(terminal.screen(), 'gone')).toBe('')
  terminal.type(`${'\x7f'.repeat('label:team=front'.length)}state:down`)
  await terminal.shows((rows) => headingOf(rows).includes('2 of 6') && rowOf(rows, 'web') === '')
  expect(rowOf(terminal.screen(), 'gone')).not.toBe('')
  terminal.type(KEY.escape)
  await terminal.shows((rows) => !headingOf(rows).includes('/'))
  terminal.type('5')
  await terminal.shows((rows) => /NAME +STATE/.test(rows.join('\n')))
  terminal.type('o')
  // Of many sockets on a busy machine the one of the test may be further down.
  await terminal.shows(/TYPE +ADDRESS +PORT .*CHECKED AS/)
  terminal.type('o')
  await terminal.shows((rows) => /NAME +STATE/.test(rows.join('\n')))
  terminal.type('q')
  await terminal.shows((rows) => headingOf(rows).includes('2 down'))
  terminal.type('7!')
  await terminal.shows((rows) => /▌✖ broken/.test(rows.join('\n')) || /› broken/.test(rows[0] ?? ''))
})

test('a service that ends goes down and comes back, for everybody to see', { timeout: 90_000 }, async () => {
  await using all = await mixed()
  await using terminal = openWith(all.home)
  await judged(terminal)
  const { port } = all.web
  await all.web[Symbol.asyncDispose]()
  await terminal.shows((rows) => /✖ web +http .*refused/.test(rowOf(rows, 'web')), 20_000)
  await using again = await webServer(undefined, port)
  await terminal.shows((rows) => /● web /.test(rowOf(rows, 'web')), 30_000)
  expect(again.arrivals('/').length).toBeGreaterThan(0)
  await terminal.shows(/● web well again/)
})

test('who only reads is offered no check, and asks for none', async () => {
  await using all = await mixed()
  await using terminal = openWith(all.home, { args: ['--read-only'] })
  await judged(terminal)
  terminal.type('5/hourly')
  await terminal.shows('1 of 6')
  terminal.type(KEY.enter)
  const screen = await terminal.shows(/Enter open/)
  expect(screen.at(-1)).not.toContain('check now')
  terminal.type(`c${KEY.enter}`)
  await terminal.shows((rows) => /› hourly/.test(rows[0] ?? ''))
  terminal.type('c?')
  await terminal.shows('How to read it')
  expect(terminal.text()).not.toContain('ask it now')
  expect(all.web.arrivals('/hourly')).toHaveLength(1)
})
