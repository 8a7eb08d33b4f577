import { readFileSync } from 'node:fs'
import type { DelayAccounting } from './context.ts'

/** Until then delays were always accounted, from then on only where that is asked for. */
const ON_DEMAND: readonly [number, number] = [5, 14]

function isOlder(release: string): boolean {
  const [major = Number.NaN, minor = Number.NaN] = release.split('.', 2).map((part) => Number.parseInt(part, 10))
  return major < ON_DEMAND[0] || (major === ON_DEMAND[0] && minor < ON_DEMAND[1])
}

/**
 * Whether the kernel keeps how long tasks waited for disks (kernel doc accounting/delay-accounting). `sysctl` is kernel.task_delayacct,
 * undefined where there is none: there the release decides. `parameters` are those of the kernel's command line. A task keeps its
 * delays only when that was on when it was made.
 */
export function delayAccounting(sysctl: string | undefined, release: string, parameters: string): DelayAccounting {
  const given = parameters.split(/\s+/)
  if (sysctl === undefined) return isOlder(release) && !given.includes('nodelayacct') ? 'all' : 'none'
  if (sysctl.trim() !== '1') return 'none'
  return given.includes('delayacct') ? 'all' : 'later'
}

/** `delayAccounting` from the files below a proc folder. Where the release cannot be read, nothing is accounted. */
export function readDelayAccounting(proc: string): DelayAccounting {
  return delayAccounting(
    readText(`${proc}/sys/kernel/task_delayacct`),
    readText(`${proc}/sys/kernel/osrelease`) ?? '',
    readText(`${proc}/cmdline`) ?? '',
  )
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EPERM' || code === 'ENOTDIR') return undefined
    throw error
  }
}
