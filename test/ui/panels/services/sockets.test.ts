import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeText } from '../../../../src/lib/text.ts'
import type { Listener } from '../../../../src/model/host.ts'
import { servicesOf, socketText } from '../../../../src/ui/panels/listening.ts'
import { services } from '../../../../src/ui/panels/services.ts'
import {
  ASCII_LOOK,
  canvas,
  firstSecond,
  isPrintable,
  OPEN_LOOK,
  panelText,
  quiet,
  UNICODE_LOOK,
  VIEW,
} from '../../lists.ts'

const tcp = (address: string, port: number, process?: string, pid?: number): Listener => ({
  protocol: 'tcp',
  address,
  port,
  ...(process === undefined ? {} : { process }),
  ...(pid === undefined ? {} : { pid }),
})

const LISTENERS: readonly Listener[] = [
  tcp('127.0.0.1', 5432, 'postgres', 1204),
  tcp('::1', 5432, 'postgres', 1204),
  tcp('0.0.0.0', 443, 'nginx', 880),
  tcp('::', 443, 'nginx', 880),
  tcp('0.0.0.0', 80, 'nginx', 880),
  tcp('0.0.0.0', 80, 'nginx', 881),
  tcp('0.0.0.0', 22),
  tcp('fd00:1234:5678:9abc::1', 9100, 'node_exporter', 31),
  { protocol: 'udp', address: '0.0.0.0', port: 5353, process: 'avahi-daemon', pid: 5 },
]

const here = quiet({ listeners: LISTENERS })

describe('at the sizes of the home screen', () => {
  test('72x8', () => {
    expect(panelText(services, here, [72, 8], UNICODE_LOOK, { focused: true })).toMatchInlineSnapshot(`
      "|┍ 5 Services ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 5 listen  not checked ┑|
      |│▌· port 22 ssh             tcp  :22                                   │|
      |│ · nginx                   tcp  :80 :443                       2 pids │|
      |│ · node_exporter           tcp  …:9100                             31 │|
      |│ · avahi-daemon            udp  :5353                               5 │|
      |│ · postgres                tcp  127.0.0.1:5432                   1204 │|
      |│ no services yet; healthtop init finds them                           │|
      |╰──────────────────────────────────────────────────────────────────────╯|"
    `)
  })
  test('47x5', () => {
    expect(panelText(services, here, [47, 5], OPEN_LOOK, { offset: 1 })).toMatchInlineSnapshot(`
      "| 5 Services ──────────── 5 listen  not checked |
      | · nginx          tcp  :80 :443         2 pids |
      | · node_exporter  tcp  …:9100               31 |
      | · avahi-daemon   udp  :5353                 5 |
      | · postgres       tcp  127.0.0.1:5432     1204 |"
    `)
  })
  test('47x5 in ASCII', () => {
    expect(panelText(services, here, [47, 5], ASCII_LOOK, { focused: true, selected: 1 })).toMatchInlineSnapshot(`
      "| 5 Services ============ 5 listen  not checked |
      | . port 22 ssh    tcp  :22                     |
      |>. nginx          tcp  :80 :443         2 pids |
      | . node_exporter  tcp  ~:9100               31 |
      | . avahi-daemon   udp  :5353                 5 |"
    `)
  })
  test('the full view has a row for every socket', () => {
    expect(
      panelText(services, here, [100, 12], UNICODE_LOOK, { focused: true, full: true, selected: 8 }),
    ).toMatchInlineSnapshot(`
      "|┍ 5 Services ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 9 sockets  not checked ┑|
      |│ TYPE  ADDRESS                        PORT  USUALLY            PID  PROCESS          CHECKED AS   │|
      |│ tcp   all IPv4                         22  ssh                                      not checked  │|
      |│ tcp   all IPv4                         80  http               880  nginx            not checked  │|
      |│ tcp   all IPv4                         80  http               881  nginx            not checked  │|
      |│ tcp   all IPv4                        443  https              880  nginx            not checked  │|
      |│ tcp   all IPv6                        443  https              880  nginx            not checked  │|
      |│ tcp   fd00:1234:5678:9abc::1         9100  node exporter       31  node_exporter    not checked  │|
      |│ udp   all IPv4                       5353  mdns                 5  avahi-daemon     not checked  │|
      |│ tcp   127.0.0.1                      5432  postgresql        1204  postgres         not checked  │|
      |│▌tcp   ::1                            5432  postgresql        1204  postgres         not checked  │|
      |╰──────────────────────────────────────────────────────────────────────────────────────────────────╯|"
    `)
  })
})

test('one socket is one', () => {
  const one = quiet({ listeners: LISTENERS.slice(0, 1) })
  expect(panelText(services, one, [100, 4], UNICODE_LOOK, { full: true })).toContain(' 1 socket  not checked ')
})

test('nothing known, nothing there and a failure are three things', () => {
  expect(panelText(services, firstSecond(), [47, 2], OPEN_LOOK)).toContain('| ⋯ ')
  const nothing = quiet({ listeners: [] })
  expect(panelText(services, nothing, [47, 2], OPEN_LOOK)).toContain('no services yet; healthtop init finds them')
  expect(panelText(services, nothing, [47, 2], OPEN_LOOK, { full: true })).toContain('nothing listens on this machine')
  const failed = firstSecond({ failures: { listeners: 'EACCES' } })
  expect(panelText(services, failed, [47, 2], OPEN_LOOK)).toContain('not measured: EACCES')
  expect(panelText(services, { ...here, failures: failed.failures }, [72, 4], UNICODE_LOOK)).toContain(
    '◌ not measured: EACCES',
  )
})

test('sockets of one program are joined; of an unknown one those of a port', () => {
  expect(
    servicesOf(LISTENERS).map(({ process, sockets, holders }) => [process, sockets.map(socketText), holders]),
  ).toEqual([
    [undefined, [':22'], 0],
    ['nginx', [':80', ':443'], 2],
    ['node_exporter', ['[fd00:1234:5678:9abc::1]:9100'], 1],
    ['avahi-daemon', [':5353'], 1],
    ['postgres', ['127.0.0.1:5432'], 1],
  ])
})

test('the order does not depend on the order they were found in', () => {
  expect(servicesOf([...LISTENERS].reverse())).toEqual(servicesOf(LISTENERS))
})

test('a program with many sockets shows those that fit and counts the rest', () => {
  const many = quiet({ listeners: [80, 443, 8080, 8443, 9000, 9090].map((port) => tcp('0.0.0.0', port, 'caddy', 9)) })
  expect(panelText(services, many, [47, 2], OPEN_LOOK)).toContain(':80 :443 +4 ')
})

test('rows counts programs at home and sockets in the full view', () => {
  const data = services.select(here, VIEW)
  expect(services.rows?.(data, { columns: 72, rows: 8 }, UNICODE_LOOK, VIEW)).toEqual({ total: 5, visible: 6 })
  const full = { ...VIEW, full: true }
  expect(services.rows?.(data, { columns: 100, rows: 12 }, UNICODE_LOOK, full)).toEqual({ total: 9, visible: 9 })
})

test('any sockets at any size leave nothing but printable cells', () => {
  const socket = fc.record({
    protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    address: fc.constantFrom(
      '0.0.0.0',
      '::',
      '127.0.0.1',
      '::1',
      '10.0.0.7',
      'fd00:1234:5678:9abc:def0:1234:5678:9abc',
    ),
    port: fc.integer({ min: 1, max: 65535 }),
    pid: fc.integer({ min: 1, max: 4194304 }),
    process: fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => safeText(text)),
  })
  fc.assert(
    fc.property(
      fc.array(socket, { maxLength: 30 }),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 120 }),
      fc.constantFrom(UNICODE_LOOK, OPEN_LOOK, ASCII_LOOK),
      fc.record({ full: fc.boolean(), focused: fc.boolean(), offset: fc.nat(30), selected: fc.nat(30) }),
      (listeners, columns, rows, look, parts) => {
        const { grid, surface } = canvas(columns, rows)
        const view = { ...VIEW, ...parts }
        services.paint(surface, services.select(quiet({ listeners }), view), look, view)
        expect(isPrintable(grid)).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})
