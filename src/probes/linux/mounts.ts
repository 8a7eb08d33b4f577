import { Cursor } from '../../lib/decimal.ts'
import { isRemote, isWithin, mayHang, unescapeMount } from '../../lib/mountinfo.ts'
import { safeText } from '../../lib/text.ts'
import { decode } from '../decode.ts'
import type { Bytes } from '../probe.ts'

/** A mounted file system whose space is worth telling. */
export interface MountEntry {
  /** As the system knows it: what is asked. */
  readonly path: string
  /** Safe to show, as are the type and the device. */
  readonly mount: string
  readonly type: string
  readonly device: string
  /** Nothing can be written to it, because it was mounted so or because the kernel found errors on it. */
  readonly readOnly: boolean
  /** Served over the network or by a program (FUSE), or reached through such a mount: asking may hang, beyond the reach of SIGKILL. */
  readonly remote: boolean
}

/** Types that the kernel itself answers for, from memory: asking them cannot hang. */
export const LOCAL = new Set([
  ...[
    'ext2',
    'ext3',
    'ext4',
    'xfs',
    'btrfs',
    'zfs',
    'bcachefs',
    'f2fs',
    'jfs',
    'reiserfs',
    'nilfs2',
    'ufs',
    'minix',
    'ubifs',
  ],
  ...['vfat', 'msdos', 'exfat', 'ntfs', 'ntfs3', 'hfs', 'hfsplus', 'tmpfs', 'overlay'],
])

/** Programs that show other things as files; they have no space of their own. */
const PSEUDO_FUSE =
  /^fuse\.(lxcfs|gvfsd-fuse|portal|snapfuse|squashfuse|archivemount|vmware-vmblk|rofiles-fuse|.*AppImage.*)$/i

/** Of the file systems in memory that the system itself makes, by the dozen, only those that somebody fills. */
const FILLED_TMPFS = new Set(['/', '/run', '/tmp', '/dev/shm'])
const SYSTEM_TMPFS = /^\/(dev$|(run|dev|proc|sys|var\/run|var\/lock|var\/lib)\/)/

/** Single files that container engines mount over those of the image: the space is that of the host's disk. */
const MOUNTED_FILES = /^\/etc\/(hosts|hostname|resolv\.conf)$|^\/dev\/termination-log$/

/** `emergency_ro` is what ext4 says since Linux 6.15 after errors, beside an `rw` that is not true any more. */
const READ_ONLY = new Set(['ro', 'emergency_ro'])

/**
 * The mounts of /proc/self/mounts (`device path type options 0 0`) that have space of their own, each device once (the others are bind
 * mounts or subvolumes of it: the one with the shortest path stands for all), sorted by path. Pseudo file systems and images that are
 * full by nature (squashfs, iso9660) are left out. Source: proc_pid_mounts(5), fstab(5).
 */
export function parseMounts(bytes: Bytes): MountEntry[] {
  const byPath = new Map<string, MountEntry>()
  const hanging: string[] = []
  const cursor = new Cursor(bytes)
  for (; !cursor.done; cursor.skipLine()) {
    const device = unescapeMount(decode(cursor.wordBytes()))
    const path = unescapeMount(decode(cursor.wordBytes()))
    const type = decode(cursor.wordBytes())
    const options = decode(cursor.wordBytes()).split(',')
    if (!path.startsWith('/')) continue
    // What is mounted later over the same path hides what was there.
    byPath.delete(path)
    if (mayHang(type)) hanging.push(path)
    const readOnly = options.some((option) => READ_ONLY.has(option))
    // Nobody fills what is in memory and cannot be written: it covers something up.
    if (!hasSpace(type, path) || (type === 'tmpfs' && readOnly)) continue
    byPath.set(path, {
      path,
      mount: safeText(path),
      type: safeText(type, 32),
      device: safeText(device, 256),
      readOnly,
      remote: false,
    })
  }
  const entries = [...byPath.values()].map((entry) => ({
    ...entry,
    remote: hanging.some((path) => isWithin(entry.path, path)),
  }))
  return eachDeviceOnce(entries)
}

function hasSpace(type: string, path: string): boolean {
  if (MOUNTED_FILES.test(path)) return false
  if (type === 'tmpfs') return FILLED_TMPFS.has(path) || !SYSTEM_TMPFS.test(path)
  // The overlays of containers lie on a disk that is listed itself; that at / is all a container sees of it.
  if (type === 'overlay') return path === '/'
  return LOCAL.has(type) || (isRemote(type) && !PSEUDO_FUSE.test(type))
}

function eachDeviceOnce(entries: readonly MountEntry[]): MountEntry[] {
  const devices = new Set<string>()
  return [...entries]
    .sort((a, b) => a.path.length - b.path.length)
    .filter((entry) => {
      if (!namesItsDevice(entry)) return true
      if (devices.has(entry.device)) return false
      devices.add(entry.device)
      return true
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** In memory, overlaid or made by a program, the "device" is any word (`tmpfs`, `s3fs`), shared by what has nothing in common. */
function namesItsDevice({ type }: MountEntry): boolean {
  return type !== 'tmpfs' && type !== 'overlay' && !type.startsWith('fuse.') && type !== 'fuse'
}
