import type { ProcessDescriptor } from 'ps-list'
import { safeText } from '../../../lib/text.ts'
import type { List, Listing } from './listing.ts'
import { askFigures, type Figures } from './ps.ts'

/** Longer command lines say no more to anybody. */
const MAX_COMMAND = 4096
/** kthreadd, whose children are the kernel's threads. */
const KTHREADD = 2

/**
 * Lists processes by ps-list (who there is, since when, with which arguments), and by ps(1) itself for what ps-list does not ask: its CPU
 * is an average over the whole life on Linux, its memory a rounded share.
 */
export function listUnix(signal: AbortSignal): List {
  return async () => {
    const { default: psList } = await import('ps-list')
    const [list, figures] = await Promise.all([psList(), askFigures(signal)])
    return list.flatMap((described) => {
      const known = figures.get(described.pid)
      // Who came or went between the two has no figures, and is left to the next scan.
      return known === undefined ? [] : [listingOf(described, known, process.platform)]
    })
  }
}

/** What ps(1) of Linux adds to the name of who has ended. */
const DEFUNCT = / <defunct>$/

/** Joins what both say of a process. */
export function listingOf(
  { pid, ppid, name, cmd, uid, startTime }: ProcessDescriptor,
  figures: Figures,
  platform: NodeJS.Platform,
): Listing {
  const kernel = platform === 'linux' ? pid === KTHREADD || ppid === KTHREADD : pid === 0
  const short = safeText(name, 64).replace(DEFUNCT, '')
  return {
    pid,
    ppid,
    name: short,
    command: safeText(cmd ?? '', MAX_COMMAND).replace(DEFUNCT, '') || short,
    kernel,
    ...(uid !== undefined && { uid }),
    ...(startTime !== undefined && { startedMs: startTime.getTime() }),
    ...figures,
  }
}
