import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Holder, startTicksOf, thisPlace } from '../../../src/sources/shared/holder.ts'
import { LOCK_NAME, takeLock } from '../../../src/sources/shared/lock.ts'
import { textOf } from '../../../src/sources/shared/lock-file.ts'
import { until } from '../../e2e/helpers.ts'
import { type Bundle, bundle } from '../live/bundle.ts'

let contender: Bundle
beforeAll(async () => {
  contender = await bundle('test/sources/shared/contender.ts')
})
afterAll(() => contender[Symbol.dispose]())

function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'healthtop-lock-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

const here = thisPlace()
const me = (parts: Partial<Holder> = {}): Holder => ({
  pid: process.pid,
  command: 'dashboard',
  nonce: 'mine',
  startTicks: startTicksOf(process.pid) as number,
  ...here,
  ...parts,
})

class Contender implements Disposable {
  readonly child: ChildProcess
  readonly said: string[] = []

  constructor(folder: string) {
    this.child = spawn(process.execPath, [contender.path, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.said.push(...text.trim().split('\n'))
    })
  }

  get has(): boolean {
    return this.said.includes('taken')
  }

  knows(pid: number | undefined): boolean {
    return this.said.includes(`held ${pid}`)
  }

  [Symbol.dispose](): void {
    this.child.kill('SIGKILL')
  }
}

test('of twenty that start at once one has the lock; when it is killed one of the others has, and so on', async () => {
  using folder = temporaryFolder()
  const state = join(folder.path, 'made', 'by the first')
  let all = Array.from({ length: 20 }, () => new Contender(state))
  try {
    for (let generation = 0; generation < 4; generation++) {
      await until('one has it', () => all.some(({ has }) => has), 20_000)
      const owner = all.find(({ has }) => has) as Contender
      const rest = all.filter((one) => one !== owner)
      await until('all others know', () => rest.every((one) => one.knows(owner.child.pid)), 20_000)
      expect(all.filter(({ has }) => has)).toHaveLength(1)
      owner.child.kill('SIGKILL')
      all = rest
    }
    await until('one has it', () => all.some(({ has }) => has), 20_000)
    const last = all.find(({ has }) => has) as Contender
    expect(readdirSync(state).filter((name) => name.includes('after'))).toEqual([])
    expect(JSON.parse(readFileSync(join(state, LOCK_NAME), 'utf8'))).toMatchObject({ v: 1, pid: last.child.pid })
    last.child.stdin?.end()
    await until('another one has it', () => all.some((one) => one !== last && one.has), 20_000)
  } finally {
    for (const one of all) one[Symbol.dispose]()
  }
})

test('a lock is held until it is released, and its file and folder are for this user alone', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'state')
  const first = takeLock({ folder: path, me: me(), here })
  if (first.kind !== 'taken') throw new Error(first.kind)
  expect(first.lock.held()).toBe(true)
  expect(takeLock({ folder: path, me: me({ nonce: 'other' }), here })).toEqual({
    kind: 'held',
    by: me(),
    unsure: false,
  })
  first.lock.release()
  expect(first.lock.held()).toBe(false)
  expect(readdirSync(path)).toEqual([])
  expect(takeLock({ folder: path, me: me({ nonce: 'other' }), here }).kind).toBe('taken')
})

test.each([
  ['a pid that nobody has', { pid: 2 ** 22 + 5 }],
  ['a pid that another process has by now', { startTicks: 1 }],
  ['another boot', { bootId: 'before' }],
])('%s is a lock that was left behind', (_, parts) => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, LOCK_NAME), textOf(me({ nonce: 'old', ...parts })))
  const taking = takeLock({ folder: folder.path, me: me(), here })
  expect(taking).toMatchObject({ kind: 'taken', after: { nonce: 'old' } })
  expect(readdirSync(folder.path)).toEqual([LOCK_NAME])
})

test('in another pid namespace a pid tells nothing: who does not answer is given up by name', () => {
  using folder = temporaryFolder()
  const other = me({ nonce: 'container', pidNamespace: 'pid:[1]', pid: 1 })
  writeFileSync(join(folder.path, LOCK_NAME), textOf(other))
  expect(takeLock({ folder: folder.path, me: me(), here })).toEqual({ kind: 'held', by: other, unsure: true })
  const givenUp = new Set(['container'])
  expect(takeLock({ folder: folder.path, me: me(), here, givenUp })).toMatchObject({ kind: 'taken', after: other })
})

test('who took part in a succession and died in it is succeeded', () => {
  using folder = temporaryFolder()
  const dead = (nonce: string) => textOf(me({ nonce, startTicks: 1 }))
  writeFileSync(join(folder.path, LOCK_NAME), dead('a'))
  writeFileSync(join(folder.path, `${LOCK_NAME}.after-a`), dead('b'))
  writeFileSync(join(folder.path, `${LOCK_NAME}.after-b`), dead('c'))
  writeFileSync(join(folder.path, `${LOCK_NAME}.after-z`), dead('y'))
  expect(takeLock({ folder: folder.path, me: me(), here })).toMatchObject({ kind: 'taken', after: { nonce: 'c' } })
  expect(readdirSync(folder.path)).toEqual([LOCK_NAME])
})

test('while a successor is about to take it nobody else can', () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, LOCK_NAME), textOf(me({ nonce: 'a', startTicks: 1 })))
  writeFileSync(join(folder.path, `${LOCK_NAME}.after-a`), textOf(me({ nonce: 'b' })))
  expect(takeLock({ folder: folder.path, me: me(), here })).toEqual({ kind: 'busy' })
})

test('what the dead have left is taken away before anybody sees who follows them', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, LOCK_NAME)
  const dead = (nonce: string) => me({ nonce, startTicks: 1 })
  writeFileSync(path, textOf(dead('a')))
  writeFileSync(`${path}.after-a`, textOf(dead('b')))
  const evicted: string[] = []
  const evict = ({ nonce }: Holder) => {
    evicted.push(nonce)
    expect(readFileSync(path, 'utf8')).toBe(textOf(dead('a')))
    expect(takeLock({ folder: folder.path, me: me({ nonce: 'other' }), here })).toEqual({ kind: 'busy' })
  }
  expect(takeLock({ folder: folder.path, me: me(), here, evict })).toMatchObject({ kind: 'taken' })
  expect(evicted).toEqual(['a', 'b'])
})

test.each([['nothing'], ['garbage'], ['half']])('a file of %s is being written, and after a while was left', (what) => {
  using folder = temporaryFolder()
  const path = join(folder.path, LOCK_NAME)
  writeFileSync(path, { nothing: '', garbage: '\0\xff}{', half: textOf(me()).slice(0, 20) }[what] as string)
  expect(takeLock({ folder: folder.path, me: me(), here })).toEqual({ kind: 'busy' })
  utimesSync(path, new Date(1_700_000_000_000), new Date(1_700_000_000_000))
  expect(takeLock({ folder: folder.path, me: me(), here })).toMatchObject({ kind: 'taken' })
  expect(readdirSync(folder.path)).toEqual([LOCK_NAME])
})

test('a lock that was looked at before is lost when another file as long and as old has taken its place', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, LOCK_NAME)
  const taking = takeLock({ folder: folder.path, me: me({ nonce: 'first' }), here })
  if (taking.kind !== 'taken') throw new Error(taking.kind)
  expect([taking.lock.held(), taking.lock.held()]).toEqual([true, true])
  const { atime, mtime, size } = statSync(path)
  const text = textOf(me({ nonce: 'other' }))
  expect(Buffer.byteLength(text)).toBe(size)
  writeFileSync(`${path}.new`, text)
  utimesSync(`${path}.new`, atime, mtime)
  renameSync(`${path}.new`, path)
  expect([taking.lock.held(), taking.lock.held()]).toEqual([false, false])
})

test('who lost the lock takes away nothing of who has it', () => {
  using folder = temporaryFolder()
  const taking = takeLock({ folder: folder.path, me: me(), here })
  if (taking.kind !== 'taken') throw new Error(taking.kind)
  const other = textOf(me({ nonce: 'other' }))
  writeFileSync(join(folder.path, LOCK_NAME), other)
  expect(taking.lock.held()).toBe(false)
  taking.lock.release()
  expect(readFileSync(join(folder.path, LOCK_NAME), 'utf8')).toBe(other)
})

test('where no lock can be made, the reason is told', () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'file')
  writeFileSync(file, '')
  expect(takeLock({ folder: join(file, 'state'), me: me(), here })).toEqual({
    kind: 'failed',
    reason: `${join(file, 'state')}: there is a file where the folder should be`,
  })
  mkdirSync(join(folder.path, 'taken', LOCK_NAME), { recursive: true })
  expect(takeLock({ folder: join(folder.path, 'taken'), me: me(), here })).toMatchObject({ kind: 'failed' })
})

test.each([
  ['something else', (path: string) => execFileSync('mkfifo', [path])],
  ['a link', (path: string) => symlinkSync('/nowhere', path)],
])('where there is %s in its place nobody waits, and the file is named', (what, lay) => {
  using folder = temporaryFolder()
  const path = join(folder.path, LOCK_NAME)
  lay(path)
  expect(takeLock({ folder: folder.path, me: me(), here })).toEqual({
    kind: 'failed',
    reason: `${path}: there is ${what} where the file should be`,
  })
})

test.skipIf(process.getuid?.() === 0)('a folder that may not be written has no lock', () => {
  using folder = temporaryFolder()
  chmodSync(folder.path, 0o500)
  expect(takeLock({ folder: folder.path, me: me(), here })).toMatchObject({ kind: 'failed' })
})

/** Whether mount(8), in English, tells that it may not. */
const isRefused = (error: unknown) =>
  /permission denied|must be superuser|not permitted/i.test(String((error as { stderr?: Buffer }).stderr))

const isRootOfLinux = process.platform === 'linux' && process.getuid?.() === 0

test.runIf(isRootOfLinux)('a file system that is full or read-only has no lock until it is not', (context) => {
  using folder = temporaryFolder()
  const env = { ...process.env, LC_ALL: 'C' }
  const mount = (...args: string[]) => execFileSync('mount', [...args, folder.path], { stdio: 'pipe', env })
  try {
    mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs')
  } catch (error) {
    // A container without the right to mount.
    if (isRefused(error)) return context.skip()
    throw error
  }
  try {
    const claim = { folder: join(folder.path, 'state'), me: me(), here }
    const fill = join(folder.path, 'fill')
    writeFileSync(fill, Buffer.alloc(65_536))
    expect(takeLock(claim)).toEqual({ kind: 'failed', reason: `${claim.folder}: no space left` })
    rmSync(fill)
    const taking = takeLock(claim)
    if (taking.kind !== 'taken') throw new Error(taking.kind)
    mount('-o', 'remount,ro')
    taking.lock.release()
    expect(taking.lock.held()).toBe(true)
    const dead = { ...claim, givenUp: new Set([claim.me.nonce]), me: me({ nonce: 'next' }) }
    expect(takeLock(dead)).toEqual({ kind: 'failed', reason: `${claim.folder}: the file system is read-only` })
    mount('-o', 'remount,rw')
    expect(takeLock(dead)).toMatchObject({ kind: 'taken' })
  } finally {
    execFileSync('umount', [folder.path])
  }
})
