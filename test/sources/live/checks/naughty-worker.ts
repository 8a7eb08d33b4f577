import { parentPort, workerData } from 'node:worker_threads'
import { type CheckType, up } from '../../../../src/checks/check.ts'
import { createChecksCore } from '../../../../src/sources/live/checks/core.ts'
import type { ChecksConfig, ToChecks } from '../../../../src/sources/live/checks/messages.ts'
import { clockOf } from '../../../../src/sources/live/messages.ts'
import { typeThat } from '../../../checks/definitions.ts'

/** The worker of checks with types that do what no check may: entry of a thread. */
const TYPES: Readonly<Record<string, CheckType['run']>> = {
  well: async () => up(),
  /** Never lets the thread go on. */
  spin: async () => {
    for (;;);
  },
  /** Throws where nobody can catch it. */
  throw: () =>
    new Promise(() => {
      setImmediate(() => {
        throw new Error('nobody catches this')
      })
    }),
  reject: () => {
    void Promise.reject(new Error('nobody handles this'))
    return new Promise(() => {})
  },
  /** Keeps more and more. */
  grow: () =>
    new Promise(() => {
      const kept: unknown[] = []
      setInterval(() => kept.push(new Array(2_000_000).fill(kept.length)), 1)
    }),
  asks: async (_, { processes }) => up({ facts: [{ name: 'pids', value: String(await pidsOf(processes)) }] }),
}

async function pidsOf(processes: Parameters<CheckType['run']>[1]['processes']): Promise<number[]> {
  return (await processes({ pid: process.pid })).map(({ pid }) => pid)
}

const config = workerData as ChecksConfig
const core = createChecksCore({
  ...config,
  clock: clockOf(config),
  typeOf: (type) => typeThat(TYPES[type] ?? (async () => up()), { type }),
  post: (message) => parentPort?.postMessage(message),
})
parentPort?.on('message', (message: ToChecks) => {
  if (message.kind !== 'stop') return core.take(message)
  core.stop()
  parentPort?.close()
})
