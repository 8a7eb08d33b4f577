import { safeText } from '../../../lib/text.ts'
import type { FilesDetail, OpenFile } from '../../../model/watch.ts'
import { LOCAL } from '../mounts.ts'
import { type DescriptorInfo, kindOf, parseDescriptor, parseMountTypes, undeleted } from './descriptor.ts'
import { known, type Look, type ProcessFiles, REFUSED } from './reader.ts'

/** So many are told; of so many is seen what they are. */
const MOST_TOLD = 500
const MOST_SEEN = 5000

/** How far a file that is written was at a moment. */
interface Mark {
  readonly path: string
  readonly at: number
  readonly monoMs: number
}

interface Found {
  readonly fd: number
  readonly link: string
  readonly kind: string
}

/** Reads what one process has open, and how fast it writes: by how far its files have got since the reading before. */
export class OpenFiles {
  private readonly files: ProcessFiles
  private readonly pid: number
  private marks = new Map<number, Mark>()

  constructor(files: ProcessFiles, pid: number) {
    this.files = files
    this.pid = pid
  }

  read(monoMs: number, limit: number | undefined): Look<FilesDetail> {
    const names = this.files.list(this.pid, 'fd')
    if (names === undefined || names === REFUSED) return names
    const found = this.links(names)
    const mounts = known(this.files.read(this.pid, 'mountinfo'))
    const types = mounts === undefined ? new Map<number, string>() : parseMountTypes(mounts)
    const marks = new Map<number, Mark>()
    const kinds: Record<string, number> = {}
    const list: OpenFile[] = []
    let deleted = 0
    // Files before all else, then in their order.
    for (const one of found.sort((a, b) => Number(b.kind === 'file') - Number(a.kind === 'file') || a.fd - b.fd)) {
      const info = list.length < MOST_TOLD ? this.info(one.fd) : undefined
      const kind = info?.folder && one.kind === 'file' ? 'folder' : one.kind
      kinds[kind] = (kinds[kind] ?? 0) + 1
      const { path, deleted: gone } = undeleted(one.link)
      if (gone) deleted++
      if (info === undefined) continue
      const sizeBytes = kind === 'file' ? this.size(one.fd, types.get(info.mount)) : undefined
      const writeBytesPerSecond =
        kind === 'file' ? this.growth({ fd: one.fd, path }, info, sizeBytes, monoMs, marks) : undefined
      list.push({
        fd: one.fd,
        mode: info.mode,
        kind,
        path: safeText(path),
        deleted: gone,
        ...(sizeBytes !== undefined && { sizeBytes }),
        ...(writeBytesPerSecond !== undefined && { writeBytesPerSecond }),
      })
    }
    this.marks = marks
    return { kinds, open: names.length, deleted, list, ...(limit !== undefined && { limit }) }
  }

  private links(names: readonly string[]): Found[] {
    const found: Found[] = []
    for (const name of names.slice(0, MOST_SEEN)) {
      const link = known(this.files.link(this.pid, `fd/${name}`))
      if (link !== undefined) found.push({ fd: Number(name), link, kind: kindOf(link) })
    }
    return found
  }

  private info(fd: number): DescriptorInfo | undefined {
    const bytes = known(this.files.read(this.pid, `fdinfo/${fd}`))
    return bytes && parseDescriptor(bytes)
  }

  /** Asking a file system of the network or of a program may hang for ever: only local ones are asked. */
  private size(fd: number, type: string | undefined): number | undefined {
    return type !== undefined && LOCAL.has(type) ? known(this.files.size(this.pid, `fd/${fd}`)) : undefined
  }

  /** A position moves by reading too: of a file that is open for both, growth of its size is told. */
  private growth(
    { fd, path }: { readonly fd: number; readonly path: string },
    { mode, position }: DescriptorInfo,
    sizeBytes: number | undefined,
    monoMs: number,
    marks: Map<number, Mark>,
  ): number | undefined {
    const at = mode === 'write' ? position : mode === 'both' ? sizeBytes : undefined
    if (at === undefined) return undefined
    marks.set(fd, { path, at, monoMs })
    const before = this.marks.get(fd)
    if (before === undefined || before.path !== path || monoMs <= before.monoMs || at < before.at) return undefined
    return ((at - before.at) / (monoMs - before.monoMs)) * 1000
  }
}
