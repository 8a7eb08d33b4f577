import { parseArgs } from 'node:util'
import { systemClock } from '../../src/lib/clock.ts'
import { PLAIN_QUERY, type SortKey } from '../../src/model/processes.ts'
import { ProcessScanner } from '../../src/probes/linux/processes/scanner.ts'
import { TemporaryTree } from '../fixtures/tree/temporary-tree.ts'
import { TICKS_PER_SECOND } from '../fixtures/tree/tree.ts'

/** What a scan of many processes costs, in CPU of this program: everybody read, and as most scans are. Medians, 100 ms between two. */

const { values } = parseArgs({
  options: { processes: { type: 'string', default: '1000,20000' }, rounds: { type: 'string', default: '11' } },
})
const rounds = Number(values.rounds)

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] as number
}

/** CPU of all threads meanwhile, in milliseconds. */
async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 100))
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

async function measure(processes: number): Promise<string> {
  const recorded = new TemporaryTree({ processes, cores: 4, seed: 1, busy: 5 })
  const { root, bootMs } = recorded.tree
  const scanner = new ProcessScanner({ root, ticksPerSecond: TICKS_PER_SECOND, bootMs, clock: systemClock })
  const ask = (sort: SortKey) => scanner.query({ ...PLAIN_QUERY, id: 1, sort, rows: 40 })
  const scan = async () => {
    await scanner.scan()
    scanner.answer()
  }
  ask('cpu')
  const first = await cpuOf(scan)
  const full: number[] = []
  const usual: number[] = []
  for (let round = 0; round < rounds; round++) {
    // Another order makes the next scan read everybody.
    ask(round % 2 === 0 ? 'memory' : 'cpu')
    full.push(await cpuOf(scan))
  }
  for (let scans = 0; scans < 8; scans++) await scan()
  for (let round = 0; round < rounds; round++) usual.push(await cpuOf(scan))
  scanner.close()
  recorded[Symbol.dispose]()
  const [all, most] = [median(full), median(usual)]
  return `${processes} processes: first scan ${first.toFixed(0)} ms, everybody ${all.toFixed(1)} ms (${((all * 1000) / processes).toFixed(1)} us each), usual ${most.toFixed(1)} ms`
}

for (const processes of (values.processes as string).split(',')) {
  process.stdout.write(`${await measure(Number(processes))}\n`)
}
