import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseNetDev } from '../../../src/probes/linux/net-dev.ts'
import { network } from '../../../src/probes/linux/network.ts'
import { bytes, filesOf, recorded } from './recorder.ts'

const HEAD = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`
const line = (name: string, received = 0, sent = 0) => `${name}:${received} 9 8 7 6 5 4 3 ${sent} 9 8 2 6 5 4 3\n`

test('bytes, packets, drops and errors of both directions', () => {
  expect(
    parseNetDev(
      bytes(
        `${HEAD}  eth0: 236342099    8066    4    7    0     0          0         0   502105    4707    1    2    0     0       0          0\n`,
      ),
    ),
  ).toEqual([
    {
      path: 'eth0',
      name: 'eth0',
      received: 236342099,
      sent: 502105,
      packetsReceived: 8066,
      packetsSent: 4707,
      dropped: 9,
      errors: 5,
    },
  ])
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
  expect(counters['network_errors_total{interface="eth0"}']).toBe(16)
  expect(counters['network_receive_packets_total{interface="eth0"}']).toBe(9)
})

test('speed is bytes a second, where the link has one', () => {
  const files = filesOf({
    'proc/net/dev': HEAD + line('eth0', 1) + line('eth1', 1) + line('eth2', 1) + line('eth3', 1),
    'sys/class/net/eth0/speed': '1000\n',
    'sys/class/net/eth1/speed': '-1\n',
    'sys/class/net/eth2/speed': '2500\n',
  })
  expect(recorded((out) => network.read(files, out)).gauges).toEqual({
    'network_speed_bytes_per_second{interface="eth0"}': 125_000_000,
    'network_speed_bytes_per_second{interface="eth2"}': 312_500_000,
  })
})

/** Files that can be changed, and what was read of them. */
function changing(content: Record<string, string>) {
  const asked: string[] = []
  const optional = (path: string) => {
    asked.push(path)
    const text = content[path]
    return text === undefined ? undefined : bytes(text)
  }
  return { asked, files: { ...filesOf({}), read: (path: string) => bytes(content[path] ?? ''), optional } }
}

test('traffic is read each time, whether a link is up every second time, its speed when that turned', () => {
  const content: Record<string, string> = {
    'proc/net/dev': HEAD + line('eth0', 1),
    'sys/class/net/eth0/operstate': 'down\n',
  }
  const { asked, files } = changing(content)
  const read = () => recorded((out) => network.read(files, out))
  const state = 'interface{interface="eth0",virtual="false"}'
  expect(read().states[state]).toBe('down')
  content['proc/net/dev'] = HEAD + line('eth0', 2)
  content['sys/class/net/eth0/operstate'] = 'up\n'
  content['sys/class/net/eth0/speed'] = '100\n'
  const next = [read(), read()]
  expect(next.map(({ counters }) => counters['network_receive_bytes_total{interface="eth0"}'])).toEqual([2, 2])
  expect(next.at(-1)?.states[state]).toBe('up')
  expect(next.at(-1)?.gauges['network_speed_bytes_per_second{interface="eth0"}']).toBe(12_500_000)
  asked.length = 0
  for (let reading = 0; reading < 20; reading++) read()
  expect(asked).toEqual(Array.from({ length: 10 }, () => 'sys/class/net/eth0/operstate'))
})

interface IpLink {
  readonly ifname: string
  readonly stats64: Readonly<Record<'rx' | 'tx', Readonly<Record<'bytes' | 'packets' | 'errors' | 'dropped', number>>>>
}

function ipLinks(): IpLink[] | undefined {
  try {
    return JSON.parse(execFileSync('ip', ['-j', '-s', 'link'], { encoding: 'utf8' })) as IpLink[]
  } catch {
    return undefined
  }
}

test.runIf(ipLinks() !== undefined)('this machine: the numbers of ip(8), before and after', () => {
  const before = ipLinks() ?? []
  const own = parseNetDev(readFileSync('/proc/net/dev'))
  const after = ipLinks() ?? []
  expect(own.map(({ name }) => name).sort()).toEqual(before.map(({ ifname }) => ifname).sort())
  const numbers = ({ stats64: { rx, tx } }: IpLink) => [
    rx.bytes,
    tx.bytes,
    rx.packets,
    tx.packets,
    rx.errors + tx.errors,
    rx.dropped + tx.dropped,
  ]
  for (const { name, received, sent, packetsReceived, packetsSent, errors, dropped } of own) {
    const least = numbers(before.find(({ ifname }) => ifname === name) as IpLink)
    const most = numbers(after.find(({ ifname }) => ifname === name) as IpLink)
    for (const [index, value] of [received, sent, packetsReceived, packetsSent, errors, dropped].entries()) {
      expect(value, `${name} ${index}`).toBeGreaterThanOrEqual(least[index] ?? Number.NaN)
      expect(value, `${name} ${index}`).toBeLessThanOrEqual(most[index] ?? Number.NaN)
    }
  }
})
