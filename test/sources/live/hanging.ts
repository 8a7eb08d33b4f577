import { systemClock } from '../../../src/lib/clock.ts'
import { PLAIN_QUERY } from '../../../src/model/processes.ts'
import { createHostWorker } from '../../../src/sources/live/host-worker.ts'

/** A program of its own, since its thread hangs: prints the health of a worker and the processes it sees, until it is told to stop. */
const [root, workerPath, how] = process.argv.slice(2) as [string, string, string]
let told = ''
const supervisor = createHostWorker({
  platform: 'procfs',
  root,
  intervalMs: 100,
  workerPath,
  clock: systemClock,
  timing: { deadlineMs: 600, quietMs: 400, beatMs: 100 },
  receive: ({ health, processes }) => {
    const line = JSON.stringify({
      ...(health && { state: health[0]?.state, reason: health[0]?.reason }),
      ...(processes && { pids: processes.rows.map(({ pid }) => pid) }),
    })
    if (line !== told) process.stdout.write(`${line}\n`)
    told = line
  },
})
supervisor.ask({ ...PLAIN_QUERY, id: 1, sort: 'pid', rows: 10 })
process.stdin.once('data', async () => {
  process.exitCode = 7
  if (how === 'exit') process.exit()
  const began = performance.now()
  await supervisor.stop()
  process.stdout.write(`${JSON.stringify({ stoppedMs: performance.now() - began })}\n`)
  process.stdin.destroy()
})
