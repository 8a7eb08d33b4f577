import type { HostFacts, Listener } from '../../model/host.ts'
import { SystemFiles } from '../../probes/host-files.ts'
import { askSystem, readFacts } from '../../probes/portable/facts.ts'
import { askListeners } from '../../probes/portable/listeners.ts'
import { PortableScanner } from '../../probes/portable/processes/scanner.ts'
import { portableProbes, portableSlowProbes } from '../../probes/portable/registry.ts'
import { createRunner } from '../../probes/runner.ts'
import { createSlowRunner, type SlowRunner } from '../../probes/slow-runner.ts'
import { tableOnly } from '../../probes/watch/platform.ts'
import type { Host, HostOptions } from './platform.ts'

/** netstat looks up nothing, but may wait for a lock of the kernel. */
const LISTENERS_DEADLINE_MS = 10_000

/** This machine, whatever its system, asked by way of Node and of its own programs. */
export function openPortableHost({ clock, intervalMs }: HostOptions): Host {
  const pace = intervalMs === undefined ? {} : { intervalMs }
  const files = new SystemFiles()
  const probes = portableProbes(process.platform)
  const slowProbes = portableSlowProbes(process.platform)
  const runner = createRunner(probes, files, clock, pace)
  const newSlowRunner = () => createSlowRunner(slowProbes, files, clock, pace)
  const slow: SlowRunner[] = []
  let facts: HostFacts = readFacts(clock.wallMs())
  let asked = false
  let listening: Promise<readonly Listener[]> | undefined

  /** What programs are asked for once. A name that cannot be had stays unknown. */
  function completeFacts(): void {
    if (asked) return
    asked = true
    askSystem().then(
      (os) => {
        if (os !== undefined) facts = { ...facts, os }
      },
      () => {},
    )
  }

  const quick = (nowMono: number) => createRunner(probes, files, clock, pace).due(nowMono)
  const collect = (nowMono: number) => slow.flatMap((one) => one.due(nowMono))
  return {
    files,
    get facts() {
      return facts
    },
    quick,
    due(nowMono) {
      completeFacts()
      if (slow.length === 0) slow.push(newSlowRunner())
      return [...runner.due(nowMono), ...collect(nowMono)]
    },
    all(nowMono) {
      completeFacts()
      slow.push(newSlowRunner())
      return [...quick(nowMono), ...collect(nowMono)]
    },
    collect,
    async settled(waitMs) {
      await Promise.all(slow.map((one) => one.settled(waitMs)))
    },
    openScanner: (options) => new PortableScanner({ ...(options.yield && { yield: options.yield }), clock }),
    openWatch: () => tableOnly,
    listen() {
      listening ??= askListeners().finally(() => {
        listening = undefined
      })
      return within(LISTENERS_DEADLINE_MS, listening)
    },
    close() {
      for (const one of slow) one.close()
      files.close()
    },
  }
}

/** Rejects when a promise takes longer. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms)
    timer.unref()
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
