import { expect, test } from 'vitest'
import { parseNetDev } from '../../../src/probes/linux/net-dev.ts'
import { network } from '../../../src/probes/linux/network.ts'
import { parseSnmp, parseSockstat } from '../../../src/probes/linux/tcp.ts'
import { bytes, filesOf, recorded } from './recorder.ts'

const HEAD = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`
const line = (name: string, received = 0, sent = 0) => `${name}:${received} 9 8 7 6 5 4 3 ${sent} 9 8 2 6 5 4 3\n`

test('bytes and drops of both directions', () => {
  expect(
    parseNetDev(
      bytes(
        `${HEAD}  eth0: 236342099    8066    0    7    0     0          0         0   502105    4707    0    2    0     0       0          0\n`,
      ),
    ),
  ).toEqual([{ path: 'eth0', name: 'eth0', received: 236342099, sent: 502105, dropped: 9 }])
})

test('names of old kernels and of strangers', () => {
  const names = parseNetDev(
    bytes(HEAD + line('eth0:1', 1) + line('\u001b[31mred', 2) + line('wg\u202e0', 3) + line('wg0', 4)),
  )
  expect(names.map(({ name, received }) => [name, received])).toEqual([
    ['eth0:1', 1],
    ['[31mred', 2],
    ['wg0', 3],
  ])
  expect(names[1]?.path).toBe('\u001b[31mred')
})

test('a missing number is named; a last line without newline is read', () => {
  expect(() => parseNetDev(bytes(`${HEAD}eth0: 1 2 3\n`))).toThrow('proc/net/dev: received packets dropped')
  expect(parseNetDev(bytes(HEAD + line('eth0', 5).trimEnd()))).toHaveLength(1)
  expect(parseNetDev(bytes(''))).toEqual([])
})

const SNMP = `Ip: Forwarding DefaultTTL
Ip: 1 64
Tcp: RtoAlgorithm RtoMin RtoMax MaxConn InSegs OutSegs RetransSegs InErrs
Tcp: 1 200 120000 -1 8010 4644 17 0
`

test('tcp counters are found by their names', () => {
  expect(recorded((out) => parseSnmp(bytes(SNMP), out)).counters).toEqual({
    tcp_segments_sent_total: 4644,
    tcp_segments_resent_total: 17,
  })
  expect(() => recorded((out) => parseSnmp(bytes('Tcp: OutSegs\nTcp: x\n'), out))).toThrow('OutSegs')
})

test('sockets in use and waiting', () => {
  const text = 'sockets: used 15\nTCP: inuse 9 orphan 0 tw 3 alloc 9 mem 1\nUDP: inuse 4\n'
  expect(parseSockstat(bytes(text), 'TCP')).toEqual({ inUse: 9, waiting: 3 })
  expect(parseSockstat(bytes(text), 'TCP6')).toEqual({})
  expect(parseSockstat(undefined, 'TCP')).toEqual({})
})

test('both families of sockets count; without the files tcp is absent', () => {
  const base = { 'proc/net/dev': HEAD }
  const both = filesOf({
    ...base,
    'proc/net/sockstat': 'TCP: inuse 9 orphan 0 tw 3 alloc 9 mem 1\n',
    'proc/net/sockstat6': 'TCP6: inuse 4\n',
  })
  expect(recorded((out) => network.read(both, out)).gauges).toEqual({ tcp_sockets: 13, tcp_waiting_sockets: 3 })
  expect(recorded((out) => network.read(filesOf(base), out))).toMatchObject({ gauges: {}, counters: {} })
})

test('who is up, who is virtual, and who nobody wants to see', () => {
  const files = filesOf({
    'proc/net/dev':
      HEAD +
      line('lo') +
      line('eth0', 5) +
      line('eth1') +
      line('tun0', 1) +
      line('ifb0') +
      line('docker0', 9, 9) +
      line('eth0.7') +
      line('wg0'),
    'sys/class/net/lo/operstate': 'unknown\n',
    'sys/class/net/lo/flags': '0x9\n',
    'sys/class/net/eth0/operstate': 'up\n',
    'sys/class/net/eth1/operstate': 'down\n',
    'sys/class/net/tun0/operstate': 'unknown\n',
    'sys/class/net/ifb0/operstate': 'down\n',
    'sys/class/net/docker0/operstate': 'down\n',
    'sys/class/net/eth0.7/operstate': 'lowerlayerdown\n',
    'sys/class/net/wg0/operstate': 'unknown\n',
    'sys/class/net/wg0/flags': '0x90\n',
  })
  const { states, counters } = recorded((out) => network.read(files, out))
  expect(states).toEqual({
    'interface{interface="lo",virtual="true"}': 'up',
    'interface{interface="eth0",virtual="false"}': 'up',
    'interface{interface="eth1",virtual="false"}': 'down',
    'interface{interface="tun0",virtual="false"}': 'up',
    'interface{interface="docker0",virtual="true"}': 'down',
    'interface{interface="wg0",virtual="false"}': 'down',
  })
  expect(counters['network_receive_bytes_total{interface="eth0"}']).toBe(5)
  expect(counters['network_dropped_total{interface="eth0"}']).toBe(9)
})
