import { describe, expect, test } from 'vitest'
import { network } from '../../../src/ui/panels/network.ts'
import { mainInterface } from '../../../src/ui/panels/network-data.ts'
import { frameOf, link, net } from '../../fixtures/frame.ts'
import { OPEN_LOOK, panelText, UNICODE_LOOK } from '../lists.ts'
import { coloursOf, fullRows, RICH } from './machines.ts'

const tcpLine = (values: Readonly<Record<string, number>>, columns = 60) =>
  panelText(network, frameOf({ values }), [columns, 7], UNICODE_LOOK).split('\n').at(-2) ?? ''

describe('the line of TCP', () => {
  test('of a machine that is well', () => {
    expect(tcpLine({})).toContain('│ tcp 412  waiting 96  resent 0.1 %  dropped 0  ')
  })
  test('what is lost comes first, in warn', () => {
    const values = { [net('dropped_per_second', 'eth0')]: 14, [net('errors_per_second', 'eth0')]: 3.2 }
    expect(tcpLine(values)).toContain('│ tcp 412  dropped 14/s  errors 3.2/s  waiting 96 ')
    expect(coloursOf(network, frameOf({ values }), [60, 7], UNICODE_LOOK, '14/s')).toEqual(['warn'])
    expect(coloursOf(network, frameOf(), [60, 7], UNICODE_LOOK, 'dropped 0')).toEqual(['dim'])
  })
  test('while nothing is sent the share that was resent stays, so that the line does not jump', () => {
    const frame = frameOf()
    const value = (key: string) => (key === 'tcp_resent_ratio' ? undefined : frame.metrics.value(key))
    const text = panelText(network, { ...frame, metrics: { ...frame.metrics, value } }, [60, 7], UNICODE_LOOK)
    expect(text).toContain('│ tcp 412  waiting 96  resent 0.1 %  dropped 0  ')
  })
  test('connections that are turned away, and lost packets of UDP', () => {
    const values = { tcp_listen_overflows_per_second: 2, udp_receive_errors_per_second: 120 }
    expect(tcpLine(values)).toContain('tcp 412  turned away 2.0/s  udp lost 120/s')
  })
})

test('of several real interfaces the one with most traffic is meant, whatever their order', () => {
  const interfaces = ['eth0', 'eth1'].map((name) => ({ name, up: true, virtual: false }))
  const { metrics, wallMs } = frameOf({ values: { ...link('eth1', 90, 90) } })
  expect(mainInterface({ metrics, interfaces, wallMs })).toBe('eth1')
  expect(mainInterface({ metrics, interfaces: [...interfaces].reverse(), wallMs })).toBe('eth1')
  expect(mainInterface({ metrics, interfaces: [], wallMs })).toBeUndefined()
})

describe('in full', () => {
  const plain = (rows: readonly string[]) => rows.map((line) => line.replace(/[▁-█]+/g, '▅'))
  test('packets, speed and its used share; sockets by what they are at; what is lost', () => {
    const rows = fullRows(network, frameOf({ values: RICH }), [120, 36], UNICODE_LOOK)
    expect(plain(rows.slice(rows.findIndex((row) => row.includes('Interfaces'))))).toMatchInlineSnapshot(`
      [
        "╭ Interfaces ────────────────────────────────────────────────────────────────────────────────── 2 measured, last 2 min ╮",
        "│ INTERFACE         STATE                    IN  PACKETS               OUT  PACKETS   USED      SPEED  ERRORS  DROPPED │",
        "│ eth0              up     ▅  8.4 MB/s    8 120  ▅ 21.7 MB/s   11.2 k   17 %   125 MB/s       ·        · │",
        "│ lo                up     ▅  0.2 MB/s           ▅  0.2 MB/s                                           · │",
        "╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯",
        "╭ Sockets ─────────────────────────────────────────────────╮╭ Lost ────────────────────────────────────────────────────╮",
        "│ tcp          ▅      412           ││ resent       ▅      0.1 %         │",
        "│ established  ▅      380           ││ resets       ▅      0.2/s         │",
        "│ close-wait   ▅        3           ││ turned away  ▅        0/s         │",
        "│ orphans      ▅        2           ││ udp lost     ▅        0/s         │",
        "╰──────────────────────────────────────────────────────────╯╰──────────────────────────────────────────────────────────╯",
      ]
    `)
  })
  test('80x24 keeps losses rather than packets', () => {
    const rows = fullRows(network, frameOf({ values: RICH }), [80, 20], OPEN_LOOK)
    expect(rows.find((row) => row.includes('INTERFACE'))).toMatchInlineSnapshot(
      `" INTERFACE       STATE         IN        OUT   USED      SPEED  ERRORS  DROPPED"`,
    )
  })
  test('a link without traffic has no axis of single bytes', () => {
    const values = { ...link('eth0', 0, 0) }
    expect(fullRows(network, frameOf({ values }), [120, 36], UNICODE_LOOK)[1]).toMatch(/^│ +20 kB\/s /)
  })
  test('a machine that counts no sockets says so', () => {
    const values = { tcp_sockets: undefined, tcp_waiting_sockets: undefined, tcp_resent_ratio: undefined }
    const text = fullRows(network, frameOf({ values }), [120, 36], UNICODE_LOOK).join('\n')
    expect(text).toContain('sockets are not counted here')
    expect(text).toContain('this kernel does not tell')
  })
})
