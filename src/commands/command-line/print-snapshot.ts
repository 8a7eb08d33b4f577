import type { Build, Options } from '../options.ts'
import type { RawSnapshotOptions } from '../snapshot-options.ts'

/** Prints one frame, or one an interval, and sets the exit code: the verdict. */
export async function printSnapshot(options: Options, raw: RawSnapshotOptions, build: Build): Promise<void> {
  const { checkSnapshot } = await import('../snapshot-options.ts')
  const checked = checkSnapshot(raw, options)
  if (checked.watch) {
    const { watchSnapshots } = await import('../snapshot-watch.ts')
    process.exitCode = await watchSnapshots(options, checked, build)
  } else {
    const { snapshot } = await import('../snapshot.ts')
    process.exitCode = await snapshot(options, checked)
  }
}
