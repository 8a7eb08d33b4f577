/** Why nothing can be written, for people. Source: errno(3). */
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

/** What is wrong with one file and need not be with the one beside it. */
const OF_A_FILE: ReadonlySet<string> = new Set(['EISDIR', 'EFTYPE', 'ELOOP', 'EACCES', 'EPERM', 'EIO', 'EFBIG'])

/** Whether another file of the same folder may take what this one did not. */
export function isOfOneFile(error: unknown): boolean {
  return OF_A_FILE.has((error as NodeJS.ErrnoException | undefined)?.code ?? '')
}
