import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cgroupFolders, seatAbove } from '../../../../src/probes/linux/cgroup/where.ts'
import { bytes } from '../recorder.ts'

const V2 = '30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n'
/** What systemd mounts where both are used. */
const HYBRID = `30 23 0:26 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755
31 30 0:27 / /sys/fs/cgroup/unified rw shared:8 - cgroup2 cgroup2 rw,nsdelegate
32 30 0:28 / /sys/fs/cgroup/systemd rw shared:9 - cgroup cgroup rw,xattr,name=systemd
33 30 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:10 - cgroup cgroup rw,cpu,cpuacct
34 30 0:30 / /sys/fs/cgroup/memory rw shared:11 - cgroup cgroup rw,memory
`
const HYBRID_CGROUP = `9:memory:/system.slice/web:1.service
4:cpu,cpuacct:/system.slice
1:name=systemd:/system.slice/web:1.service
0::/system.slice/web:1.service
`
const at = (cgroup: string, mountinfo: string) => cgroupFolders(bytes(cgroup), bytes(mountinfo))

test('v2: one folder for all controllers, and those above it', () => {
  const place = at('0::/user.slice/user-1000.slice/session-3.scope\n', V2)
  expect(place).toMatchObject({ version: 2, path: '/user.slice/user-1000.slice/session-3.scope' })
  expect(place.seat('memory')).toEqual({
    version: 2,
    folder: 'sys/fs/cgroup/user.slice/user-1000.slice/session-3.scope',
    levels: [
      'sys/fs/cgroup/user.slice/user-1000.slice/session-3.scope',
      'sys/fs/cgroup/user.slice/user-1000.slice',
      'sys/fs/cgroup/user.slice',
      'sys/fs/cgroup',
    ],
  })
  expect(place.folder('pids')).toBe(place.folder('memory'))
})

test('the root of v2 is its mount', () => {
  const place = at('0::/\n', V2)
  expect(place.path).toBe('/')
  expect(place.seat('cpu')).toEqual({ version: 2, folder: 'sys/fs/cgroup', levels: ['sys/fs/cgroup'] })
})

test('hybrid: controllers of v1 where they are, co-mounted ones in one folder, all others in v2', () => {
  const place = at(HYBRID_CGROUP, HYBRID)
  expect(place).toMatchObject({ version: 'hybrid', path: '/system.slice/web:1.service' })
  expect(place.seat('memory')).toMatchObject({ version: 1, folder: 'sys/fs/cgroup/memory/system.slice/web:1.service' })
  expect(place.seat('cpu')).toMatchObject({ version: 1, folder: 'sys/fs/cgroup/cpu,cpuacct/system.slice' })
  expect(place.seat('cpuacct')).toEqual(place.seat('cpu'))
  expect(place.seat('pids')).toMatchObject({
    version: 2,
    folder: 'sys/fs/cgroup/unified/system.slice/web:1.service',
  })
})

test('v1 alone: a controller that is nowhere has no folder', () => {
  const place = at('4:memory:/docker/0a1b\n', '34 30 0:30 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n')
  expect(place).toMatchObject({ version: 1, path: '/docker/0a1b' })
  expect(place.folder('memory')).toBe('sys/fs/cgroup/memory/docker/0a1b')
  expect(place.folder('pids')).toBeUndefined()
})

test('a container without a namespace sees its own folder as the root of the mount', () => {
  const mount = '34 30 0:30 /docker/0a1b /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n'
  expect(at('4:memory:/docker/0a1b\n', mount).seat('memory')?.levels).toEqual(['sys/fs/cgroup/memory'])
  expect(at('4:memory:/docker/0a1b/init.scope\n', mount).seat('memory')?.levels).toEqual([
    'sys/fs/cgroup/memory/init.scope',
    'sys/fs/cgroup/memory',
  ])
  expect(at('4:memory:/docker/0a1bc\n', mount).folder('memory')).toBeUndefined()
})

test.each([
  // Mount root, cgroup of the process, folder: names relative to the root of the reader's cgroup namespace.
  ['/', '/', 'sys/fs/cgroup'],
  ['/', '/app', 'sys/fs/cgroup/app'],
  ['/', '/../other', undefined],
  ['/..', '/../other', 'sys/fs/cgroup/other'],
  ['/../shared', '/../shared/x', 'sys/fs/cgroup/x'],
  // The way leads through a folder whose name cannot be known.
  ['/..', '/', undefined],
  ['/../..', '/../other', undefined],
])('cgroup namespace: mount of %s, process in %s', (root, path, folder) => {
  const mount = `30 23 0:26 ${root} /sys/fs/cgroup rw - cgroup2 cgroup rw\n`
  expect(at(`0::${path}\n`, mount).folder('memory')).toBe(folder)
})

test('with nothing mounted the version is that of what the process is in, and there are no folders', () => {
  expect(at('0::/x\n', '')).toMatchObject({ version: 2, path: '/x' })
  expect(at('3:cpu:/x\n', '').version).toBe(1)
  expect(at('3:cpu:/x\n0::/\n', '')).toMatchObject({ version: 'hybrid', path: '/x' })
  expect(at('0::/x\n', '').folder('memory')).toBeUndefined()
})

test('garbage says nothing, and what is for people is safe', () => {
  expect(at('nonsense\n\n12\n::\n', V2)).toMatchObject({ version: 2, path: '/' })
  expect(at('0::/a\u001b[2Jb\n', V2).path).toBe('/a[2Jb')
})

test('the seat above', () => {
  const seat = at('0::/a/b\n', V2).seat('memory')
  expect(seatAbove(seat, 1)).toMatchObject({ folder: 'sys/fs/cgroup/a', levels: ['sys/fs/cgroup/a', 'sys/fs/cgroup'] })
  expect(seatAbove(seat, 3)).toBeUndefined()
})

const mounted = process.platform === 'linux' && readFileSync('/proc/self/mountinfo', 'latin1').includes(' - cgroup')

test.runIf(mounted)('this process is a member of the folders it is said to be in', () => {
  const place = cgroupFolders(readFileSync('/proc/self/cgroup'), readFileSync('/proc/self/mountinfo'))
  const seats = ['memory', 'cpu', 'pids', ''].flatMap((controller) => place.seat(controller) ?? [])
  expect(seats).not.toEqual([])
  for (const { folder } of seats) {
    const members = execFileSync('cat', [`/${folder}/cgroup.procs`], { encoding: 'utf8' }).split('\n')
    expect(members, folder).toContain(String(process.pid))
  }
})
