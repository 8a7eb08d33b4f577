import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeText } from '../../../../src/lib/text.ts'
import type { CheckStatus } from '../../../../src/model/check.ts'
import { services } from '../../../../src/ui/panels/services.ts'
import { foreground } from '../../../../src/ui/screen/style.ts'
import { typed } from '../../../../src/ui/text-input.ts'
import {
  API,
  BACKUP,
  CERTS,
  definitionOf,
  MAIL,
  OUTBOX,
  QUEUE,
  resultOf,
  SERVICES,
  SHOP,
  statusOf,
} from '../../../fixtures/checks.ts'
import {
  ASCII_LOOK,
  ago,
  canvas,
  isPrintable,
  NOW,
  OPEN_LOOK,
  panelText,
  quiet,
  UNICODE_LOOK,
  VIEW,
} from '../../lists.ts'

const UDP = { protocol: 'udp', address: '0.0.0.0', port: 5353, process: 'avahi-daemon', pid: 5 } as const
const here = quiet({ checks: SERVICES, listeners: [UDP] })
const odd = quiet({ checks: [OUTBOX, CERTS, QUEUE, BACKUP, MAIL] })

describe('at the sizes of the home screen', () => {
  test('72x9', () => {
    expect(panelText(services, here, [72, 9], UNICODE_LOOK, { focused: true, selected: 1 })).toMatchInlineSnapshot(`
      "|┍ 5 Services ━━━━━ 1 not checked  10 up  1 slow  1 certificate  1 down ┑|
      |│ ✖ mail         tcp               ········ 99.17 %        refused :25 │|
      |│▌▲ api          http       812 ms ▇▇██████ 99.94 %  64 d  over 500 ms │|
      |│ ▲ shop.example http        48 ms ▅▅▄▄▅▅▄▄   100 %   9 d  cert < 14 d │|
      |│ ● docker       systemd                      100 %             active │|
      |│ ● gateway      icmp       0.7 ms ▅▅▄▄▅▅▄▄   100 %           10.0.4.1 │|
      |│ ● intranet     http        22 ms ▅▅▄▄▅▅▄▄   100 %                    │|
      |│ ● ldap         tls         31 ms ▅▅▄▄▅▅▄▄   100 %                    │|
      |╰──────────────────────────────────────────────────────────────────────╯|"
    `)
  })
  test('while their thread is started again it says so in place of the counts', () => {
    const restarting = { name: 'checks', state: 'restarting', sinceMs: NOW, restarts: 1 } as const
    const [top] = panelText(services, { ...here, health: [restarting] }, [72, 4], UNICODE_LOOK).split('\n')
    expect(top).toContain('─ ◌ checks stopped, starting again ╮')
  })
  test('60x7 has no type and no availability', () => {
    expect(panelText(services, here, [60, 7], UNICODE_LOOK)).toMatchInlineSnapshot(`
      "|╭ 5 Services ──────── 10 up  1 slow  1 certificate  1 down ╮|
      |│ ✖ mail                        ········       refused :25 │|
      |│ ▲ api                  812 ms ▇▇██████ 64 d  over 500 ms │|
      |│ ▲ shop.example          48 ms ▅▅▄▄▅▅▄▄  9 d  cert < 14 d │|
      |│ ● docker                                          active │|
      |│ ● gateway              0.7 ms ▅▅▄▄▅▅▄▄          10.0.4.1 │|
      |╰──────────────────────────────────────────────────────────╯|"
    `)
  })
  test('47x5', () => {
    expect(panelText(services, here, [47, 5], OPEN_LOOK)).toMatchInlineSnapshot(`
      "| 5 Services ──── 10 up  1 slow  1 cert  1 down |
      | ✖ mail                 ········  refused :25  |
      | ▲ api           812 ms ▇▇██████  over 500 ms  |
      | ▲ shop.example   48 ms ▅▅▄▄▅▅▄▄  cert < 14 d  |
      | ● docker                         active       |"
    `)
  })
  test('60x4', () => {
    expect(panelText(services, here, [60, 4], OPEN_LOOK)).toMatchInlineSnapshot(`
      "| 5 Services ────────── 10 up  1 slow  1 certificate  1 down |
      | ✖ mail                     ··············  refused :25     |
      | ▲ api               812 ms ▆▆▇▇▇▇▇▇██████  over 500 ms     |
      | ▲ shop.example       48 ms ▅▄▄▅▄▄▅▅▄▄▅▅▄▄  cert < 14 d     |"
    `)
  })
  test('47x5 in ASCII', () => {
    expect(panelText(services, here, [47, 5], ASCII_LOOK, { focused: true })).toMatchInlineSnapshot(`
      "| 5 Services ==== 10 up  1 slow  1 cert  1 down |
      |>X mail                 XXXXXXXX  refused :25  |
      | ! api           812 ms ##@@@@@@  over 500 ms  |
      | ! shop.example   48 ms ++==++==  cert < 14 d  |
      | * docker                         active       |"
    `)
  })
  test('118x16', () => {
    expect(panelText(services, here, [118, 16], UNICODE_LOOK)).toMatchInlineSnapshot(`
      "|╭ 5 Services ─────────────────────────────────────────────────── 1 not checked  10 up  1 slow  1 certificate  1 down ╮|
      |│    NAME          TYPE           NOW  LAST 16           UP 24 H  CERT     SINCE  WHY                                │|
      |│ ✖  mail          tcp                 ················  99.17 %          12 min  connection refused by 127.0.0.1:25 │|
      |│ ▲  api           http        812 ms  ▆▆▆▆▇▇▇▇▇▇██████  99.94 %  64 d     4 min  took 812 ms, expected under 500 ms │|
      |│ ▲  shop.example  http         48 ms  ▄▅▅▄▄▅▄▄▅▅▄▄▅▅▄▄    100 %   9 d  4 d 14 h  cert < 14 d                        │|
      |│ ●  docker        systemd                                 100 %             1 d  active (running)                   │|
      |│ ●  gateway       icmp        0.7 ms  ▄▅▅▄▄▅▄▄▅▅▄▄▅▅▄▄    100 %             1 d  10.0.4.1                           │|
      |│ ●  intranet      http         22 ms  ▄▅▅▄▄▅▄▄▅▅▄▄▅▅▄▄    100 %             1 d  http://10.0.4.7/                   │|
      |│ ●  ldap          tls          31 ms  ▄▅▅▄▄▅▄▄▅▅▄▄▅▅▄▄    100 %             1 d  ldap.internal:636                  │|
      |│ ●  nginx         process                                 100 %             1 d  5 processes                        │|
      |│ ●  nightly       file                                    100 %             1 d  12 h 32 m                          │|
      |│ ●  postgres      tcp          41 ms  ▄▅▅▄▄▅▄▄▅▅▄▄▅▅▄▄    100 %             1 d  127.0.0.1:5432                     │|
      |│ ●  redis         tcp         0.4 ms  ▄▅▅▄▄▅▄▄▅▅▄▄▅▅▄▄    100 %             1 d  127.0.0.1:6379                     │|
      |│ ●  resolver      dns         6.0 ms  ▄▅▅▄▄▅▄▄▅▅▄▄▅▅▄▄    100 %             1 d  shop.example at 10.0.4.1           │|
      |│ ●  ssh           tcp         4.0 ms  ▄▅▅▄▄▅▄▄▅▅▄▄▅▅▄▄    100 %             1 d  found 127.0.0.1:22                 │|
      |╰────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯|"
    `)
  })
  test('what is not known, waits, flaps or was never asked', () => {
    expect(panelText(services, odd, [72, 7], UNICODE_LOOK)).toMatchInlineSnapshot(`
      "|╭ 5 Services ──────────────── 2 waiting  1 unknown  1 flapping  1 down ╮|
      |│ ✖ mail         tcp               ········ 99.17 %        refused :25 │|
      |│ ▲ queue        tcp        2.0 ms ▅·▅·▅·▅·   100 %           flapping │|
      |│ ◌ certs        exec                         100 %            missing │|
      |│ ◌ outbox       exec                         100 %              waits │|
      |│ ◌ backup       tcp                                         not asked │|
      |╰──────────────────────────────────────────────────────────────────────╯|"
    `)
  })
})

describe('in full', () => {
  test('120x12', () => {
    expect(
      panelText(services, here, [120, 12], UNICODE_LOOK, { focused: true, full: true, selected: 2 }),
    ).toMatchInlineSnapshot(`
      "|┍ 5 Services ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 1 not checked  10 up  1 slow  1 certificate  1 down ┑|
      |│   NAME            STATE                    NOW  LAST      UP 24 H  CERT  WHY                                         │|
      |│ ✖ mail            down 12 min                   ········  99.17 %        connection refused by 127.0.0.1:25          │|
      |│ ▲ api             slow 4 min            812 ms  ▇▇██████  99.94 %  64 d  took 812 ms, expected under 500 ms          │|
      |│▌▲ shop.example    certificate 4 d 14 h   48 ms  ▅▅▄▄▅▅▄▄    100 %   9 d  certificate for shop.example ends in 9 days │|
      |│ ● docker          well 1 d                                  100 %        active (running)                            │|
      |│ ● gateway         well 1 d              0.7 ms  ▅▅▄▄▅▅▄▄    100 %        10.0.4.1                                    │|
      |│ ● intranet        well 1 d               22 ms  ▅▅▄▄▅▅▄▄    100 %        http://10.0.4.7/                            │|
      |│ ● ldap            well 1 d               31 ms  ▅▅▄▄▅▅▄▄    100 %        ldap.internal:636                           │|
      |│ ● nginx           well 1 d                                  100 %        5 processes                                 │|
      |│ ● nightly         well 1 d                                  100 %        12 h 32 m                                   │|
      |╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯|"
    `)
  })
  test('80x10', () => {
    expect(panelText(services, here, [80, 10], OPEN_LOOK, { full: true })).toMatchInlineSnapshot(`
      "| 5 Services ─────────────── 1 not checked  10 up  1 slow  1 certificate  1 down |
      |   NAME          STATE                    NOW  LAST      WHY                    |
      | ✖ mail          down 12 min                   ········  refused :25            |
      | ▲ api           slow 4 min            812 ms  ▇▇██████  over 500 ms            |
      | ▲ shop.example  certificate 4 d 14 h   48 ms  ▅▅▄▄▅▅▄▄  cert < 14 d            |
      | ● docker        well 1 d                                active (running)       |
      | ● gateway       well 1 d              0.7 ms  ▅▅▄▄▅▅▄▄  10.0.4.1               |
      | ● intranet      well 1 d               22 ms  ▅▅▄▄▅▅▄▄  http://10.0.4.7/       |
      | ● ldap          well 1 d               31 ms  ▅▅▄▄▅▅▄▄  ldap.internal:636      |
      | ● nginx         well 1 d                                5 processes            |"
    `)
  })
  test('60x4 has the reasons', () => {
    const text = panelText(services, here, [60, 4], OPEN_LOOK, { full: true })
    expect(text).toContain('WHY')
    expect(text).toMatch(/mail +down 12 min +refused :25/)
  })
  test('200x8 has everything', () => {
    expect(panelText(services, here, [200, 8], UNICODE_LOOK, { full: true })).toMatchInlineSnapshot(`
      "|╭ 5 Services ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────── 1 not checked  10 up  1 slow  1 certificate  1 down ╮|
      |│   NAME           STATE                TYPE           NOW      P50      P95  LAST       UP 1 H  UP 24 H   UP 7 D  CERT    NEXT  TARGET                    WHY                                         │|
      |│ ✖ mail           down 12 min          tcp                  3.0 ms   3.6 ms  ········  80.00 %  99.17 %  99.88 %          12 s  127.0.0.1:25              connection refused by 127.0.0.1:25          │|
      |│ ▲ api            slow 4 min           http        812 ms   184 ms   806 ms  ▇▇██████    100 %  99.94 %  99.99 %  64 d    12 s  https://localhost:8443/…  took 812 ms, expected under 500 ms          │|
      |│ ▲ shop.example   certificate 4 d 14 h http         48 ms    48 ms    57 ms  ▅▅▄▄▅▅▄▄    100 %    100 %    100 %   9 d    12 s  https://shop.example/     certificate for shop.example ends in 9 days │|
      |│ ● docker         well 1 d             systemd                                           100 %    100 %    100 %          12 s  docker.service            active (running)                            │|
      |│ ● gateway        well 1 d             icmp        0.7 ms   0.7 ms   0.8 ms  ▅▅▄▄▅▅▄▄    100 %    100 %    100 %          12 s  10.0.4.1                                                              │|
      |╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯|"
    `)
  })
  test('the sockets, with the check that asks each', () => {
    const view = { full: true, services: { filter: '', list: 'sockets' } } as const
    const sockets = quiet({
      checks: SERVICES,
      listeners: [UDP, { protocol: 'tcp', address: '127.0.0.1', port: 25, process: 'master', pid: 700 }],
    })
    expect(panelText(services, sockets, [100, 5], UNICODE_LOOK, view)).toMatchInlineSnapshot(`
      "|╭ 5 Services ──────────────────────────────────────────────────────────── 2 sockets  1 not checked ╮|
      |│ TYPE  ADDRESS                        PORT  USUALLY            PID  PROCESS          CHECKED AS   │|
      |│ udp   all IPv4                       5353  mdns                 5  avahi-daemon     not checked  │|
      |│ tcp   127.0.0.1                        25  smtp               700  master           mail         │|
      |╰──────────────────────────────────────────────────────────────────────────────────────────────────╯|"
    `)
  })
})

describe('a filter', () => {
  const filtered = (text: string, parts = {}) => ({ services: { filter: text, list: 'checks' as const, ...parts } })
  test('says itself and how many it leaves', () => {
    expect(panelText(services, here, [72, 5], UNICODE_LOOK, filtered('state:slow,down'))).toMatchInlineSnapshot(`
      "|╭ 5 Services /state:slow,down  2 of 13 ──────── 1 slow  1 cert  1 down ╮|
      |│ ✖ mail         tcp               ········ 99.17 %        refused :25 │|
      |│ ▲ api          http       812 ms ▇▇██████ 99.94 %  64 d  over 500 ms │|
      |│                                                                      │|
      |╰──────────────────────────────────────────────────────────────────────╯|"
    `)
  })
  test('that is being typed has a cursor', () => {
    const view = filtered('type:ht', { input: typed('type:ht') })
    expect(panelText(services, here, [72, 3], UNICODE_LOOK, view)).toContain('5 Services /type:ht▏  0 of 13 ')
  })
  test('that is wrong says where, and hides nothing', () => {
    expect(panelText(services, here, [118, 5], UNICODE_LOOK, filtered('stat:down'))).toMatchInlineSnapshot(`
      "|╭ 5 Services /stat:down  ▲ there is no key stat: did you mean state? ────────── 10 up  1 slow  1 certificate  1 down ╮|
      |│    NAME          TYPE           NOW  LAST 16           UP 24 H  CERT     SINCE  WHY                                │|
      |│ ✖  mail          tcp                 ················  99.17 %          12 min  connection refused by 127.0.0.1:25 │|
      |│ ▲  api           http        812 ms  ▆▆▆▆▇▇▇▇▇▇██████  99.94 %  64 d     4 min  took 812 ms, expected under 500 ms │|
      |╰────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯|"
    `)
  })
  test('that leaves nothing says how it is left', () => {
    const text = panelText(services, here, [72, 4], UNICODE_LOOK, filtered('no such thing'))
    expect(text).toContain('no service matches "no such thing"  Esc clears')
  })
})

/** The colours of the cells of a text in the first row that has it. */
function colours(frame: typeof here, text: string, [columns, rows] = [72, 12]): string[] {
  const { grid, surface } = canvas(columns, rows)
  services.paint(surface, services.select(frame, VIEW), UNICODE_LOOK, VIEW)
  const y = Array.from({ length: rows }, (_, row) => row).find((row) => grid.rowText(row).includes(text)) ?? -1
  const at = grid.rowText(y).indexOf(text)
  return [...new Set([...text].map((_, x) => foreground(grid.styles[y * columns + at + x] as number) ?? ''))]
}

test('only what is wrong has the colour of a severity', () => {
  expect(colours(here, '✖')).toEqual(['crit'])
  expect(colours(here, 'refused :25')).toEqual(['crit'])
  expect(colours(here, '········')).toEqual(['crit'])
  expect(colours(here, '812')).toEqual(['warn'])
  expect(colours(here, '▇▇██████')).toEqual(['warn'])
  expect(colours(here, '64')).toEqual(['text'])
  expect(colours(here, '9 d')).toEqual(['warn', 'dim'])
  expect(colours(here, 'over 500 ms')).toEqual(['warn'])
  expect(colours(here, 'postgres')).toEqual(['text'])
  expect(colours(here, '100 %')).toEqual(['dim'])
  expect(colours(here, '5 processes')).toEqual(['dim'])
})

test('a failure that does not count yet is told as such', () => {
  const failing = statusOf({
    definition: definitionOf('cache', { failures: 3 }),
    failing: 1,
    last: resultOf('cache', { state: 'down', reason: 'timeout', error: 'no answer from 127.0.0.1:6379 in 3 s' }),
  })
  const frame = quiet({ checks: [failing] })
  expect(panelText(services, frame, [47, 3], OPEN_LOOK)).toContain(' ▲ cache ')
  expect(panelText(services, frame, [47, 3], OPEN_LOOK)).toContain(' failing ')
  expect(colours(frame, '▲')).toEqual(['warn2'])
  expect(panelText(services, frame, [72, 3], UNICODE_LOOK)).toContain(' failing ')
  expect(panelText(services, frame, [118, 4], UNICODE_LOOK)).toContain('failed 1 of 3 ')
  expect(panelText(services, frame, [150, 4], UNICODE_LOOK)).toContain(
    'failed 1 of 3: no answer from 127.0.0.1:6379 in 3 s',
  )
})

test('an availability that is known for seconds is none', () => {
  const [first] = MAIL.changes
  const young = {
    ...MAIL,
    results: MAIL.results.slice(-2),
    changes: [{ ...first, state: 'down' as const, wallMs: NOW - 18_000 }],
    availability: { hour: 0, day: 0, week: 0 },
  }
  expect(panelText(services, quiet({ checks: [young] }), [72, 3], UNICODE_LOOK)).not.toContain('%')
  expect(
    panelText(services, quiet({ checks: [{ ...young, results: MAIL.results }] }), [72, 3], UNICODE_LOOK),
  ).toContain(' 0.00 % ')
})

test('what fails and does not count yet is told since its first failure, not since it was well', () => {
  const failing = statusOf({ definition: definitionOf('cache', { failures: 3 }), failing: 2 })
  expect(panelText(services, quiet({ checks: [failing] }), [120, 6], UNICODE_LOOK, { full: true })).toContain(
    'failing 18 s',
  )
})

test('where sentences have room one is cut rather than left out for a word', () => {
  const error = 'systemd does not run here: the system was started by something else, which nobody expected'
  const unknown = statusOf({ definition: definitionOf('unit'), state: 'unknown', reason: 'systemd', error })
  const broken = { ...MAIL, reason: 'status', error: 'expected status 2xx, got 500 Internal Server Error' }
  const text = panelText(services, quiet({ checks: [unknown, broken] }), [120, 6], UNICODE_LOOK, { full: true })
  expect(text).toContain('systemd does not run here: the system was')
  expect(text).toContain('expected status 2xx, got 500 ')
  expect(panelText(services, quiet({ checks: [broken] }), [72, 3], UNICODE_LOOK)).toContain(' status 500 ')
})

test('of what is well the last column says what was found, and where', () => {
  const of = (type: string, target: string, name: string, value: string) =>
    statusOf({ definition: definitionOf(type, { type, target }), last: resultOf(type, { facts: [{ name, value }] }) })
  const text = (check: CheckStatus, columns = 72) =>
    panelText(services, quiet({ checks: [check] }), [columns, 4], UNICODE_LOOK)
  expect(text(of('process', 'nginx', 'processes', '5'))).toContain(' 5 processes ')
  expect(text(of('process', 'nginx', 'processes', '1'))).toContain(' 1 process ')
  expect(text(of('file', '/run/app.pid', 'changed', '03:11'))).toContain('      03:11 ')
  const found = (target: string) => statusOf({ definition: definitionOf('web', { target, origin: 'discovered' }) })
  expect(text(found('127.0.0.1:443'))).toContain(' found :443 ')
  expect(text(found('http://127.0.0.1:18080/'))).toContain('      :18080 ')
  expect(text(found('http://127.0.0.1:18080/'), 118)).toContain('found http://127.0.0.1:18080/ ')
})

test('availability is never rounded up to all of it', () => {
  const almost = { ...MAIL, availability: { day: 0.99999 } }
  expect(panelText(services, quiet({ checks: [almost] }), [72, 3], UNICODE_LOOK)).toContain(' 99.99 % ')
})

test('an age that changes is painted, one that looks the same is not', () => {
  const select = (wallMs: number) => services.select({ ...here, wallMs }, VIEW)
  const { surface } = canvas(118, 16)
  const data = select(NOW)
  services.paint(surface, data, UNICODE_LOOK, VIEW)
  expect(data.sight.isSameIn(select(NOW + 10_000).sight)).toBe(true)
  expect(data.sight.isSameIn(select(NOW + 60_000).sight)).toBe(false)
  const narrow = select(NOW)
  services.paint(canvas(47, 5).surface, narrow, OPEN_LOOK, VIEW)
  expect(narrow.sight.isSameIn(select(NOW + 3_600_000).sight)).toBe(true)
})

test('rows are those that the filter leaves; a heading row takes one', () => {
  const rows = (columns: number, height: number, view = VIEW, look = UNICODE_LOOK) =>
    services.rows?.(services.select(here, view), { columns, rows: height }, look, view)
  expect(rows(72, 8)).toEqual({ total: 13, visible: 6 })
  expect(rows(118, 16)).toEqual({ total: 13, visible: 13 })
  expect(rows(47, 5, VIEW, OPEN_LOOK)).toEqual({ total: 13, visible: 4 })
  const view = { ...VIEW, full: true, services: { filter: 'type:http', list: 'checks' as const } }
  expect(rows(120, 36, view)).toEqual({ total: 3, visible: 33 })
  expect(services.listTop?.(UNICODE_LOOK, VIEW, 72, here)).toBe(1)
  expect(services.listTop?.(UNICODE_LOOK, VIEW, 118, here)).toBe(2)
  expect(services.listTop?.(UNICODE_LOOK, VIEW, 118, quiet({ listeners: [UDP] }))).toBe(1)
})

test('any checks at any size leave nothing but printable cells', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => safeText(text))
  const check: fc.Arbitrary<CheckStatus> = fc
    .record({
      base: fc.constantFrom(API, MAIL, SHOP, OUTBOX, CERTS, QUEUE, BACKUP),
      name: words,
      target: words,
      reason: words,
      error: words,
      group: words,
      labels: fc.dictionary(words, words, { maxKeys: 3 }),
      sinceMs: fc.integer({ min: 0, max: ago(-10) }),
      failing: fc.nat(5),
    })
    .map(({ base, name, target, reason, error, group, labels, sinceMs, failing }) => ({
      ...base,
      definition: { ...base.definition, name, target, group, labels },
      reason,
      error,
      sinceMs,
      failing,
    }))
  fc.assert(
    fc.property(
      fc.array(check, { maxLength: 20 }),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom(UNICODE_LOOK, OPEN_LOOK, ASCII_LOOK),
      fc.record({ full: fc.boolean(), focused: fc.boolean(), offset: fc.nat(20), selected: fc.nat(20) }),
      words,
      (checks, columns, rows, look, parts, filter) => {
        const { grid, surface } = canvas(columns, rows)
        const view = { ...VIEW, ...parts, services: { ...VIEW.services, filter } }
        services.paint(surface, services.select(quiet({ checks }), view), look, view)
        expect(isPrintable(grid)).toBe(true)
      },
    ),
    { numRuns: 80 },
  )
})

test('wide characters of a name keep the columns where they are', () => {
  const wide = { ...MAIL, definition: { ...MAIL.definition, name: '郵便サーバー東京' } }
  expect(panelText(services, quiet({ checks: [wide, API] }), [47, 3], OPEN_LOOK)).toMatchInlineSnapshot(`
    "| 5 Services ─────────────────── 1 slow  1 down |
    | ✖ 郵便サーバ…          ········  refused :25  |
    | ▲ api           812 ms ▇▇██████  over 500 ms  |"
  `)
})
