import { stat } from 'node:fs/promises'

/** Who may look at what is made: its owner alone, or its group as well, which never changes anything. */
export type Access = 'owner' | 'group'

/** Permissions of what is made (chmod(2)), by who may look. */
export const FOLDER_MODE: Readonly<Record<Access, number>> = { owner: 0o700, group: 0o750 }
export const FILE_MODE: Readonly<Record<Access, number>> = { owner: 0o600, group: 0o640 }
const PERMISSIONS = 0o777
/** Whoever connects to a socket has to be allowed to write, unix(7). */
export const SOCKET_MODE: Readonly<Record<Access, number>> = { owner: 0o600, group: 0o660 }

/** Who may look into a folder that was made so: its owner alone, unless it is exactly a group's. Rejects as the file system does. */
export async function accessOf(folder: string): Promise<Access> {
  return ((await stat(folder)).mode & PERMISSIONS) === FOLDER_MODE.group ? 'group' : 'owner'
}
