import { expect, test } from 'vitest'
import { mayHang, parseMountinfo } from '../../src/lib/mountinfo.ts'
import { bytes } from '../probes/linux/recorder.ts'

const MOUNTINFO = `22 27 0:21 / /proc rw,nosuid shared:12 - proc proc rw,hidepid=invisible,gid=4
30 25 0:26 /docker/a\\040b /sys/fs/cgroup/cpu ro,nosuid master:9 propagate_from:2 - cgroup cgroup rw,cpu,cpuacct
25 0 254:1 / / rw,relatime - ext4 /dev/vda1 rw
31 25 0:28 / /cut
`

test('optional fields are passed, escapes are undone, other types and lines that are cut are left out', () => {
  expect(parseMountinfo(bytes(MOUNTINFO), (type) => type === 'proc' || type === 'cgroup')).toEqual([
    { root: '/', path: '/proc', type: 'proc', options: ['rw', 'hidepid=invisible', 'gid=4'] },
    { root: '/docker/a b', path: '/sys/fs/cgroup/cpu', type: 'cgroup', options: ['rw', 'cpu', 'cpuacct'] },
  ])
})

test('what the network, a program or an automounter answers for may hang', () => {
  for (const type of [
    'nfs',
    'nfs4',
    'cifs',
    'smb3',
    '9p',
    'ceph',
    'glusterfs',
    'lustre',
    'fuse',
    'fuse.sshfs',
    'autofs',
  ])
    expect(mayHang(type), type).toBe(true)
  for (const type of ['ext4', 'xfs', 'tmpfs', 'overlay', 'proc', 'fusectl', 'nfsd'])
    expect(mayHang(type), type).toBe(false)
})
