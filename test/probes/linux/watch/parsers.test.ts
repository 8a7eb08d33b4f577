import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseArguments } from '../../../../src/probes/linux/watch/arguments.ts'
import { capabilityNames } from '../../../../src/probes/linux/watch/capabilities.ts'
import { kindOf, parseDescriptor, parseMountTypes, undeleted } from '../../../../src/probes/linux/watch/descriptor.ts'
import { parseEnvironment } from '../../../../src/probes/linux/watch/environment.ts'
import { parseGroups } from '../../../../src/probes/linux/watch/groups.ts'
import { parseIonice } from '../../../../src/probes/linux/watch/ionice.ts'
import { openFilesLimit, parseLimits } from '../../../../src/probes/linux/watch/limits.ts'
import { parseNamespace } from '../../../../src/probes/linux/watch/namespaces.ts'
import { parseRollup } from '../../../../src/probes/linux/watch/rollup.ts'
import { schedulerOf } from '../../../../src/probes/linux/watch/scheduler.ts'
import { groupSockets, type OwnSocket } from '../../../../src/probes/linux/watch/socket-groups.ts'
import { parseInetLine, parseUnixLine } from '../../../../src/probes/linux/watch/socket-lines.ts'
import { parseTaskStat } from '../../../../src/probes/linux/watch/stat.ts'
import { parseStatus, parseSwitches } from '../../../../src/probes/linux/watch/status.ts'
import { terminalName } from '../../../../src/probes/linux/watch/terminal.ts'
import { bytes } from '../recorder.ts'

const STATUS = `Name:	Uid:
Uid:	1000	1001	1000	1000
Gid:	100	100	100	100
Groups:	4 24 100 
NSpid:	4711	7
VmRSS:	     100 kB
VmSwap:	      12 kB
Threads:	9
CapEff:	0000000000000400
NoNewPrivs:	1
Seccomp:	2
Cpus_allowed_list:	0-3,6
voluntary_ctxt_switches:	150
nonvoluntary_ctxt_switches:	545
`

test('status: ids, swap, threads, switches, and what it may', () => {
  expect(parseStatus(bytes(STATUS))).toEqual({
    uid: 1000,
    gid: 100,
    groups: [4, 24, 100],
    namespacePids: [4711, 7],
    residentBytes: 100 * 1024,
    swapBytes: 12 * 1024,
    threads: 9,
    capabilities: ['cap_net_bind_service'],
    noNewPrivileges: true,
    seccomp: 'filter',
    affinity: '0-3,6',
    voluntarySwitches: 150,
    forcedSwitches: 545,
  })
  expect(parseSwitches(bytes(STATUS))).toEqual({ voluntary: 150, forced: 545 })
  expect(parseStatus(bytes('Name:\tkthreadd\nUid:\tx\n'))).toEqual({ groups: [], namespacePids: [] })
  expect(parseSwitches(bytes('Name:\tx\n'))).toBeUndefined()
})

test('capabilities by name, all of them as one word, those without a name by number', () => {
  expect(capabilityNames('0000000000000000')).toEqual([])
  expect(capabilityNames('00000000a80425fb')).toContain('cap_net_raw')
  expect(capabilityNames('00000000a80425fb')).toHaveLength(14)
  expect(capabilityNames('000001ffffffffff')).toEqual(['all'])
  expect(capabilityNames('0000020000000001')).toEqual(['cap_chown', 'cap_41'])
  expect(capabilityNames('nonsense')).toBeUndefined()
})

test('limits with their units, unlimited ones without a number', () => {
  const limits = parseLimits(
    bytes(
      [
        'Limit                     Soft Limit           Hard Limit           Units     ',
        'Max cpu time              unlimited            unlimited            seconds   ',
        'Max open files            1024                 524288               files     ',
        'Max nice priority         0                    0                    ',
        '',
      ].join('\n'),
    ),
  )
  expect(limits).toEqual([
    { name: 'cpu time', unit: 'seconds' },
    { name: 'open files', soft: 1024, hard: 524288, unit: 'files' },
    { name: 'nice priority', soft: 0, hard: 0 },
  ])
  expect(openFilesLimit(limits)).toBe(1024)
  expect(openFilesLimit([])).toBeUndefined()
})

test('arguments one by one, safe to show, 100 KB of them too', () => {
  expect(parseArguments(bytes('node\0a b\0\0--x=\x1b[2J\0'))).toEqual(['node', 'a b', '', '--x=[2J'])
  expect(parseArguments(bytes('nginx: master process\0\0\0   '))).toEqual(['nginx: master process'])
  expect(parseArguments(bytes(''))).toEqual([])
  const many = Array.from({ length: 20_000 }, (_, index) => `a${index}`)
  expect(parseArguments(bytes(`${many.join('\0')}\0`))).toEqual(many)
})

test('secrets are known by their names, and by passwords in URLs', () => {
  const text = 'PATH=/bin\0API_KEY=1\0dbPassword=2\0URL=redis://:pw@h/0\0HOME=http://h/a:b@c\0=x\0junk\0EMPTY=\0'
  expect(parseEnvironment(bytes(text))).toEqual([
    { name: 'PATH', value: '/bin', secret: false },
    { name: 'API_KEY', value: '1', secret: true },
    { name: 'dbPassword', value: '2', secret: true },
    { name: 'URL', value: 'redis://:pw@h/0', secret: true },
    { name: 'HOME', value: 'http://h/a:b@c', secret: false },
    { name: 'EMPTY', value: '', secret: false },
  ])
  const secret = ['AWS_SECRET_ACCESS_KEY', 'GH_TOKEN', 'SENTRY_DSN', 'PGPASS', 'GOOGLE_APPLICATION_CREDENTIALS', 'AUTH']
  for (const name of secret) expect(parseEnvironment(bytes(`${name}=x`))[0]?.secret, name).toBe(true)
  expect(parseEnvironment(bytes('PWD=/root\0OLDPWD=/\0MYSQL_PWD=x')).map((one) => one.secret)).toEqual([
    false,
    false,
    true,
  ])
})

test('a line of stat, whatever the name has in it', () => {
  const rest = Array.from({ length: 49 }, (_, index) => index + 4)
  const stat = parseTaskStat(bytes(`77 (a) (b\n) S ${rest.join(' ')}\n`))
  expect(stat).toMatchObject({ id: 77, name: 'a) (b ', state: 'S', ppid: 4, terminal: 7, faults: 10, majorFaults: 12 })
  expect(stat).toMatchObject({ userTicks: 14, systemTicks: 15, threads: 20, startTicks: 22, residentPages: 24 })
  expect(stat).toMatchObject({ core: 39, realtimePriority: 40, policy: 41, blockedTicks: 42 })
  expect(parseTaskStat(bytes(''))).toBeUndefined()
  expect(parseTaskStat(bytes('77 (cut) S 1 1'))).toBeUndefined()
})

test('schedulers and terminals by their names', () => {
  expect(schedulerOf({ policy: 0, realtimePriority: 0 })).toBe('default')
  expect(schedulerOf({ policy: 1, realtimePriority: 10 })).toBe('fifo 10')
  expect(schedulerOf({ policy: 3, realtimePriority: 0 })).toBe('batch')
  expect(schedulerOf({ policy: 99, realtimePriority: 0 })).toBeUndefined()
  expect(terminalName(0)).toBeUndefined()
  expect(terminalName(34819)).toBe('pts/3')
  expect(terminalName(0x10_8802)).toBe('pts/258')
  expect(terminalName(1025)).toBe('tty1')
  expect(terminalName(1088)).toBe('ttyS0')
})

test('descriptors: how they are open, where, and how far', () => {
  expect(parseDescriptor(bytes('pos:\t1847\nflags:\t0100001\nmnt_id:\t27\nino:\t9\n'))).toEqual({
    position: 1847,
    mode: 'write',
    folder: false,
    mount: 27,
  })
  expect(parseDescriptor(bytes('pos:\t0\nflags:\t0300000\nmnt_id:\t1\n'))).toMatchObject({ mode: 'read', folder: true })
  expect(parseDescriptor(bytes('pos:\t0\nflags:\t02\nmnt_id:\t1\n'))).toMatchObject({ mode: 'both' })
  expect(parseDescriptor(bytes('pos:\t0\n'))).toBeUndefined()
  const links = ['socket:[1]', 'pipe:[2]', 'anon_inode:[eventpoll]', '/dev/null', '/dev/shm/x', '/a', 'net:[3]']
  expect(links.map(kindOf)).toEqual(['socket', 'pipe', 'event', 'device', 'file', 'file', 'other'])
  expect(undeleted('/a (deleted)')).toEqual({ path: '/a', deleted: true })
  expect(undeleted('/a')).toEqual({ path: '/a', deleted: false })
})

test('types of mounts by id, with and without optional fields', () => {
  const types = parseMountTypes(
    bytes('27 1 8:1 / / rw shared:1 master:2 - ext4 /dev/sda1 rw\n36 27 0:3 / /n rw - nfs4 s:/n rw\ncut'),
  )
  expect([...types]).toEqual([
    [27, 'ext4'],
    [36, 'nfs4'],
  ])
})

test('what memory is made of', () => {
  const text =
    '00400000-7fff vsyscall [rollup]\nRss: 100 kB\nPss: 50 kB\nShared_Clean: 10 kB\nShared_Dirty: 5 kB\nPrivate_Clean: 20 kB\nPrivate_Dirty: 65 kB\nAnonymous: 60 kB\nSwap: 3 kB\n'
  expect(parseRollup(bytes(text))).toEqual({
    proportionalBytes: 50 * 1024,
    privateBytes: 85 * 1024,
    sharedBytes: 15 * 1024,
    swapBytes: 3 * 1024,
    anonymousBytes: 60 * 1024,
  })
  expect(parseRollup(bytes('Pss: 1 kB\n'))).toEqual({ proportionalBytes: 1024 })
})

test('namespaces, groups and I/O classes', () => {
  expect(parseNamespace('net:[4026531840]')).toBe(4026531840)
  expect(parseNamespace('net')).toBeUndefined()
  expect([...parseGroups(bytes('root:x:0:\nadm:x:4:a,b\nbroken\nadmin:x:4:\n'))]).toEqual([
    [0, 'root'],
    [4, 'adm'],
  ])
  expect(parseIonice('none: prio 0\n')).toBe('none')
  expect(parseIonice('idle\n')).toBe('idle')
  expect(parseIonice('best-effort: prio 4\n')).toBe('best-effort 4')
  expect(parseIonice('realtime: prio 0\n')).toBe('realtime 0')
  expect(parseIonice('usage: ionice')).toBeUndefined()
})

test('lines of socket tables', () => {
  const line = bytes('   3: 0100007F:1F90 0200007F:C350 08 00000010:00000005 00:00000000 00000000  0  0 12345 1 0')
  expect(parseInetLine(line, 'tcp')).toEqual({
    inode: 12345,
    state: 'unclosed',
    local: '0100007F:1F90',
    remote: '0200007F:C350',
    receiveQueue: 5,
    sendQueue: 16,
  })
  expect(parseInetLine(bytes('cut'), 'tcp')).toBeUndefined()
  const unix = '00000000f8fb5265: 00000002 00000000 00010000 0001 01  1057 /run/a b.sock'
  expect(parseUnixLine(bytes(unix))).toEqual({ inode: 1057, state: 'listen', path: '/run/a b.sock' })
  expect(parseUnixLine(bytes('00000000f8fb5265: 00000003 00000000 00000000 0001 03  1058'))).toEqual({
    inode: 1058,
    state: 'open',
    path: '',
  })
})

const socket = (local: string, remote: string, state: string, over: Partial<OwnSocket> = {}): OwnSocket => ({
  protocol: 'tcp',
  inode: 1,
  state,
  local,
  remote,
  receiveQueue: 1,
  sendQueue: 2,
  ...over,
})

test('connections are one group when only the port of the client differs', () => {
  const groups = groupSockets([
    socket('0100000A:01BB', '0200000A:C001', 'open'),
    socket('0100000A:01BB', '0200000A:C002', 'open'),
    socket('0100000A:01BB', '0300000A:C002', 'open'),
    socket('0100000A:01BB', '0200000A:C003', 'unclosed'),
    socket('0100000A:D001', '0400000A:1538', 'open', { peerProcess: 'postgres' }),
    socket('0100000A:D002', '0400000A:1538', 'open', { peerProcess: 'postgres' }),
    socket('00000000:01BB', '00000000:0000', 'listen'),
  ])
  expect(groups.map(({ state, local, peer, count }) => [state, local, peer, count])).toEqual([
    ['listen', '0.0.0.0:443', '', 1],
    ['open', '10.0.0.1', '10.0.0.4:5432', 2],
    ['open', '10.0.0.1:443', '10.0.0.2', 2],
    ['unclosed', '10.0.0.1:443', '10.0.0.2', 1],
    ['open', '10.0.0.1:443', '10.0.0.3', 1],
  ])
  expect(groups[1]).toMatchObject({ peerProcess: 'postgres', receiveQueue: 2, sendQueue: 4 })
})

test.runIf(process.platform === 'linux')('files of this very process are read', () => {
  const self = (name: string) => readFileSync(`/proc/self/${name}`)
  expect(parseStatus(self('status'))).toMatchObject({ uid: process.getuid?.(), gid: process.getgid?.() })
  expect(parseTaskStat(self('stat'))).toMatchObject({ id: process.pid, ppid: process.ppid })
  expect(parseLimits(self('limits'))).toHaveLength(16)
  expect(parseRollup(self('smaps_rollup')).proportionalBytes).toBeGreaterThan(1e6)
  expect(parseEnvironment(self('environ')).find(({ name }) => name === 'PATH')?.value).toBeDefined()
})
