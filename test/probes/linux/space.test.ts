import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { RemoteSpace } from '../../../src/probes/linux/remote-space.ts'
import { SpaceCollector, spaceProbe } from '../../../src/probes/linux/space.ts'
import { askSpace, type Spawn } from '../../../src/probes/linux/space-child.ts'
import type { SpaceAnswer } from '../../../src/probes/linux/space-figures.ts'
import { filesOf, recorded } from './recorder.ts'

const folders: string[] = []

afterEach(() => {
  vi.useRealTimers()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'space-'))
  folders.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

const clock = { now: 0, wallMs: () => 0, monoMs: () => clock.now }
const noSpawn: Spawn = () => {
  throw new Error('a recorded tree must not be asked')
}

class FakeChild extends EventEmitter {
  readonly stdout = new PassThrough()
  readonly stderr = new PassThrough()
  readonly kill = vi.fn(() => true)
  readonly unref = vi.fn()
}

/** A spawn whose children do what the test tells them. */
function fakeSpawn() {
  const children: FakeChild[] = []
  const calls: (readonly string[])[] = []
  const spawnFake: Spawn = (command, args) => {
    calls.push([command, ...args])
    const child = new FakeChild()
    children.push(child)
    return child as unknown as ChildProcess
  }
  return { spawn: spawnFake, children, calls }
}

function ask(spawnWith: Spawn, path = '/mnt/nas') {
  const answers: SpaceAnswer[] = []
  const state = { ended: 0 }
  const cancel = askSpace(spawnWith, path, { answer: (answer) => answers.push(answer), ended: () => state.ended++ })
  return { answers, state, cancel }
}

const MOUNTS = `/dev/sda2 / ext4 rw 0 0
nas:/a\\040b /mnt/a\\040b nfs4 rw 0 0
/dev/sdb1 /empty ext4 rw 0 0
/dev/sdc1 /unknown ext4 rw 0 0
/dev/sdd1 /dead ext4 rw 0 0
/dev/sde1 /subvolumes btrfs ro 0 0
`
const STATFS = `/ 4096 1000 400 300 500 125
/mnt/a\\040b 1024 10 5 5 0 0
/empty 4096 0 0 0 0 0
/dead -
/subvolumes 4096 10 10 10 0 0
`

test('a recorded tree: used and available as df counts them, each mount with its state', () => {
  const root = tree({ 'proc/self/mounts': MOUNTS, 'healthtop/statfs': STATFS })
  const collector = new SpaceCollector({ root, clock, spawn: noSpawn })
  const { gauges, states } = recorded((out) => spaceProbe(collector).read(filesOf({}), out))
  expect(states).toEqual({
    'mount{device="/dev/sda2",mount="/",type="ext4"}': 'ok',
    'mount{device="/dev/sdd1",mount="/dead",type="ext4"}': 'no answer',
    'mount{device="nas:/a b",mount="/mnt/a b",type="nfs4"}': 'ok',
    'mount{device="/dev/sde1",mount="/subvolumes",type="btrfs"}': 'read-only',
  })
  expect(gauges).toMatchObject({
    'disk_total_bytes{mount="/"}': 4096 * 1000,
    'disk_used_bytes{mount="/"}': 4096 * 600,
    'disk_available_bytes{mount="/"}': 4096 * 300,
    'disk_used_ratio{mount="/"}': 600 / 900,
    'disk_inodes_used_ratio{mount="/"}': 0.75,
    'disk_used_ratio{mount="/mnt/a b"}': 0.5,
    'disk_used_ratio{mount="/subvolumes"}': 0,
  })
  expect(gauges).not.toHaveProperty('disk_inodes_used_ratio{mount="/subvolumes"}')
  expect(Object.keys(gauges).join()).not.toMatch(/empty|unknown|dead/)
})

test('a tree without figures has no mounts to show, one without mounts fails', () => {
  const root = tree({ 'proc/self/mounts': MOUNTS })
  const without = new SpaceCollector({ root, clock, spawn: noSpawn })
  expect(recorded((out) => without.collect(out)).states).toEqual({})
  const failing = new SpaceCollector({ root: tree({}), clock, spawn: noSpawn })
  expect(() => recorded((out) => failing.collect(out))).toThrow('ENOENT')
})

test('a mount that was taken away is not measured any more: its folder would answer with figures of another file system', () => {
  const root = tree({ 'proc/self/mounts': MOUNTS, 'healthtop/statfs': STATFS })
  const collector = new SpaceCollector({ root, clock, spawn: noSpawn })
  const count = () => Object.keys(recorded((out) => collector.collect(out)).states).length
  expect(count()).toBe(4)
  writeFileSync(join(root, 'proc/self/mounts'), '/dev/sda2 / ext4 rw 0 0\n')
  expect(count()).toBe(1)
})

test.runIf(process.platform === 'linux')('the figures of a child are those of the system call', async () => {
  const { answers, state } = ask(spawn, '/')
  await vi.waitFor(() => expect([answers.length, state.ended]).toEqual([1, 1]), 10_000)
  const { blocks, files } = statfsSync('/')
  expect(answers[0]).toMatchObject({ blocks, files })
})

test.runIf(process.platform === 'linux')('a child that takes too long is killed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let child: ChildProcess | undefined
  const { answers, state } = ask((_command, _args, options) => {
    child = spawn('sleep', ['60'], options)
    return child
  })
  vi.advanceTimersByTime(499)
  expect(answers).toEqual([])
  vi.advanceTimersByTime(1)
  expect(answers).toEqual(['dead'])
  await new Promise((resolve) => child?.once('exit', resolve))
  expect([child?.signalCode, state.ended, answers.length]).toEqual(['SIGKILL', 1, 1])
})

test.each([
  ['', 'stat: cannot read file system information for /mnt/nas: Transport endpoint is not connected\n', 'dead'],
  ['', 'stat: cannot read file system information for /mnt/nas: Permission denied\n', 'denied'],
  ['4096 10 5 five 0 0\n', '', 'dead'],
])('output %j and complaint %j', async (output, complaint, expected) => {
  const { spawn: fake, children } = fakeSpawn()
  const { answers } = ask(fake)
  children[0]?.stdout.write(output)
  children[0]?.stderr.write(complaint)
  await new Promise((resolve) => setImmediate(resolve))
  children[0]?.emit('exit', 1)
  children[0]?.emit('close', 1)
  expect(answers).toEqual([expected])
})

test('without the program nothing is known, and a cancelled question has no answer', () => {
  const { spawn: fake, children } = fakeSpawn()
  const missing = ask(fake)
  children[0]?.emit('error', new Error('spawn stat ENOENT'))
  expect([missing.answers, missing.state.ended]).toEqual([['denied'], 1])
  const cancelled = ask(fake)
  cancelled.cancel()
  children[1]?.emit('close', 0)
  expect(cancelled.answers).toEqual([])
  expect(children[1]?.kill).toHaveBeenCalledWith('SIGKILL')
  expect(children[1]?.unref).toHaveBeenCalled()
})

test('a mount that stops answering keeps its last figures and says so', () => {
  const root = tree({ 'proc/self/mounts': '/dev/sda2 / ext4 rw 0 0\n', 'healthtop/statfs': STATFS })
  const collector = new SpaceCollector({ root, clock, spawn: noSpawn })
  clock.now = 0
  const before = recorded((out) => collector.collect(out))
  writeFileSync(join(root, 'healthtop/statfs'), '/ -\n')
  clock.now = 10_000
  const after = recorded((out) => collector.collect(out))
  expect(Object.values(after.states)).toEqual(['no answer'])
  expect(after.gauges).toEqual(before.gauges)
})

test('a mount is asked every 30 s, and never while the last question is open', () => {
  const { spawn: fake, children, calls } = fakeSpawn()
  const remote = new RemoteSpace(fake)
  const paths = new Set(['/mnt/nas'])
  remote.turn(paths, 0)
  expect(calls).toEqual([['stat', '-f', '-c', '%S %b %f %a %c %d', '/mnt/nas']])
  remote.turn(paths, 60_000)
  expect(children).toHaveLength(1)
  children[0]?.emit('exit', 1)
  children[0]?.emit('close', 1)
  expect(remote.answer('/mnt/nas')).toBe('dead')
  remote.turn(paths, 60_000)
  expect(children).toHaveLength(2)
  children[1]?.emit('exit', 1)
  children[1]?.emit('close', 1)
  remote.turn(paths, 89_999)
  expect(children).toHaveLength(2)
  remote.turn(new Set(), 89_999)
  expect(remote.answer('/mnt/nas')).toBeUndefined()
})

test('many mounts are asked by a few children a turn; closing gives all of them up', () => {
  const { spawn: fake, children } = fakeSpawn()
  const remote = new RemoteSpace(fake)
  const paths = new Set(Array.from({ length: 6 }, (_, index) => `/mnt/${index}`))
  remote.turn(paths, 0)
  expect(children).toHaveLength(4)
  remote.turn(paths, 2000)
  expect(children).toHaveLength(6)
  remote.close()
  for (const child of children) expect(child.kill).toHaveBeenCalledWith('SIGKILL')
})
