import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { icmp, icmpWith } from '../../src/checks/icmp.ts'
import type { Spawn } from '../../src/lib/run-program.ts'
import { has } from '../probes/linux/machine.ts'
import { alive, complaints, context, program, settingsOf, temporaryFolder } from './asking.ts'

const pings = has('ping', '-c', '1', '127.0.0.1')
const settings = (written: object) => settingsOf(icmp, { host: '127.0.0.1', ...written })

/** The check with a ping that the test wrote. */
function withPing(text: string) {
  const path = program(temporaryFolder(), 'ping', text)
  const instead: Spawn = (_, args, options) => spawn(path, args, options)
  return icmpWith(instead, 'linux')
}

const STATISTICS = (received: number) =>
  `echo 'PING db (192.0.2.5) 56(84) bytes of data.'; echo '3 packets transmitted, ${received} received, x% packet loss, time 405ms'`
const RTT = "echo 'rtt min/avg/max/mdev = 700.1/812.4/900.0/1.0 ms'"

test.runIf(pings || process.env.CI)('this machine answers its own ping', async () => {
  const outcome = await icmp.run(settings({}), context())
  expect(outcome).toMatchObject({
    state: 'up',
    expectations: [{ name: 'loss', met: true, found: '0%, 3 of 3 answered', wanted: '<34%' }],
    facts: [{ name: 'answer' }, { name: 'from', value: '127.0.0.1' }],
    values: [
      { label: 'rtt', unit: 's' },
      { label: 'loss', value: 0, unit: '%' },
    ],
  })
  expect(outcome.latencyS).toBeGreaterThan(0)
  expect(outcome.latencyS).toBe(outcome.values?.[0]?.value)
})

test('one of three may be lost, two may not', async () => {
  const two = await withPing(`${STATISTICS(2)}; ${RTT}`).run(settings({}), context())
  expect(two.state).toBe('up')
  const one = await withPing(`${STATISTICS(1)}; ${RTT}; exit 0`).run(settings({}), context())
  expect(one).toMatchObject({
    state: 'degraded',
    reason: 'loss',
    error: '2 of 3 pings to 127.0.0.1 got no answer, expected loss <34%',
  })
})

test('the loss that is allowed can be said', async () => {
  const outcome = await withPing(`${STATISTICS(2)}; ${RTT}`).run(settings({ loss: '0%' }), context())
  expect(outcome).toMatchObject({
    state: 'degraded',
    error: '1 of 3 pings to 127.0.0.1 got no answer, expected loss 0%',
  })
})

test('slower than expected is degraded', async () => {
  const outcome = await withPing(`${STATISTICS(3)}; ${RTT}`).run(settings({ latency: '500ms' }), context())
  expect(outcome).toMatchObject({
    state: 'degraded',
    reason: 'slow',
    error: 'a round trip to 127.0.0.1 took 812 ms, expected under 500 ms',
    latencyS: 0.8124,
  })
})

test('no answer is down, whatever loss is allowed', async () => {
  const outcome = await withPing(`${STATISTICS(0)}; exit 1`).run(settings({ loss: '<=100%' }), context())
  expect(outcome).toMatchObject({ state: 'down', reason: 'timeout', error: 'no answer from 127.0.0.1 to 3 pings' })
  expect(outcome.latencyS).toBeUndefined()
  expect(outcome.values).toEqual([{ label: 'loss', value: 100, unit: '%' }])
})

test('who cannot reach the host is named', async () => {
  const from = "echo 'From 192.0.2.254 icmp_seq=1 Destination Host Unreachable'"
  const outcome = await withPing(`${from}; ${STATISTICS(0)}; exit 1`).run(settings({}), context())
  expect(outcome).toMatchObject({
    state: 'down',
    reason: 'unreachable',
    error: '127.0.0.1 cannot be reached, says 192.0.2.254: Destination Host Unreachable',
  })
})

test.each([
  ['ping: db: Name or service not known', 2, 'down', 'dns', 'there is no host db: its name has no address'],
  ["ping: bad address 'db'", 1, 'down', 'dns', 'there is no host db: its name has no address'],
  ['ping: cannot resolve db: Unknown host', 68, 'down', 'dns', 'there is no host db: its name has no address'],
  [
    'ping: db: Temporary failure in name resolution',
    2,
    'down',
    'dns',
    'db could not be resolved: no name server answered',
  ],
  [
    'ping: socktype: SOCK_RAW\nping: socket: Operation not permitted',
    2,
    'unknown',
    'permission',
    'this user may not send pings: socktype: SOCK_RAW',
  ],
  [
    'ping: permission denied (are you root?)',
    1,
    'unknown',
    'permission',
    'this user may not send pings: permission denied (are you root?)',
  ],
  [
    'ping: connect: Network is unreachable',
    2,
    'down',
    'unreachable',
    'there is no way to db: connect: Network is unreachable',
  ],
  ['ping: 127.0.0.1: Address family for hostname not supported', 2, 'down', 'dns', 'db has no address of this family'],
])('%s', async (stderr, code, state, reason, error) => {
  const check = withPing(`cat >&2 <<'END'\n${stderr}\nEND\nexit ${code}`)
  expect(await check.run(settings({ host: 'db' }), context())).toMatchObject({ state, reason, error })
})

test.runIf(pings)('a name that cannot be is told by the real ping', async () => {
  const outcome = await icmp.run(settings({ host: 'no_such_host.invalid' }), context())
  expect(outcome).toMatchObject({ state: 'down', reason: 'dns' })
})

test('no ping at all is not known', async () => {
  const none: Spawn = (_, args, options) => spawn('healthtop-no-such-program', args, options)
  expect(await icmpWith(none, 'linux').run(settings({}), context())).toMatchObject({
    state: 'unknown',
    error: 'no ping program on this machine; install iputils-ping',
  })
})

test('a ping that knows fewer arguments is asked more plainly', async () => {
  const old = withPing(
    `case "$*" in *-i*) echo "ping: invalid option -- 'i'" >&2; exit 1;; esac; ${STATISTICS(3)}; echo "$@" >&2; ${RTT}`,
  )
  expect(await old.run(settings({}), context())).toMatchObject({ state: 'up' })
})

test('a ping that hangs ends with the signal', async () => {
  const folder = temporaryFolder()
  const check = withPing(`echo $$ > ${folder}/pid; exec sleep 600`)
  await expect(check.run(settings({}), context({ timeoutMs: 1000 }))).rejects.toMatchObject({ name: 'TimeoutError' })
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'))
  await vi.waitFor(() => expect(alive(pid)).toBe(false), { timeout: 5000 })
})

test('one that drips ends with the signal too', async () => {
  const check = withPing('while :; do echo 64 bytes; sleep 0.05; done')
  await expect(check.run(settings({}), context({ timeoutMs: 500 }))).rejects.toMatchObject({ name: 'TimeoutError' })
})

test('garbage is told as such, without what a terminal would obey', async () => {
  const check = withPing("printf '\\033[31mred\\000' >&2; head -c 3000 /dev/urandom; exit 1")
  expect(await check.run(settings({}), context())).toMatchObject({ state: 'unknown', error: 'ping: [31mred' })
})

test('an endless answer is cut off', async () => {
  await expect(withPing('exec yes').run(settings({}), context())).rejects.toThrow('wrote more than 1 MB')
})

test.each([
  ['ping://127.0.0.1', '127.0.0.1'],
  ['icmp://db.example/', 'db.example'],
  ['ping:localhost', 'localhost'],
  ['ping://[::1]', '::1'],
])('%s', (target, host) => {
  expect(icmp.parseTarget(target, undefined)).toEqual(settings({ host }))
})

test('targets that name no host say what was expected', () => {
  for (const target of ['ping://', 'ping://-f', 'ping://a/b', 'ping://a b'])
    expect(() => icmp.parseTarget(target, undefined)).toThrow('expected ping://HOST')
  expect(() => icmp.parseTarget('ping://db:80', undefined)).toThrow('a ping has no port')
  expect(() => icmp.parseTarget('ping://db', 'soon')).toThrow('such as 50ms, got "soon"')
  expect(icmp.parseTarget('ping://db', '50ms').latency).toBe(50)
})

test('a host is never taken for an option', () => {
  expect(complaints(icmp, { host: '-f' })).toEqual(['host: expected a host name or an address'])
  expect(complaints(icmp, { host: 'db', family: 5 })).toEqual(['family: expected one of ipv4, ipv6, got 5'])
})
