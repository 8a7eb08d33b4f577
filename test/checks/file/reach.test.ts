import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hangingMounts, reaches } from '../../../src/checks/file/reach.ts'
import { temporaryFolder } from '../asking.ts'

/** A folder with a mount that hangs in it (an ordinary folder here: nobody must look into it). */
function tree() {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'nas'))
  mkdirSync(join(folder, 'local/deep'), { recursive: true })
  return { folder, mounts: [{ path: join(folder, 'nas') }] }
}

test('what lies on a mount that may hang reaches it, and so does the mount itself', async () => {
  const { folder, mounts } = tree()
  expect(await reaches(join(folder, 'nas'), mounts)).toBe(true)
  expect(await reaches(join(folder, 'nas/backup/latest'), mounts)).toBe(true)
  expect(await reaches(join(folder, 'nasty'), mounts)).toBe(false)
  expect(await reaches(join(folder, 'local/deep/file'), mounts)).toBe(false)
  expect(await reaches(join(folder, 'nas/x'), [])).toBe(false)
})

test('links lead there, straight or from folder to folder', async () => {
  const { folder, mounts } = tree()
  symlinkSync(join(folder, 'nas/backup'), join(folder, 'absolute'))
  symlinkSync('../../nas', join(folder, 'local/deep/relative'))
  symlinkSync('local/deep', join(folder, 'inside'))
  expect(await reaches(join(folder, 'absolute/latest'), mounts)).toBe(true)
  expect(await reaches(join(folder, 'inside/relative/x'), mounts)).toBe(true)
  expect(await reaches(`${folder}/inside/../../nas`, mounts)).toBe(true)
  expect(await reaches(join(folder, 'inside/x'), mounts)).toBe(false)
})

test('a link in a circle ends', async () => {
  const { folder, mounts } = tree()
  symlinkSync('circle', join(folder, 'circle'))
  expect(await reaches(join(folder, 'circle/x'), mounts)).toBe(false)
})

test('mounts that may hang are read from mountinfo; where there is none there are none', async () => {
  const { folder } = tree()
  const mountinfo = join(folder, 'mountinfo')
  writeFileSync(
    mountinfo,
    `25 0 254:1 / / rw - ext4 /dev/vda1 rw
40 25 0:40 / /mnt/my\\040nas rw shared:1 - nfs4 nas:/export rw
41 25 0:41 / /net rw - autofs systemd-1 rw
42 25 0:42 / /home/me/box rw - fuse.sshfs me@box: rw
`,
  )
  expect((await hangingMounts(mountinfo)).map(({ path }) => path)).toEqual(['/mnt/my nas', '/net', '/home/me/box'])
  expect(await hangingMounts(join(folder, 'none'))).toEqual([])
})
