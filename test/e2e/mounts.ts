import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenOptions } from './terminal.ts'

/** Fills a file at a steady pace, in bytes a second, however late the timer comes, until it is told to stop. */
export function filling(path: string, pace: number) {
  const file = openSync(path, 'w')
  const began = performance.now()
  const block = Buffer.alloc(16_384, 1)
  let written = 0
  const timer = setInterval(() => {
    while (written < ((performance.now() - began) / 1000) * pace) written += writeSync(file, block)
  }, 100)
  const stop = () => clearInterval(timer)
  return {
    written: () => written,
    stop,
    [Symbol.dispose]: () => {
      stop()
      closeSync(file)
    },
  }
}

/** A folder to mount on; where even root may not mount, `may` is false. In a namespace of its own nobody else sees the mount, and it ends with it. */
export function mountPoint(bytes: number) {
  const path = mkdtempSync(join(tmpdir(), 'ht-'))
  const unshared = ['unshare', '--map-root-user', '--mount'] as const
  const mount = ['mount', '-t', 'tmpfs', '-o', `size=${bytes}`, 'none', path]
  const { status, error } = spawnSync(unshared[0], [...unshared.slice(1), ...mount])
  if (error !== undefined && process.env.CI) throw error
  return {
    path,
    may: status === 0,
    /** Runs a program with the mount. */
    command: (...program: string[]): NonNullable<OpenOptions['command']> => [
      ...unshared,
      ...['sh', '-c', `${mount.map((word) => `'${word}'`).join(' ')} && exec "$@"`, 'sh', ...program],
    ],
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** Whether small file systems can be made here that have a disk below them: by root, with loop devices. */
export const mayMount =
  process.getuid?.() === 0 && spawnSync('sh', ['-c', 'command -v mkfs.ext4 && losetup -f']).status === 0

/** A small ext4 in a file, mounted for as long as the test lasts. */
export class LoopMount implements Disposable {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ht-'))
  readonly path = join(this.folder, 'var')

  /** `size` as truncate(1) takes it. */
  constructor(size: string) {
    const image = join(this.folder, 'image')
    mkdirSync(this.path)
    execFileSync('truncate', ['-s', size, image])
    execFileSync('mkfs.ext4', ['-q', '-m', '0', image])
    execFileSync('mount', ['-o', 'loop', image, this.path])
  }

  [Symbol.dispose](): void {
    execFileSync('umount', ['-l', this.path])
    rmSync(this.folder, { recursive: true })
  }
}

/** A process of this name that writes 2.5 MB a second to the disk. */
export function writing(name: string, path: string): ChildProcess & Disposable {
  const script = `process.title = process.argv[2]
    const fs = require('fs'); const file = fs.openSync(process.argv[1], 'w'); const block = Buffer.alloc(250_000, 1)
    setInterval(() => { fs.writeSync(file, block); fs.fdatasyncSync(file) }, 100)`
  const child = spawn(process.execPath, ['-e', script, path, name], { stdio: 'ignore' })
  return Object.assign(child, { [Symbol.dispose]: () => void child.kill('SIGKILL') })
}
