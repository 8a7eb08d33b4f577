import { systemClock } from '../lib/clock.ts'
import { compileSparingly } from '../lib/compiler.ts'
import type { CheckBatch } from '../model/check.ts'
import type { Options } from './options.ts'

/** A snapshot is waited for: what listens here has so long to say what it is. */
const FIND_MS = 1500

/** The checks of a snapshot: the configured ones and what listens here, each asked once. */
export async function snapshotChecks({
  platform,
  root,
  checks: configured,
  secrets,
  discover,
}: Options): Promise<CheckBatch> {
  if (configured.length === 0 && !discover) return {}
  compileSparingly()
  const [{ checkOnce }, { findServices }] = await Promise.all([
    import('../sources/live/checks/once.ts'),
    import('../sources/live/checks/find.ts'),
  ])
  const where = { platform, root, clock: systemClock }
  const find = async () => {
    const found = await findServices({ ...where, covered: configured, stop: AbortSignal.timeout(FIND_MS) })
    const definitions = found.map(({ definition }) => definition)
    return { definitions, results: await checkOnce({ ...where, definitions, secrets }) }
  }
  const [said, found] = await Promise.all([
    checkOnce({ ...where, definitions: configured, secrets }),
    discover ? find() : undefined,
  ])
  return {
    definitions: [...configured, ...(found?.definitions ?? [])],
    results: [...said, ...(found?.results ?? [])],
  }
}
