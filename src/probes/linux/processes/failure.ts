/** The process ended. */
const GONE: ReadonlySet<string> = new Set(['ENOENT', 'ESRCH', 'ENOTDIR'])
/** Descriptors that run out, or that are used after they were closed, are our own matter. */
const OURS: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'EBADF', 'EFAULT'])

/**
 * What an error says of the one file that was read: its process is gone, or it does not let itself be read (EACCES, EPERM, EIO of a disk
 * behind a recorded tree, ENOMEM under pressure …). One file must not cost a scan of thousands. Throws what is no error of the system, and
 * what would meet every other file too.
 */
export function failure(error: unknown): 'gone' | 'refused' {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined || OURS.has(code)) throw error
  return GONE.has(code) ? 'gone' : 'refused'
}
