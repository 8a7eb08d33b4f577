import type { ProcessLimit } from '../../../model/watch.ts'
import { decode } from '../../decode.ts'
import type { Bytes } from '../../probe.ts'

/** `Max open files            1024                 4096                 files     `; names have spaces, and columns at least two after them. */
const LINE = /^Max (.+?) {2,}(\d{1,20}|unlimited) +(\d{1,20}|unlimited) *(\w*)/

/**
 * Resource limits in the kernel's order. A limit whose soft or hard number is absent is unlimited there. Lines of another shape (the
 * heading) are passed over. Source: /proc/PID/limits, proc_pid_limits(5), getrlimit(2).
 */
export function parseLimits(bytes: Bytes): ProcessLimit[] {
  return decode(bytes)
    .split('\n')
    .flatMap((line): ProcessLimit[] => {
      const [, name, soft, hard, unit = ''] = LINE.exec(line) ?? []
      if (name === undefined) return []
      return [
        {
          name: name.toLowerCase(),
          ...(soft !== 'unlimited' && { soft: Number(soft) }),
          ...(hard !== 'unlimited' && { hard: Number(hard) }),
          ...(unit !== '' && { unit }),
        },
      ]
    })
}

/** How many files it may have open; undefined when unlimited or not told. */
export function openFilesLimit(limits: readonly ProcessLimit[]): number | undefined {
  return limits.find(({ name }) => name === 'open files')?.soft
}
