import { chmodSync, linkSync, rmSync, writeFileSync } from 'node:fs'
import { type Access, FILE_MODE } from '../../lib/access.ts'
import { readRegularSync } from '../../lib/regular-file.ts'
import type { Holder } from './holder.ts'

/** A file that nobody can make sense of is one that is being written; for so long. */
const WRITING_MS = 2000
/** A hundred times what is in one. */
const LARGEST = 64 * 1024
/** File systems without hard links (FAT, some of FUSE) say one of these. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/** What a lock file tells: its holder; or that it is half of one, left by a crash of the machine or being written now. */
export type Found =
  | { readonly kind: 'holder'; readonly holder: Holder }
  | { readonly kind: 'torn'; readonly nonce: string; readonly fresh: boolean }

/** The keys of the file: a line of JSON. */
interface Written {
  readonly v: 1
  readonly pid: number
  readonly command: Holder['command']
  readonly nonce: string
  readonly start_ticks?: number
  readonly boot_id?: string
  readonly pid_namespace?: string
  readonly socket?: string
}

/** What a lock file says; undefined where there is none. Throws the system's error where it cannot be read. */
export function readLockFile(path: string, wallMs = Date.now()): Found | undefined {
  try {
    const { bytes, ino, mtimeMs } = readRegularSync(path, LARGEST)
    const holder = holderOf(bytes.toString('utf8'))
    if (holder !== undefined) return { kind: 'holder', holder }
    return {
      kind: 'torn',
      nonce: `torn-${ino}-${Math.round(mtimeMs)}`,
      fresh: Math.abs(wallMs - mtimeMs) < WRITING_MS,
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Makes the file, whole from its first moment; false where there is one already. Throws the system's error. */
export function createLockFile(path: string, holder: Holder, access: Access): boolean {
  const whole = `${path}.${holder.nonce}.new`
  try {
    writeWhole(whole, holder, access)
    linkSync(whole, path)
    return true
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (NO_LINKS.has(code)) return createInPlace(path, holder, access)
    // The owner tidies up beside it.
    if (code === 'EEXIST' || code === 'ENOENT') return false
    throw error
  } finally {
    rmSync(whole, { force: true })
  }
}

/** Without links a reader may see it before it is whole. */
function createInPlace(path: string, holder: Holder, access: Access): boolean {
  try {
    writeWhole(path, holder, access, 'wx')
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Writes a lock file, which those of `access` may read whatever the umask. Throws the system's error. */
export function writeWhole(path: string, holder: Holder, access: Access, flag: 'w' | 'wx' = 'w'): void {
  writeFileSync(path, textOf(holder), { mode: FILE_MODE.owner, flag })
  if (access !== 'owner') chmodSync(path, FILE_MODE[access])
}

/** The file's text. */
export function textOf({ pid, command, nonce, startTicks, bootId, pidNamespace, socket }: Holder): string {
  const written: Written = {
    v: 1,
    pid,
    command,
    nonce,
    ...(startTicks !== undefined && { start_ticks: startTicks }),
    ...(bootId !== undefined && { boot_id: bootId }),
    ...(pidNamespace !== undefined && { pid_namespace: pidNamespace }),
    ...(socket !== undefined && { socket }),
  }
  return `${JSON.stringify(written)}\n`
}

function holderOf(text: string): Holder | undefined {
  let said: Partial<Written> | null
  try {
    said = JSON.parse(text) as Partial<Written> | null
  } catch {
    return undefined
  }
  const { pid, nonce, command, start_ticks, boot_id, pid_namespace, socket } = said ?? {}
  if (!Number.isInteger(pid) || (pid as number) <= 0 || typeof nonce !== 'string' || !/^[\w-]{1,64}$/.test(nonce))
    return undefined
  return {
    pid: pid as number,
    nonce,
    command: command === 'run' ? 'run' : 'dashboard',
    ...(typeof start_ticks === 'number' && { startTicks: start_ticks }),
    ...(typeof boot_id === 'string' && { bootId: boot_id }),
    ...(typeof pid_namespace === 'string' && { pidNamespace: pid_namespace }),
    ...(typeof socket === 'string' && { socket }),
  }
}
