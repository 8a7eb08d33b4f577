import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { parseStat } from '../../src/checks/file/remote.ts'
import { file, fileWith } from '../../src/checks/file.ts'
import { alive, complaints, context, onPath, program, settingsOf, temporaryFolder } from './asking.ts'

const settings = (path: string, written: object = {}) => settingsOf(file, { path, ...written })
const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`

/** A file with this content, in a folder of its own. */
function written(content: string, name = 'app.pid'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

/** Root reads everything: until the test ends, this is somebody else. */
function asNobody(): void {
  if (process.getuid?.() !== 0) return
  process.seteuid?.(65_534)
  onTestFinished(() => process.seteuid?.(0))
}

/** The check on a machine where the folder is a mount that may hang. */
function mounted(folder: string) {
  const mountinfo = join(temporaryFolder(), 'mountinfo')
  writeFileSync(mountinfo, `40 25 0:40 / ${folder} rw shared:1 - nfs4 nas:/export rw\n`)
  return fileWith({ spawn, mountinfo })
}

test('a file that is there is up, and says what it is', async () => {
  const path = written('4711\n')
  chmodSync(path, 0o600)
  const outcome = await file.run(settings(path), context())
  expect(outcome).toMatchObject({ state: 'up', noLatency: true })
  expect(outcome.expectations).toEqual([{ name: 'exists', met: true, found: 'exists', wanted: 'exists' }])
  expect(outcome.facts).toMatchObject([
    { name: 'kind', value: 'file' },
    { name: 'size', value: '5 B' },
    { name: 'changed' },
    { name: 'owner', value: process.getuid?.() === 0 ? 'root' : `uid ${process.getuid?.()}` },
  ])
})

test('all that was expected has its row', async () => {
  const path = written('4711\n')
  const wishes = { kind: 'file', age: '<1h', size: '<1KiB', checksum: sha256('4711\n'), content: '/^\\d+$/m' }
  const outcome = await file.run(settings(path, wishes), context())
  expect(outcome.state).toBe('up')
  expect(outcome.expectations?.map(({ name, met, found, wanted }) => [name, met, found, wanted])).toEqual([
    ['exists', true, 'exists', 'exists'],
    ['kind', true, 'file', 'file'],
    ['age', true, expect.stringMatching(/^\d+ s$/), '<1h'],
    ['size', true, '5 B', '<1.0 KiB'],
    ['content', true, '4711', '/^\\d+$/m'],
    ['checksum', true, sha256('4711\n'), sha256('4711\n')],
  ])
})

test('a file that is missing is down', async () => {
  const path = join(temporaryFolder(), 'app.pid')
  expect(await file.run(settings(path), context())).toMatchObject({
    state: 'down',
    reason: 'missing',
    error: `${path} is missing`,
  })
  expect(await file.run(settings(`${written('x')}/below`), context())).toMatchObject({ reason: 'missing' })
})

test('one that must not be there is down when it is', async () => {
  const path = written('')
  expect(await file.run(settings(path, { exists: false }), context())).toMatchObject({
    state: 'down',
    reason: 'present',
    error: `${path} exists, expected that it does not`,
  })
  expect(await file.run(settings(`${path}.lock`, { exists: false }), context())).toMatchObject({ state: 'up' })
})

test.each([
  [{ age: '<1h' }, 'age', 'is 3 h 10 m old, expected <1h'],
  [{ size: '>1KiB' }, 'size', 'has 9 B, expected >1.0 KiB'],
  [{ content: 'ready' }, 'content', 'does not hold "ready"'],
  [{ content: '/^ok/' }, 'content', 'does not match /^ok/'],
  [
    { checksum: sha256('x') },
    'checksum',
    `has the checksum ${sha256('not yet\n\n').slice(0, 19)}…, expected ${sha256('x').slice(0, 19)}…`,
  ],
  [{ kind: 'folder' }, 'kind', 'is a file, expected a folder'],
])('%j', async (wishes, reason, wrong) => {
  const path = written('not yet\n\n')
  const wallMs = 1_800_000_000_000
  utimesSync(path, wallMs / 1000, (wallMs - (3 * 60 + 10) * 60_000) / 1000)
  const outcome = await file.run(settings(path, wishes), context({ now: () => ({ wallMs, monoMs: 0 }) }))
  expect(outcome).toMatchObject({ state: 'down', reason, error: `${path} ${wrong}` })
})

test('folders, sockets and links are what they lead to', async () => {
  const folder = temporaryFolder()
  const server = createServer().listen(join(folder, 'socket'))
  onTestFinished(() => void server.close())
  await vi.waitFor(() => expect(server.listening).toBe(true), 10_000)
  symlinkSync('socket', join(folder, 'link'))
  symlinkSync('circle', join(folder, 'circle'))
  const asked = (name: string, kind: string) => file.run(settings(join(folder, name), { kind }), context())
  expect((await asked('', 'folder')).state).toBe('up')
  expect((await asked('socket', 'socket')).state).toBe('up')
  expect((await asked('link', 'socket')).state).toBe('up')
  expect(await asked('circle', 'file')).toMatchObject({
    state: 'down',
    error: `${join(folder, 'circle')} is a link that leads in a circle`,
  })
})

test('a pipe nobody writes to, and a device without end, are not read', async () => {
  const pipe = join(temporaryFolder(), 'pipe')
  execFileSync('mkfifo', [pipe])
  expect(await file.run(settings(pipe, { content: 'x' }), context())).toMatchObject({
    state: 'down',
    error: `${pipe} is a pipe, expected a file`,
  })
  expect(await file.run(settings('/dev/zero', { checksum: sha256('') }), context())).toMatchObject({
    error: '/dev/zero is a device, expected a file',
  })
})

test('the first megabyte is looked at, and no more', async () => {
  const path = written(`${'x'.repeat(1024 * 1024 - 3)}end and more`)
  expect(await file.run(settings(path, { content: 'end' }), context())).toMatchObject({ state: 'up' })
  expect(await file.run(settings(path, { content: 'more' }), context())).toMatchObject({
    state: 'down',
    reason: 'content',
  })
})

test('a checksum of a large file ends with the signal', async () => {
  const path = written('')
  execFileSync('truncate', ['-s', '200G', path])
  const ended = file.run(settings(path, { checksum: sha256('') }), context({ timeoutMs: 300 }))
  await expect(ended).rejects.toMatchObject({ name: 'TimeoutError' })
})

test('what may not be read is not known, but what is wrong with it is', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'secret')
  writeFileSync(path, 'secret')
  chmodSync(path, 0)
  chmodSync(folder, 0o755)
  asNobody()
  const outcome = await file.run(settings(path, { content: 'x' }), context())
  expect(outcome).toMatchObject({
    state: 'unknown',
    reason: 'permission',
    error: `${path} may not be read by this user`,
  })
  expect(await file.run(settings(path, { content: 'x', size: '>9' }), context())).toMatchObject({
    state: 'down',
    reason: 'size',
  })
})

test('names and content reach no terminal raw', async () => {
  const path = written('\u001b[31mred\u0007', '\u001b]0;x\u0007')
  const outcome = await file.run(settings(path, { content: '/.*/' }), context())
  expect(JSON.stringify(outcome)).not.toMatch(/\\u00/)
  expect(file.target(settings(path))).not.toMatch(/[\x00-\x1f]/)
})

test('a mount that may hang is asked by programs, with the same answers', async () => {
  const path = written('4711\n')
  const nas = mounted(join(path, '..'))
  const wishes = { kind: 'file', age: '<1h', size: '5', checksum: sha256('4711\n'), content: '/^\\d+$/m' }
  const local = await file.run(settings(path, wishes), context())
  const folder = temporaryFolder()
  // Who asks is noted; the real programs answer.
  for (const name of ['stat', 'head', 'sha256sum'])
    program(folder, name, `echo ${name} >> ${folder}/asked; PATH="\${PATH#*:}" exec ${name} "$@"`)
  onPath(folder)
  const remote = await nas.run(settings(path, wishes), context())
  expect(remote.state).toBe('up')
  expect(remote.expectations?.map(({ name, found }) => name === 'age' || found)).toEqual(
    local.expectations?.map(({ name, found }) => name === 'age' || found),
  )
  expect(remote.facts).toEqual(local.facts)
  expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('stat\nhead\nsha256sum\n')
  expect(await nas.run(settings(`${path}.none`), context())).toMatchObject({ state: 'down', reason: 'missing' })
  expect(await nas.run(settings(`${path}.none`, { exists: false }), context())).toMatchObject({ state: 'up' })
})

test('a mount that hangs is asked once, until that program is gone', async () => {
  const path = written('4711\n')
  const nas = mounted(join(path, '..'))
  const folder = temporaryFolder()
  program(folder, 'stat', `echo $$ >> ${folder}/asked; exec sleep 600`)
  onPath(folder)
  const memory = new Map()
  await expect(nas.run(settings(path), context({ memory, timeoutMs: 1000 }))).rejects.toMatchObject({
    name: 'TimeoutError',
  })
  const pid = Number(readFileSync(join(folder, 'asked'), 'utf8'))
  await vi.waitFor(() => expect([alive(pid), memory.size]).toEqual([false, 0]), { timeout: 5000 })
  // The kernel holds it beyond SIGKILL:
  memory.set('program.started', 0)
  const now = () => ({ wallMs: 0, monoMs: 180_000 })
  expect(await nas.run(settings(path), context({ memory, now }))).toMatchObject({
    state: 'down',
    reason: 'timeout',
    error: `${path} lies on a mount that has not answered for 3 min`,
  })
  expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe(`${pid}\n`)
})

test('what the programs complain of is told', async () => {
  const path = written('x')
  const nas = mounted(join(path, '..'))
  const folder = temporaryFolder()
  onPath(folder)
  program(folder, 'stat', `echo "stat: cannot statx '${path}': Permission denied" >&2; exit 1`)
  expect(await nas.run(settings(path), context())).toMatchObject({
    state: 'unknown',
    error: `${path} may not be read by this user`,
  })
  program(folder, 'stat', `echo "stat: cannot statx '${path}': Stale file handle" >&2; exit 1`)
  expect(await nas.run(settings(path), context())).toMatchObject({
    state: 'down',
    error: `${path} cannot be read: stat: cannot statx '${path}': Stale file handle`,
  })
  program(folder, 'stat', 'head -c 3000 /dev/urandom')
  expect(await nas.run(settings(path), context())).toMatchObject({
    error: `${path} cannot be read: stat told something else`,
  })
})

test.each([
  ['regular empty file|0|1795572854|0\n', { kind: 'file', sizeBytes: 0, changedMs: 1_795_572_854_000, uid: 0 }],
  ['directory|4096|1|1000\n', { kind: 'folder', sizeBytes: 4096, changedMs: 1000, uid: 1000 }],
  ['socket|0|1|0\n', { kind: 'socket' }],
  ['fifo|0|1|0\n', { kind: 'pipe' }],
  ['character special file|0|1|0\n', { kind: 'device' }],
])('%j', (text, expected) => {
  expect(parseStat(text)).toMatchObject(expected)
})

test('settings that make no sense say so', () => {
  expect(complaints(file, { path: 'app.pid' })).toEqual(['path: expected the full path of a file'])
  expect(complaints(file, { path: '/x', exists: false, age: '<1h' })).toEqual([
    'exists: expected nothing else of a file that must not exist',
  ])
  expect(complaints(file, { path: '/x', checksum: 'md5:1' })).toEqual([
    'checksum: expected sha256: and 64 hexadecimal digits',
  ])
})

test('targets', () => {
  expect(file.parseTarget('file:/var/run/app.pid', undefined)).toEqual(settings('/var/run/app.pid'))
  expect(file.parseTarget('file:///a%20b', '/x/i')).toEqual(settings('/a b', { content: '/x/i' }))
  expect(file.parseTarget('file:app.pid', undefined).path).toBe(join(process.cwd(), 'app.pid'))
  expect(() => file.parseTarget('file://host/x', undefined)).toThrow('expected file:PATH')
  expect(() => file.parseTarget('file:/x', '/(/')).toThrow('--expect: expected a text or a /pattern/')
})
