import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { SystemFiles } from '../../../src/probes/host-files.ts'
import { parseAddress } from '../../../src/probes/linux/address.ts'
import { ListenerCollector, parseSocketLine } from '../../../src/probes/linux/listeners.ts'
import { ownersOf } from '../../../src/probes/linux/socket-owners.ts'
import { readSocketTable } from '../../../src/probes/linux/socket-table.ts'
import { bytes } from './recorder.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const socket = (local: string, state: string, inode: number, remote = '00000000:0000') =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 00000000f0e3c797 100 0 0 10 0\n`

/** A tree with these tables, and processes with their sockets. */
function tree(
  tables: Readonly<Record<string, string>>,
  processes: Readonly<Record<number, [string, number[]]>> = {},
): string {
  const root = mkdtempSync(join(tmpdir(), 'listeners-'))
  folders.push(root)
  mkdirSync(join(root, 'proc/net'), { recursive: true })
  for (const [name, text] of Object.entries(tables)) writeFileSync(join(root, 'proc/net', name), text)
  for (const [pid, [comm, inodes]] of Object.entries(processes)) {
    mkdirSync(join(root, `proc/${pid}/fd`), { recursive: true })
    writeFileSync(join(root, `proc/${pid}/comm`), `${comm}\n`)
    symlinkSync('/dev/null', join(root, `proc/${pid}/fd/0`))
    for (const [index, inode] of inodes.entries())
      symlinkSync(`socket:[${inode}]`, join(root, `proc/${pid}/fd/${index + 3}`))
  }
  return root
}

test.each([
  ['0100007F', '127.0.0.1'],
  ['00000000', '0.0.0.0'],
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000001000000', '::1'],
  ['0000000000000000FFFF00000100007F', '127.0.0.1'],
  ['B80D0120000000000000000001000000', '2001:db8::1'],
  ['B80D0120010000000000000001000000', '2001:db8:0:1::1'],
  ['000080FE000000000000000000000000', 'fe80::'],
  ['0100007', undefined],
  ['0100007G', undefined],
])('address %s', (hex, expected) => {
  expect(parseAddress(hex)).toBe(expected)
})

test('a socket line gives address, port and inode, and says when no listener can follow', () => {
  expect(parseSocketLine(bytes(socket('0100007F:1F90', '0A', 12345)), 'tcp')).toEqual({
    socket: { protocol: 'tcp', address: '127.0.0.1', port: 8080, inode: 12345 },
    more: true,
  })
  expect(parseSocketLine(bytes(socket('0100007F:1F90', '03', 1)), 'tcp')).toEqual({ more: true })
  expect(parseSocketLine(bytes(socket('0100007F:1F90', '01', 1)), 'tcp')).toEqual({ more: false })
  expect(parseSocketLine(bytes('what is this\n'), 'tcp')).toEqual({ more: false })
})

test('of udp only unconnected sockets below the ports of clients are listeners', () => {
  expect(parseSocketLine(bytes(socket('00000000:0035', '07', 5)), 'udp').socket?.port).toBe(53)
  expect(parseSocketLine(bytes(socket('00000000:9C40', '07', 5)), 'udp')).toEqual({ more: true })
  expect(parseSocketLine(bytes(socket('00000000:0044', '07', 5, '0100007F:0043')), 'udp')).toEqual({ more: true })
})

test('tables longer than a page are read whole, whatever the lines fall on', () => {
  const lines = Array.from({ length: 200 }, (_, index) => socket('00000000:0050', '0A', index + 1))
  const root = tree({ tcp: HEAD + lines.join('').trimEnd() })
  const read: string[] = []
  readSocketTable(root, 'proc/net/tcp', (line) => {
    read.push(`${Buffer.from(line).toString()}\n`)
    return true
  })
  expect(read).toEqual(lines)
})

test('reading stops where it is told to, and a table that is not there says nothing', () => {
  const root = tree({
    tcp: HEAD + socket('00000000:0050', '0A', 1) + socket('00000000:0050', '01', 2) + socket('00000000:0051', '0A', 3),
  })
  expect(new ListenerCollector().collect(new SystemFiles(root)).map(({ port }) => port)).toEqual([80])
  readSocketTable(root, 'proc/net/nothing', () => expect.unreachable())
})

test('listeners are sorted, once for each address, with who holds them', () => {
  const root = tree(
    {
      tcp:
        HEAD +
        socket('00000000:1F90', '0A', 11) +
        socket('00000000:0016', '0A', 12) +
        socket('00000000:1F90', '0A', 13),
      tcp6: HEAD + socket('00000000000000000000000000000000:0016', '0A', 14),
      udp: HEAD + socket('00000000:0035', '07', 15),
    },
    { 900: ['sshd\u001b', [12, 14]], 1000: ['nginx', [13]], 1001: ['nginx', [13]], 77: ['dns', [15, 99]] },
  )
  expect(new ListenerCollector().collect(new SystemFiles(root))).toEqual([
    { protocol: 'tcp', address: '::', port: 22, pid: 900, process: 'sshd' },
    { protocol: 'tcp', address: '0.0.0.0', port: 22, pid: 900, process: 'sshd' },
    { protocol: 'udp', address: '0.0.0.0', port: 53, pid: 77, process: 'dns' },
    { protocol: 'tcp', address: '0.0.0.0', port: 8080, pid: 1000, process: 'nginx' },
  ])
})

test('nobody is looked into when there is nothing to find', () => {
  const files = new SystemFiles('/nowhere')
  expect(ownersOf(files, new Set()).size).toBe(0)
  expect(ownersOf(files, new Set([5])).size).toBe(0)
})

test('holders are looked for again when one of them ended, or the sockets changed', () => {
  const root = tree({ tcp: HEAD + socket('00000000:1F90', '0A', 11) }, { 500: ['old', [11]], 600: ['new', [11, 12]] })
  const files = new SystemFiles(root)
  const collector = new ListenerCollector()
  expect(collector.collect(files)[0]?.pid).toBe(500)
  rmSync(join(root, 'proc/500/fd'), { recursive: true })
  expect(collector.collect(files)[0]?.pid).toBe(500)
  rmSync(join(root, 'proc/500'), { recursive: true })
  expect(collector.collect(files)[0]).toMatchObject({ pid: 600, process: 'new' })
  writeFileSync(join(root, 'proc/net/tcp'), HEAD + socket('00000000:1F90', '0A', 12))
  expect(collector.collect(files)[0]?.pid).toBe(600)
  rmSync(join(root, 'proc/600/fd'), { recursive: true })
  writeFileSync(join(root, 'proc/net/tcp'), HEAD + socket('00000000:1F90', '0A', 13))
  expect(collector.collect(files)[0]).toEqual({ protocol: 'tcp', address: '0.0.0.0', port: 8080 })
})
