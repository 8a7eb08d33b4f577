/** Why a file, a folder or a socket is of no use, for people. Source: errno(3). */
const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left',
  EDQUOT: 'the quota is used up',
  EFBIG: 'the file may not grow any more',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EIO: 'the disk has errors',
  ENOENT: 'the folder is gone',
  ENOTDIR: 'there is a file where the folder should be',
  EEXIST: 'there is a file where the folder should be',
  EISDIR: 'there is a folder where the file should be',
  EFTYPE: 'there is something else where the file should be',
  ELOOP: 'there is a link where the file should be',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
  ENAMETOOLONG: 'the path is too long',
  ESTALE: 'the file server lost the file',
  ETIMEDOUT: 'the file server does not answer',
}

/** What went wrong, in words: of errors that nobody named, the code. */
export function troubleOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return WORDS[code ?? ''] ?? code ?? message
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
