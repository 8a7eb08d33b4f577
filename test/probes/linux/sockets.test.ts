import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { SystemFiles } from '../../../src/probes/host-files.ts'
import { netstat, parseNetstat, parseSnmp6 } from '../../../src/probes/linux/netstat.ts'
import { sockets } from '../../../src/probes/linux/sockets.ts'
import { parseSnmp, parseSockstat } from '../../../src/probes/linux/tcp.ts'
import { parseTcpState, tcpStates } from '../../../src/probes/linux/tcp-states.ts'
import type { Probe } from '../../../src/probes/probe.ts'
import { bytes, filesOf, recorded } from './recorder.ts'

const SNMP = `Ip: Forwarding DefaultTTL
Ip: 1 64
Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts
Tcp: 1 200 120000 -1 40 30 2 6 5 8010 4644 17 0 9
Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors
Udp: 700 11 4 690 3
UdpLite: InDatagrams NoPorts InErrors
UdpLite: 0 0 99
`
const SOCKSTAT = 'sockets: used 15\nTCP: inuse 9 orphan 2 tw 3 alloc 9 mem 7\nUDP: inuse 4 mem 1\nUDPLITE: inuse 8\n'

test('counters of tcp are found by their names', () => {
  const { counters, gauges } = recorded((out) => parseSnmp(bytes(SNMP), out))
  expect(counters).toEqual({ tcp_segments_sent_total: 4644, tcp_segments_resent_total: 17, tcp_resets_total: 6 })
  expect(gauges).toEqual({ tcp_established_sockets: 5 })
  expect(() => recorded((out) => parseSnmp(bytes('Tcp: OutSegs\nTcp: x\n'), out))).toThrow('OutSegs')
  expect(recorded((out) => parseSnmp(bytes('Tcp: OutSegs\n'), out)).counters).toEqual({})
})

test('sockets in use, waiting, orphaned, and their memory', () => {
  const text = bytes(SOCKSTAT)
  expect(parseSockstat(text, 'TCP')).toEqual({ inUse: 9, waiting: 3, orphans: 2, pages: 7 })
  expect(parseSockstat(text, 'UDP')).toEqual({ inUse: 4, pages: 1 })
  expect(parseSockstat(text, 'TCP6')).toEqual({})
  expect(parseSockstat(undefined, 'TCP')).toEqual({})
})

test('both families of sockets count; without the files nothing is known', () => {
  const both = filesOf({ 'proc/net/sockstat': SOCKSTAT, 'proc/net/sockstat6': 'TCP6: inuse 4\nUDP6: inuse 2\n' })
  expect(recorded((out) => sockets.read(both, out)).gauges).toEqual({
    tcp_sockets: 13,
    tcp_waiting_sockets: 3,
    tcp_orphan_sockets: 2,
    tcp_memory_bytes: 7 * 4096,
    udp_sockets: 6,
  })
  for (const probe of [sockets, netstat, tcpStates]) {
    expect(recorded((out) => probe.read(filesOf({}), out))).toMatchObject({ gauges: {}, counters: {} })
  }
})

const NETSTAT = `TcpExt: SyncookiesSent ListenOverflows ListenDrops TCPHPHits
TcpExt: 1 12 15 9000
IpExt: InNoRoutes ListenDrops
IpExt: 0 77
`

test('what listeners turned away, and packets that udp lost in both families', () => {
  expect(recorded((out) => parseNetstat(bytes(NETSTAT), out)).counters).toEqual({
    tcp_listen_overflows_total: 12,
    tcp_listen_drops_total: 15,
  })
  expect(parseSnmp6(bytes('Ip6InReceives \t3\nUdp6InErrors                    \t5\n'))).toBe(5)
  expect(parseSnmp6(bytes('Udp6NoPorts 5\n'))).toBeUndefined()
  const files = { 'proc/net/netstat': NETSTAT, 'proc/net/snmp': SNMP }
  const errors = (more: Record<string, string>) =>
    recorded((out) => netstat.read(filesOf({ ...files, ...more }), out)).counters.udp_receive_errors_total
  expect(errors({})).toBe(4)
  expect(errors({ 'proc/net/snmp6': 'Udp6InErrors 5\n' })).toBe(9)
})

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const row = (state: string) =>
  `   0: 0100007F:1F90 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 12345 1 0 100 0 0 10 0\n`

const folders: string[] = []
const servers: (Server | Socket)[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  for (const one of servers.splice(0)) 'destroy' in one ? one.destroy() : one.close()
})

function tree(content: Readonly<Record<string, string>>): SystemFiles {
  const root = mkdtempSync(join(tmpdir(), 'sockets-'))
  folders.push(root)
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return new SystemFiles(root)
}

test('states have the names of ss; those that nobody is in are there with zero', () => {
  const files = tree({
    'proc/net/tcp': HEAD + ['0A', '01', '06', '06', '0C', '03', 'FF'].map(row).join(''),
    'proc/net/tcp6': HEAD + row('01'),
  })
  expect(recorded((out) => tcpStates.read(files, out)).gauges).toEqual({
    'tcp_states{state="established"}': 2,
    'tcp_states{state="syn-sent"}': 0,
    'tcp_states{state="syn-recv"}': 2,
    'tcp_states{state="fin-wait-1"}': 0,
    'tcp_states{state="fin-wait-2"}': 0,
    'tcp_states{state="time-wait"}': 2,
    'tcp_states{state="close"}': 0,
    'tcp_states{state="close-wait"}': 0,
    'tcp_states{state="last-ack"}': 0,
    'tcp_states{state="listen"}': 1,
    'tcp_states{state="closing"}': 0,
  })
  expect(parseTcpState(bytes('0: 0100007F:1F90'))).toBeUndefined()
})

test('too many sockets are not walked over', () => {
  const read = (inUse: number, waiting: number) =>
    recorded((out) =>
      tcpStates.read(
        tree({
          'proc/net/tcp': HEAD + row('01'),
          'proc/net/sockstat': `TCP: inuse ${inUse} orphan 0 tw ${waiting} alloc 1 mem 1\n`,
        }),
        out,
      ),
    ).gauges
  expect(read(10_000, 10_001)).toEqual({})
  expect(read(10_000, 10_000)).not.toEqual({})
})

const onLinux = test.runIf(process.platform === 'linux')

function readMachine(probe: Probe) {
  const files = new SystemFiles('/')
  try {
    return recorded((out) => probe.read(files, out))
  } finally {
    files.close()
  }
}

/** Lines of ss(8) for sockets of these states; undefined where it is not installed. */
function ss(...args: string[]): number | undefined {
  try {
    return execFileSync('ss', ['-H', '-a', '-n', ...args], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean).length
  } catch {
    return undefined
  }
}

/** A listener with one connection to it: both ends are ours. */
async function connection(): Promise<void> {
  const server = createServer((socket) => servers.push(socket))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const client = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1')
  servers.push(client)
  const accepted = new Promise((resolve) => server.once('connection', resolve))
  await new Promise((resolve) => client.once('connect', resolve))
  await accepted
}

onLinux('this machine: connections of ours are counted, at both of their ends', async () => {
  const connections = 20
  for (let at = 0; at < connections; at++) await connection()
  const { gauges } = readMachine(tcpStates)
  // Others may come and go meanwhile; ours are there for sure.
  expect(gauges['tcp_states{state="established"}']).toBeGreaterThanOrEqual(2 * connections)
  expect(gauges['tcp_states{state="listen"}']).toBeGreaterThanOrEqual(1)
  expect(readMachine(sockets).gauges.tcp_established_sockets).toBeGreaterThanOrEqual(2 * connections)
})

/** Whether a number of ours lies within what the other source said before and after it; others open sockets all the time. */
async function between(own: () => number | undefined, other: () => number | undefined): Promise<void> {
  await expect
    .poll(
      () => {
        const before = other()
        const value = own()
        return before === other() && before === value
      },
      { timeout: 10_000, interval: 20 },
    )
    .toBe(true)
}

test.runIf(ss('-t') !== undefined)('this machine: the numbers of ss(8)', async () => {
  await connection()
  const state = (name: string) => () => readMachine(tcpStates).gauges[`tcp_states{state="${name}"}`]
  await between(state('established'), () => ss('-t', 'state', 'established'))
  await between(state('listen'), () => ss('-t', 'state', 'listening'))
  await between(
    () => readMachine(sockets).gauges.tcp_established_sockets,
    () => ss('-t', 'state', 'established', 'state', 'close-wait'),
  )
  await between(
    () => readMachine(sockets).gauges.udp_sockets,
    () => ss('-u'),
  )
})

onLinux('this machine: counters stand where awk finds them', () => {
  const field = (file: string, heading: string, name: string) =>
    Number(
      execFileSync(
        'awk',
        [
          `$1=="${heading}" && !n {for (i=2;i<=NF;i++) if ($i=="${name}") n=i; next} $1=="${heading}" {print $n; exit}`,
          file,
        ],
        { encoding: 'utf8' },
      ),
    )
  const snmp6 = () =>
    Number(execFileSync('awk', ['$1=="Udp6InErrors" {print $2}', '/proc/net/snmp6'], { encoding: 'utf8' }))
  const all = () => [
    field('/proc/net/snmp', 'Tcp:', 'OutSegs'),
    field('/proc/net/snmp', 'Tcp:', 'EstabResets'),
    field('/proc/net/netstat', 'TcpExt:', 'ListenOverflows'),
    field('/proc/net/netstat', 'TcpExt:', 'ListenDrops'),
    field('/proc/net/snmp', 'Udp:', 'InErrors') + snmp6(),
  ]
  const least = all()
  const counters = { ...readMachine(sockets).counters, ...readMachine(netstat).counters }
  const most = all()
  const own = [
    counters.tcp_segments_sent_total,
    counters.tcp_resets_total,
    counters.tcp_listen_overflows_total,
    counters.tcp_listen_drops_total,
    counters.udp_receive_errors_total,
  ]
  for (const [index, value] of own.entries()) {
    expect(value, String(index)).toBeGreaterThanOrEqual(least[index] ?? Number.NaN)
    expect(value, String(index)).toBeLessThanOrEqual(most[index] ?? Number.NaN)
  }
})
