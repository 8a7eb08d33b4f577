import { expect, test } from 'vitest'
import { unescapeMount } from '../../../src/lib/mountinfo.ts'
import { parseMounts } from '../../../src/probes/linux/mounts.ts'
import { bytes } from './recorder.ts'

const list = (text: string) =>
  parseMounts(bytes(text)).map(({ mount, remote }) => (remote ? `${mount} (remote)` : mount))

test('only what has space of its own, sorted by path', () => {
  expect(
    list(`proc /proc proc rw 0 0
sysfs /sys sysfs rw 0 0
udev /dev devtmpfs rw 0 0
tmpfs /run tmpfs rw 0 0
/dev/sda2 / ext4 rw 0 0
tmpfs /dev/shm tmpfs rw 0 0
tmpfs /run/user/1000 tmpfs rw 0 0
tmpfs /tmp tmpfs rw 0 0
tmpfs /srv/cache tmpfs rw,size=614400k 0 0
tmpfs /dev tmpfs rw 0 0
tmpfs /opt/masked tmpfs ro,size=4k 0 0
tmpfs /var/lib/kubelet/pods/x/volumes/token tmpfs rw 0 0
/dev/loop3 /snap/core/1 squashfs ro 0 0
/dev/sr0 /media/cd iso9660 ro 0 0
overlay /var/lib/docker/overlay2/x/merged overlay rw 0 0
rpool/home /home zfs rw 0 0
cgroup2 /sys/fs/cgroup cgroup2 rw 0 0
lxcfs /var/lib/lxcfs fuse.lxcfs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
`),
  ).toEqual(['/', '/dev/shm', '/home', '/run', '/srv/cache', '/tmp'])
})

test('each device once, under its shortest path; names that are no device do not collide', () => {
  expect(
    list(`/dev/sda2 /var/lib/kubelet/pods/x/volume ext4 rw 0 0
/dev/sda2 / ext4 rw 0 0
/dev/sdb1 /srv/data btrfs rw,subvol=/data 0 0
/dev/sdb1 /home btrfs rw,subvol=/home 0 0
s3fs /mnt/a fuse.s3fs rw 0 0
s3fs /mnt/b fuse.s3fs rw 0 0
nas:/export /mnt/nas nfs4 rw 0 0
nas:/export /mnt/nas-again nfs4 rw 0 0
`),
  ).toEqual(['/', '/home', '/mnt/a (remote)', '/mnt/b (remote)', '/mnt/nas (remote)'])
})

test('a container shows its root, not the files mounted over its own', () => {
  expect(
    list(`overlay / overlay rw,lowerdir=/l 0 0
/dev/vda1 /etc/hosts ext4 rw 0 0
/dev/vda1 /etc/resolv.conf ext4 rw 0 0
/dev/vda1 /data ext4 rw 0 0
`),
  ).toEqual(['/', '/data'])
})

test('read-only is what was mounted so, and what the kernel made so after errors', () => {
  const lines = `/dev/a / ext4 rw,relatime 0 0
/dev/b /boot vfat ro,relatime 0 0
/dev/c /data ext4 rw,relatime,errors=remount-ro,emergency_ro 0 0
`
  expect(parseMounts(bytes(lines)).map(({ mount, readOnly }) => [mount, readOnly])).toEqual([
    ['/', false],
    ['/boot', true],
    ['/data', true],
  ])
})

test('what is mounted later hides what was there', () => {
  const [only, ...rest] = parseMounts(bytes('/dev/sda1 /mnt ext4 rw 0 0\n/dev/sdb1 /mnt xfs rw 0 0\n'))
  expect(only).toMatchObject({ mount: '/mnt', device: '/dev/sdb1', type: 'xfs' })
  expect(rest).toEqual([])
  expect(list('/dev/sda1 /mnt ext4 rw 0 0\nnone /mnt proc rw 0 0\n')).toEqual([])
})

test('a local file system that is reached through one that may hang may hang too', () => {
  expect(
    list(`/dev/sda2 / ext4 rw 0 0
nas:/export /mnt/nas nfs4 rw 0 0
/dev/sdb1 /mnt/nas/local xfs rw 0 0
/dev/sdc1 /mnt/nas2 xfs rw 0 0
systemd-1 /boot autofs rw 0 0
/dev/sda1 /boot vfat rw 0 0
`),
  ).toEqual(['/', '/boot (remote)', '/mnt/nas (remote)', '/mnt/nas/local (remote)', '/mnt/nas2'])
})

test('escapes are undone for the system and made safe for people', () => {
  expect(unescapeMount('/mnt/my\\040disk\\134\\043\\011x')).toBe('/mnt/my disk\\#\tx')
  const [entry] = parseMounts(bytes('/dev/sdb1 /mnt/a\\040b\\012\u001b[2Jé ext4 rw 0 0\n'))
  expect(entry).toMatchObject({ path: '/mnt/a b\n\u001b[2Jé', mount: '/mnt/a b [2Jé' })
})

test('lines that are no mounts are passed over', () => {
  expect(list('\nx\n/dev/sda1\nnone relative ext4 rw 0 0\n/dev/sda1 /a ext4')).toEqual(['/a'])
})
