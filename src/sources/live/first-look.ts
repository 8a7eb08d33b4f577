import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Batch } from '../../model/source.ts'
import type { Spawn } from '../../probes/linux/space-child.ts'
import { asWarmup, openHost } from './host.ts'
import type { HostOptions } from './platform.ts'

/** A first look asks no remote mounts: a child that is none and never says anything. */
const askNobody: Spawn = () => {
  const silent = { stdout: null, stderr: null, kill: () => false, unref: () => {} }
  return Object.assign(new EventEmitter(), silent) as unknown as ChildProcess
}

/**
 * A first look from this thread (some milliseconds), for the time before anybody else's first word. Its samples are `warmup`. Processes are
 * left to others: their files may hang.
 */
export function firstLook(options: Pick<HostOptions, 'platform' | 'root' | 'clock'>): Batch {
  const { clock } = options
  const host = openHost({ ...options, spawn: askNobody })
  try {
    const samples = asWarmup(host.quick(clock.monoMs()))
    return { wallMs: clock.wallMs(), monoMs: clock.monoMs(), samples, host: host.facts }
  } finally {
    host.close()
  }
}
