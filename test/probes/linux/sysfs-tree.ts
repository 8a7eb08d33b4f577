import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SystemFiles } from '../../../src/probes/host-files.ts'

/** A tree of attributes on disk that can be written to. */
export interface SysfsTree {
  readonly files: SystemFiles
  /** As `open`, over what is there. */
  write(content: Readonly<Record<string, string>>): void
}

/** Trees of attributes as the kernel would show them, each in a temporary folder. */
export class SysfsTrees {
  private readonly roots: string[] = []

  /** Attributes by their path below the root; each gets the newline that the kernel ends them with. */
  open(content: Readonly<Record<string, string>>): SysfsTree {
    const root = mkdtempSync(join(tmpdir(), 'sysfs-'))
    this.roots.push(root)
    const write = (more: Readonly<Record<string, string>>) => {
      for (const [path, text] of Object.entries(more)) {
        mkdirSync(join(root, path, '..'), { recursive: true })
        writeFileSync(join(root, path), `${text}\n`)
      }
    }
    write(content)
    return { files: new SystemFiles(root), write }
  }

  files(content: Readonly<Record<string, string>>): SystemFiles {
    return this.open(content).files
  }

  remove(): void {
    for (const root of this.roots.splice(0)) rmSync(root, { recursive: true })
  }
}
