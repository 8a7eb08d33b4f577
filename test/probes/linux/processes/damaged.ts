import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { writeInPlace, writeNew } from '../../../fixtures/tree/write.ts'

/** Files of a process that only its own page and dear columns read. */
const DETAILS: Readonly<Record<string, string>> = {
  io: 'rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 4096\nwrite_bytes: 8192\ncancelled_write_bytes: 0\n',
  schedstat: '12345678 2345678 99\n',
  cgroup: '1:name=systemd:/system.slice/nginx.service\n0::/system.slice/nginx.service\n',
  smaps_rollup:
    '55e0-7ffe ---p 00000000 00:00 0 [rollup]\nRss: 900 kB\nPss: 500 kB\nPrivate_Dirty: 100 kB\nSwap: 12 kB\n',
  limits:
    'Limit                     Soft Limit           Hard Limit           Units     \nMax open files            1024                 4096                 files     \n',
  environ: 'PATH=/bin\0API_TOKEN=abc\0',
  oom_score: '666\n',
  oom_score_adj: '-500\n',
  mountinfo: '22 1 8:1 / / rw - ext4 /dev/sda1 rw\n',
  'fdinfo/0': 'pos:\t12\nflags:\t0100001\nmnt_id:\t22\n',
  'fdinfo/3': 'pos:\t0\nflags:\t02\nmnt_id:\t9\n',
  'net/tcp': ' sl\n   0: 0100007F:1F90 00000000:0000 0A 00000000:00000005 00:00000000 00000000 0 0 12345 1\n',
  'net/tcp6': ' sl\n',
  'net/udp': ' sl\n',
  'net/udp6': ' sl\n',
  'net/unix': 'Num\n00000000: 00000002 00000000 00010000 0001 01 12346 /run/x.sock\n',
}
const LINKS: Readonly<Record<string, string>> = {
  exe: '/usr/sbin/nginx',
  cwd: '/',
  root: '/',
  'fd/0': '/var/log/x.log',
  'fd/3': 'socket:[12345]',
  'ns/net': 'net:[4026531840]',
}

/** Gives a process of a recorded tree the files and links that its page reads, and a thread of its own. */
export function addDetails(root: string, pid: number): void {
  const folder = join(root, 'proc', String(pid))
  for (const [name, content] of Object.entries(DETAILS)) writeNew(join(folder, name), content)
  for (const [name, target] of Object.entries(LINKS)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    symlinkSync(target, join(folder, name))
  }
  for (const name of ['stat', 'status', 'schedstat', 'io']) {
    writeNew(join(folder, 'task', String(pid), name), readFileSync(join(folder, name)))
  }
}

/** All files of a process, below its folder. */
export function filesOf(root: string, pid: number): string[] {
  const folder = join(root, 'proc', String(pid))
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** What happens to a file. */
export type Damage =
  | { readonly kind: 'cut'; readonly share: number }
  | { readonly kind: 'empty' | 'gone' | 'folder' }
  | { readonly kind: 'word'; readonly share: number; readonly text: string }
  | { readonly kind: 'bytes'; readonly content: Uint8Array }

export function damage(path: string, how: Damage): void {
  const before = readFileSync(path)
  if (how.kind === 'gone' || how.kind === 'folder') rmSync(path)
  if (how.kind === 'folder') mkdirSync(path)
  if (how.kind === 'empty') writeInPlace(path, '')
  if (how.kind === 'cut') writeInPlace(path, before.subarray(0, Math.floor(how.share * before.length)))
  if (how.kind === 'bytes') writeInPlace(path, Buffer.from(how.content))
  if (how.kind === 'word') {
    const words = before.toString('latin1').split(' ')
    words[Math.floor(how.share * words.length)] = how.text
    writeInPlace(path, Buffer.from(words.join(' '), 'latin1'))
  }
}
