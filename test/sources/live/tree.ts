import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A recorded machine of a few files. */
export interface Tree extends Disposable {
  readonly root: string
  write(path: string, text: string): void
}

/** `state` and `startTicks` are what tests look at; all else is 0 or 1. */
export function statLine(
  pid: number,
  name: string,
  { state = 'S', startTicks = 100, ticks = 0, pages = 10 } = {},
): string {
  return `${pid} (${name}) ${state} 1 1 1 0 -1 4194304 0 0 0 0 ${ticks} 0 0 0 20 0 1 0 ${startTicks} 1000 ${pages} 0 0 0 0 0 0 0\n`
}

export function makeTree(files: Readonly<Record<string, string>> = {}): Tree {
  const root = mkdtempSync(join(tmpdir(), 'healthtop-tree-'))
  const tree: Tree = {
    root,
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
  const usual = {
    'proc/stat':
      'cpu  10 0 10 100 0 0 0 0 0 0\ncpu0 10 0 10 100 0 0 0 0 0 0\nbtime 1700000000\nprocesses 9\nprocs_running 1\nprocs_blocked 0\n',
    'proc/loadavg': '0.50 0.25 0.10 1/9 77\n',
    'proc/sys/kernel/hostname': 'small\n',
    'proc/self/mounts': '',
    'proc/7/stat': statLine(7, 'seven'),
    'proc/7/cmdline': 'seven\0--days\0',
    'proc/7/status': 'Name:\tseven\nUid:\t1000\t1000\t1000\t1000\n',
    'etc/passwd': 'root:x:0:0::/:/bin/sh\nada:x:1000:1000::/:/bin/sh\n',
  }
  for (const [path, text] of Object.entries({ ...usual, ...files })) tree.write(path, text)
  return tree
}
