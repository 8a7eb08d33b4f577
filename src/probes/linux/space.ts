import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../lib/clock.ts'
import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import type { Probe } from '../probe.ts'
import { type MountEntry, parseMounts } from './mounts.ts'
import { RemoteSpace } from './remote-space.ts'
import type { Spawn } from './space-child.ts'
import { parseRecordedSpace, type Space, type SpaceAnswer } from './space-figures.ts'

/** Beside proc/ and sys/ of a recorded tree; its format is that of `parseRecordedSpace`. */
const RECORDED = 'healthtop/statfs'

export interface SpaceOptions {
  /** `/`, or a recorded tree: then nothing is asked and the figures come from its file `healthtop/statfs`. */
  readonly root: string
  readonly clock: Clock
  readonly spawn: Spawn
}

/**
 * Space of the mounted file systems. Local ones are asked at each turn (statfs, 1.4 µs), those that may hang by children. A mount that
 * does not answer keeps its last figures and has the state `no answer`. Who makes a collector must close it.
 */
export class SpaceCollector {
  private readonly root: string
  private readonly clock: Clock
  private readonly remote: RemoteSpace
  private mounts: readonly MountEntry[] = []
  /** What they were read of. */
  private listed: Buffer | undefined
  private remotePaths: ReadonlySet<string> = new Set()
  private recorded: ReadonlyMap<string, SpaceAnswer> | undefined
  private readonly lastSpace = new Map<string, Space>()

  constructor({ root, clock, spawn }: SpaceOptions) {
    this.root = root
    this.clock = clock
    this.remote = new RemoteSpace(spawn)
  }

  /** Writes what is known now; throws the system's error when the list of mounts cannot be read. */
  collect(out: Values): void {
    const nowMono = this.clock.monoMs()
    // Each time (20 µs): the folder of a mount that was taken away would answer with the figures of the file system below it.
    this.readMounts()
    if (this.root === '/') this.remote.turn(this.remotePaths, nowMono)
    else this.recorded = readRecorded(this.root)
    for (const entry of this.mounts) this.write(entry, this.answerOf(entry), out)
  }

  /** Ends the children. */
  close(): void {
    this.remote.close()
  }

  private readMounts(): void {
    const listed = readFileSync(join(this.root, 'proc/self/mounts'))
    if (this.listed?.equals(listed)) return
    this.mounts = parseMounts(listed)
    this.listed = listed
    this.remotePaths = new Set(this.mounts.filter(({ remote }) => remote).map(({ path }) => path))
    const paths = new Set(this.mounts.map(({ path }) => path))
    for (const path of this.lastSpace.keys()) if (!paths.has(path)) this.lastSpace.delete(path)
  }

  private answerOf({ path, remote }: MountEntry): SpaceAnswer | undefined {
    if (this.recorded !== undefined) return this.recorded.get(path)
    return remote ? this.remote.answer(path) : statLocal(path)
  }

  private write(entry: MountEntry, answer: SpaceAnswer | undefined, out: Values): void {
    if (answer === undefined || answer === 'denied') return
    if (answer !== 'dead') this.lastSpace.set(entry.path, answer)
    const space = this.lastSpace.get(entry.path)
    // Placeholders (automounters, empty FUSE mounts) have no size.
    if (space !== undefined && space.blocks === 0) return
    const { device, mount, type, readOnly } = entry
    const state = readOnly ? 'read-only' : 'ok'
    out.state(seriesKey('mount', { device, mount, type }), answer === 'dead' ? 'no answer' : state)
    if (space !== undefined) writeSpace(mount, space, out)
  }
}

/** The collector as a probe for the runner. */
export function spaceProbe(collector: SpaceCollector): Probe {
  return {
    name: 'space',
    everyMs: 2000,
    series: [
      'disk_total_bytes',
      'disk_used_bytes',
      'disk_available_bytes',
      'disk_used_ratio',
      'disk_inodes_used_ratio',
    ],
    read: (_files, out) => collector.collect(out),
  }
}

/** As df(1) counts: the reserve of root is neither used nor available, and is in the total only. */
function writeSpace(mount: string, space: Space, out: Values): void {
  const labels = { mount }
  const used = (space.blocks - space.free) * space.blockBytes
  const available = space.available * space.blockBytes
  out.gauge(seriesKey('disk_total_bytes', labels), space.blocks * space.blockBytes)
  out.gauge(seriesKey('disk_used_bytes', labels), used)
  out.gauge(seriesKey('disk_available_bytes', labels), available)
  if (used + available > 0) out.gauge(seriesKey('disk_used_ratio', labels), used / (used + available))
  if (space.files > 0) {
    out.gauge(seriesKey('disk_inodes_used_ratio', labels), (space.files - space.filesFree) / space.files)
  }
}

/** A recorded tree without figures has mounts without space: nothing to show. */
function readRecorded(root: string): ReadonlyMap<string, SpaceAnswer> {
  const path = join(root, RECORDED)
  return existsSync(path) ? parseRecordedSpace(readFileSync(path)) : new Map()
}

function statLocal(path: string): SpaceAnswer | undefined {
  try {
    const { bsize, blocks, bfree, bavail, files, ffree } = statfsSync(path)
    return { blockBytes: bsize, blocks, free: bfree, available: bavail, files, filesFree: ffree }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EACCES' || code === 'EPERM') return 'denied'
    // Unmounted since the list was read.
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : 'dead'
  }
}
