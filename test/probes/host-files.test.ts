import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { type FileCalls, SystemFiles } from '../../src/probes/host-files.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'files-'))
  folders.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

const failure = (code: string) => Object.assign(new Error(`${code}: failed`), { code })

/** A system whose files are in memory; it gives at most `step` bytes at a time, as the kernel does. */
function system(content: Record<string, string>, step = 4096) {
  const open = new Map<number, string>()
  const broken = new Set<number>()
  let next = 3
  const calls = {
    openSync: vi.fn((path: string) => {
      if (content[path] === undefined) throw failure('ENOENT')
      open.set(next, path)
      return next++
    }),
    readSync: vi.fn((fd: number, buffer: Uint8Array, offset: number, length: number, position: number) => {
      if (broken.has(fd)) throw failure('ESRCH')
      const text = content[open.get(fd) as string] as string
      return Buffer.from(text.slice(position, position + Math.min(step, length))).copy(buffer, offset)
    }),
    closeSync: vi.fn((fd: number) => {
      if (!open.delete(fd)) throw failure('EBADF')
    }),
  } satisfies FileCalls
  return { calls, open, broken }
}

const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString()

test('a file of the kernel is opened once and read from its start each time', () => {
  const content = { '/proc/loadavg': 'one' }
  const { calls } = system(content)
  const files = new SystemFiles('/', calls)
  expect(text(files.read('proc/loadavg'))).toBe('one')
  content['/proc/loadavg'] = 'second'
  expect(text(files.read('proc/loadavg'))).toBe('second')
  expect(calls.openSync).toHaveBeenCalledTimes(1)
})

test('reads on until nothing more comes, whatever the size', () => {
  const long = 'x'.repeat(70_000)
  const files = new SystemFiles('/', system({ '/proc/stat': long }).calls)
  expect(text(files.read('proc/stat'))).toBe(long)
})

test('a descriptor that fails is opened anew, once', () => {
  const { calls, open, broken } = system({ '/proc/stat': 'ok' })
  const files = new SystemFiles('/', calls)
  files.read('proc/stat')
  broken.add(3)
  expect(text(files.read('proc/stat'))).toBe('ok')
  expect([...open.keys()]).toEqual([4])
  broken.add(4).add(5)
  expect(() => files.read('proc/stat')).toThrow('ESRCH')
  expect(calls.openSync).toHaveBeenCalledTimes(3)
  expect(open.size).toBe(0)
  expect(text(files.read('proc/stat'))).toBe('ok')
})

test('no more descriptors are kept than the kernel should bear, and close leaves none', () => {
  const paths = Array.from({ length: 300 }, (_, index) => `sys/class/net/veth${index}/operstate`)
  const { calls, open } = system(
    Object.fromEntries(['/proc/stat', ...paths.map((path) => `/${path}`)].map((path) => [path, 'up'])),
  )
  const files = new SystemFiles('/', calls)
  for (const path of paths) {
    files.read('proc/stat')
    files.read(path)
  }
  expect(open.size).toBe(256)
  expect(calls.openSync).toHaveBeenCalledTimes(301)
  files.close()
  expect(open.size).toBe(0)
})

test('other files and recorded trees are opened each time: they may be replaced', () => {
  const { calls, open } = system({ '/run/utmp': 'x' })
  const files = new SystemFiles('/', calls)
  files.read('run/utmp')
  expect(open.size).toBe(0)
  const root = tree({ 'proc/stat': 'old', new: 'new' })
  const recorded = new SystemFiles(root)
  expect(text(recorded.read('proc/stat'))).toBe('old')
  renameSync(join(root, 'new'), join(root, 'proc/stat'))
  expect(text(recorded.read('proc/stat'))).toBe('new')
})

test('optional is undefined for what is not there or not for us, and throws the rest', () => {
  const files = new SystemFiles(tree({ 'proc/stat': '' }))
  expect(files.optional('proc/stat')).toHaveLength(0)
  expect(files.optional('proc/nothing')).toBeUndefined()
  expect(files.optional('proc/stat/inside')).toBeUndefined()
  expect(files.optional('proc')).toBeUndefined()
  expect(files.optional('proc/a\0b')).toBeUndefined()
  const { calls } = system({})
  const denied = new SystemFiles('/', {
    ...calls,
    openSync: () => {
      throw failure('EACCES')
    },
  })
  expect(denied.optional('proc/1/environ')).toBeUndefined()
  const full = new SystemFiles('/', {
    ...calls,
    openSync: () => {
      throw failure('EMFILE')
    },
  })
  expect(() => full.optional('proc/stat')).toThrow('EMFILE')
  expect(() => files.read('proc/nothing')).toThrow('ENOENT')
})

test('a folder is listed in order, one that is not there is empty', () => {
  const files = new SystemFiles(tree({ 'sys/block/sdb/size': '', 'sys/block/sda/size': '' }))
  expect(files.list('sys/block')).toEqual(['sda', 'sdb'])
  expect(files.list('sys/class')).toEqual([])
})
