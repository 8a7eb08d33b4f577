import { Cursor } from './decimal.ts'

/** One line of mountinfo, as the system says it: nothing of it is safe to show. */
export interface MountInfo {
  /** The folder of the file system that is mounted here; `/` for all of it. */
  readonly root: string
  /** Where it is mounted. */
  readonly path: string
  readonly type: string
  /** Options of the file system itself, such as `cpu` and `cpuacct`, `hidepid=2`. */
  readonly options: readonly string[]
}

/** Types that come from elsewhere, and those made by programs. */
const REMOTE =
  /^(nfs\d?|cifs|smb3|smbfs|9p|virtiofs|ceph|glusterfs|lustre|gpfs|beegfs\w*|afs|ocfs2|gfs2|orangefs|pvfs2|fuseblk|fuse\..+|fuse)$/

/** Whether what lies on a file system of this type comes over the network or from a program. */
export function isRemote(type: string): boolean {
  return REMOTE.test(type)
}

/** Whether asking for a file may hang, beyond the reach of SIGKILL. An automounter hangs while it mounts what is asked for. */
export function mayHang(type: string): boolean {
  return isRemote(type) || type === 'autofs'
}

/** Whether an absolute path is the folder or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}

/** Octal escapes of space, tab, newline, backslash and hash. Source: mangle() in the kernel's fs/proc_namespace.c, getmntent(3). */
const ESCAPE = /\\([0-7]{3})/g

/** `/mnt/my\040disk` → `/mnt/my disk`. */
export function unescapeMount(text: string): string {
  return text.replace(ESCAPE, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}

/**
 * The mounts whose type is wanted, in the order in which they were made: `36 35 98:0 /root /path rw,noatime master:1 - ext4 /dev/sda1 rw`,
 * with any number of optional fields before the dash. Lines that are cut short are left out. Source: /proc/PID/mountinfo,
 * proc_pid_mountinfo(5).
 */
export function parseMountinfo(bytes: Uint8Array, wanted: (type: string) => boolean): MountInfo[] {
  const mounts: MountInfo[] = []
  const cursor = new Cursor(bytes)
  for (; !cursor.done; cursor.skipLine()) {
    cursor.skipWords(3)
    const root = cursor.wordBytes()
    const path = cursor.wordBytes()
    let word = cursor.word()
    while (word !== '-' && word !== '') word = cursor.word()
    const type = cursor.word()
    if (type === '' || !wanted(type)) continue
    cursor.skipWord()
    const options = cursor.word().split(',')
    mounts.push({ root: unescaped(root), path: unescaped(path), type, options })
  }
  return mounts
}

function unescaped(bytes: Uint8Array): string {
  return unescapeMount(Buffer.from(bytes).toString('utf8'))
}
