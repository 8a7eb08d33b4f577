import { expect, test } from 'vitest'
import { snapshotTable } from '../../src/export/snapshot-table.ts'
import { textTable } from '../../src/export/text-table.ts'
import { textWidth } from '../../src/lib/text.ts'
import type { CheckStatus } from '../../src/model/check.ts'
import { START_MS } from '../engine/samples.ts'
import { MAIL, SERVICES } from '../fixtures/checks.ts'
import { NOW } from '../fixtures/frame.ts'
import { frameOf, row } from './frame.ts'

const frame = frameOf({
  host: { name: 'web-03', os: 'Debian 12', kernel: 'Linux 6.1.0', arch: 'x86_64', cores: 8 },
  listeners: [
    { protocol: 'tcp', address: '::', port: 443, pid: 880, process: 'nginx' },
    { protocol: 'tcp', address: '0.0.0.0', port: 22 },
  ],
  processes: {
    id: 1,
    scan: 1,
    wallMs: START_MS,
    total: 2,
    running: 1,
    matched: 2,
    offset: 0,
    rows: [row({}), row({ pid: 9, user: '利用者', command: 'second', cpuRatio: 0 })],
  },
})

test('reads from the verdict down to the processes', () => {
  expect(snapshotTable(frame, { columns: 100, top: 10 })).toBe(`\
critical  /var 97 % used for 1 min

host      web-03  Debian 12  Linux 6.1.0 x86_64  up 41 d 7 h
cpu       8 cores  load 3.21 2.84 2.12
memory    71 %  22.1 of 31.2 GiB  cached 6.8 GiB
stalled   cpu 4.1 %

MOUNT  USED           SPACE  STATE               TYPE  DEVICE
/nfs   50 %                  no answer for 31 s  nfs4  nas:/
/var   97 %  2.9 of 3.5 TiB                      ext4  /dev/sdb

DEVICE      READ      WRITE
sdb     1.0 MB/s  39.4 MB/s

INTERFACE  STATE        IN
eth0       up     8.4 MB/s

LISTENS  ADDRESS     PID  PROCESS
tcp      0.0.0.0:22
tcp      [::]:443    880  nginx

 PID  USER    CPU %      MEM     TIME  S  COMMAND
4211  node     91.2  1.4 GiB  6:12:40  R  node /srv/api/server.js --port 8443
   9  利用者    0.0  1.4 GiB  6:12:40  R  second
`)
})

test('services stand before the rest, those in trouble first', () => {
  const checks = [SERVICES[1] as CheckStatus, MAIL]
  const section = snapshotTable({ ...frame, wallMs: NOW, checks }, { columns: 100, top: 0 }).split('\n\n')[2]
  expect(section).toBe(`\
STATE   NAME      TYPE  LATENCY  TARGET          REASON
✖ down  mail      tcp            127.0.0.1:25    connection refused by 127.0.0.1:25
● up    postgres  tcp     41 ms  127.0.0.1:5432`)
})

test('in a container with a quota it says of how much of the cores the shares are', () => {
  const host = { ...frame.host, cpuLimit: 0.5 }
  const told = (facts: object) => snapshotTable({ ...frame, host: { ...host, ...facts } }, { columns: 100, top: 0 })
  expect(told({ container: 'docker' })).toContain('cpu       0.5 of 8 cores')
  expect(told({})).toContain('cpu       8 cores')
})

test('each reason has a line that begins with how bad it is; without any, nothing is wrong', () => {
  const reasons = [
    { verdict: 'critical', subject: '/var', text: '97 % used', sinceMs: frame.wallMs },
    { verdict: 'warning', subject: 'memory', text: '92 % used', sinceMs: START_MS, cause: 'java holds 8.4 GiB' },
  ] as const
  const top = (over: object) => snapshotTable({ ...frame, ...over }, { columns: 100, top: 0 }).split('\n\n')[0]
  expect(top({ reasons })).toBe('critical  /var 97 % used\nwarning   memory 92 % used for 1 min, java holds 8.4 GiB')
  expect(top({ verdict: 'ok', reasons: [] })).toBe('ok        nothing wrong')
})

test('no line is wider than the terminal, none has an escape code', () => {
  for (const columns of [20, 40, 80]) {
    const lines = snapshotTable(frame, { columns, top: 10 }).split('\n')
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns)
    expect(lines.join('')).not.toContain('\u001b')
  }
})

test('shows the top processes only, and what could not be measured', () => {
  const failed = { ...frame, failures: { tcp: 'EACCES' } }
  const text = snapshotTable(failed, { columns: 100, top: 1 })
  expect(text).toContain('4211  node')
  expect(text).not.toContain('second')
  expect(text).toContain('not measured: tcp: EACCES')
})

test('a table leaves out columns that are empty everywhere', () => {
  expect(
    textTable(
      [{ heading: 'A' }, { heading: 'B' }, { heading: 'C', align: 'right' }],
      [
        ['x', '', '10'],
        ['yy', '', '9'],
      ],
      80,
    ),
  ).toEqual(['A    C', 'x   10', 'yy   9'])
})
