/** What is wrong with one file and need not be with the one beside it. */
const OF_A_FILE: ReadonlySet<string> = new Set(['EISDIR', 'EFTYPE', 'ELOOP', 'EACCES', 'EPERM', 'EIO', 'EFBIG'])

/** Whether another file of the same folder may take what this one did not. */
export function isOfOneFile(error: unknown): boolean {
  return OF_A_FILE.has((error as NodeJS.ErrnoException | undefined)?.code ?? '')
}
