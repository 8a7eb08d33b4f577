import { expect, test } from 'vitest'
import { parsePing } from '../../../src/checks/icmp/output.ts'

const IPUTILS = `PING localhost (127.0.0.1) 56(84) bytes of data.
64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.029 ms
64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=0.048 ms

--- localhost ping statistics ---
3 packets transmitted, 2 received, 33.3333% packet loss, time 405ms
rtt min/avg/max/mdev = 0.029/0.039/0.048/0.007 ms
`
const IPUTILS_UNREACHABLE = `PING 192.0.2.7 (192.0.2.7) 56(84) bytes of data.
From 192.0.2.254 icmp_seq=1 Destination Host Unreachable
From 192.0.2.254 icmp_seq=2 Destination Host Unreachable

--- 192.0.2.7 ping statistics ---
2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 1022ms
pipe 2
`
const IPUTILS_SIX = `PING ::1(::1) 56 data bytes
64 bytes from ::1: icmp_seq=1 ttl=64 time=0.020 ms

--- ::1 ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time 0ms
rtt min/avg/max/mdev = 0.020/0.020/0.020/0.000 ms
`
const BUSYBOX = `PING 127.0.0.1 (127.0.0.1): 56 data bytes
64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.055 ms
64 bytes from 127.0.0.1: seq=1 ttl=64 time=0.070 ms
64 bytes from 127.0.0.1: seq=2 ttl=64 time=0.078 ms

--- 127.0.0.1 ping statistics ---
3 packets transmitted, 3 packets received, 0% packet loss
round-trip min/avg/max = 0.055/0.067/0.078 ms
`
const MACOS = `PING example.com (192.0.2.10): 56 data bytes
64 bytes from 192.0.2.10: icmp_seq=0 ttl=56 time=10.123 ms
Request timeout for icmp_seq 1

--- example.com ping statistics ---
2 packets transmitted, 1 packets received, 50.0% packet loss
round-trip min/avg/max/stddev = 10.123/10.123/10.123/0.000 ms
`
const MACOS_UNREACHABLE = `PING 192.0.2.7 (192.0.2.7): 56 data bytes
92 bytes from 192.0.2.254: Destination Host Unreachable
Vr HL TOS  Len   ID Flg  off TTL Pro  cks      Src      Dst
 4  5  00 5400 6f5b   0 0000  3f  01 ecb0 192.0.2.1  192.0.2.7

--- 192.0.2.7 ping statistics ---
1 packets transmitted, 0 packets received, 100.0% packet loss
`
const MACOS_SIX = `PING6(56=40+8+8 bytes) ::1 --> ::1
16 bytes from ::1, icmp_seq=0 hlim=64 time=0.071 ms

--- ::1 ping6 statistics ---
1 packets transmitted, 1 packets received, 0.0% packet loss
round-trip min/avg/max/std-dev = 0.071/0.071/0.071/0.000 ms
`

const told = (text: string) => {
  const report = parsePing(text)
  return report && { ...report, rtt: report.rtt && Object.values(report.rtt).map((s) => Math.round(s * 1e6)) }
}

test.each([
  ['iputils', IPUTILS, { sent: 3, received: 2, from: '127.0.0.1', rtt: [29, 39, 48] }],
  ['iputils, IPv6', IPUTILS_SIX, { sent: 1, received: 1, from: '::1', rtt: [20, 20, 20] }],
  ['BusyBox', BUSYBOX, { sent: 3, received: 3, from: '127.0.0.1', rtt: [55, 67, 78] }],
  ['macOS', MACOS, { sent: 2, received: 1, from: '192.0.2.10', rtt: [10_123, 10_123, 10_123] }],
  ['macOS, IPv6', MACOS_SIX, { sent: 1, received: 1, from: '::1', rtt: [71, 71, 71] }],
])('%s tells loss, round trips and the address', (_, text, expected) => {
  expect(told(text)).toEqual(expected)
})

test.each([
  ['iputils', IPUTILS_UNREACHABLE, 2],
  ['macOS', MACOS_UNREACHABLE, 1],
])('%s tells who cannot reach the host', (_, text, sent) => {
  expect(told(text)).toMatchObject({ sent, received: 0, refusal: '192.0.2.254: Destination Host Unreachable' })
})

test('answers that came twice are no more than were asked for', () => {
  const text = '2 packets transmitted, 3 received, +1 duplicates, 0% packet loss, time 1ms'
  expect(told(text)).toEqual({ sent: 2, received: 2 })
})

test.each(['', 'PING localhost (127.0.0.1) 56(84) bytes of data.\n', '\0\u001b[31m'.repeat(1000)])(
  'what never came to its statistics is no answer',
  (text) => {
    expect(parsePing(text)).toBeUndefined()
  },
)

test('nothing of it reaches a terminal raw', () => {
  const text = `From \u001b[31m icmp_seq=1 Destination \u001b]0;x\u0007\n1 packets transmitted, 0 received\n`
  expect(parsePing(text)?.refusal).toBe('[31m: Destination ]0;x')
})
