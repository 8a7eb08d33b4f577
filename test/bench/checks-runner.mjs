// Runs checks in the built worker, as healthtop does, and counts: reads its setup from the first line of stdin, answers every further
// line with what happened since the one before.
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'

const monoMs = () => Number(process.hrtime.bigint()) / 1e6
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const { workerPath, definitions, limits, flags } = JSON.parse((await lines.next()).value)
for (const flag of flags) setFlagsFromString(flag)
const [seconds, nanoseconds] = process.hrtime()
const worker = new Worker(workerPath, {
  resourceLimits: limits,
  workerData: {
    monoMs: monoMs(),
    hrMs: seconds * 1000 + nanoseconds / 1e6,
    setup: { definitions, secrets: [], discover: false },
    discovered: [],
    inFlight: new Int32Array(new SharedArrayBuffer(4096)),
    suspects: [],
    leftOut: [],
    generation: 1,
  },
})
/** Wall times of the next turns, as the worker told them. */
const next = new Map()
/** When each run ended, how late it began, and whether it failed; those not counted yet. */
let runs = []
worker.on('message', (message) => {
  if (message.kind !== 'results') return
  for (const { check, wallMs, durationMs, outcome } of message.results) {
    const due = next.get(check)
    runs.push({ endMs: wallMs + durationMs, late: due && Math.max(0, wallMs - due), failed: outcome.state !== 'up' })
  }
  for (const [name, due] of Object.entries(message.next)) next.set(name, due)
})
/** News that changes little is held back for half a second: what ended before a line came is known only some time after it. */
const HELD_MS = 1000
for (;;) {
  const { done } = await lines.next()
  if (done) break
  const nowMs = Date.now()
  await setTimeout(HELD_MS)
  const ended = runs.filter(({ endMs }) => endMs < nowMs)
  runs = runs.filter(({ endMs }) => endMs >= nowMs)
  const late = ended.flatMap((run) => run.late ?? [])
  console.log(JSON.stringify({ results: ended.length, failed: ended.filter((run) => run.failed).length, late }))
}
process.exit()
