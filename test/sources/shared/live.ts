import type { ProcessAnswer, ProcessQuery } from '../../../src/model/processes.ts'
import type { Sample } from '../../../src/model/sample.ts'
import type { Command, Outcome } from '../../../src/model/source.ts'
import type { WatchRequest } from '../../../src/model/watch.ts'
import type { LiveSource } from '../../../src/sources/live/live.ts'
import type { LiveBatch } from '../../../src/sources/live/messages.ts'

/** A machine that measures what a test says, and remembers what it was asked. */
export class ToldSource implements LiveSource {
  can: ReadonlySet<Command['kind']> = new Set(['signal', 'check_now'])
  readonly asked: unknown[] = []
  readonly commands: Command[] = []
  outcome: Outcome = { ok: true }
  stopped = false
  private receive: (batch: LiveBatch) => void = () => {}

  tell(batch: Partial<LiveBatch>): void {
    this.receive(batchOf(batch))
  }

  first() {
    return batchOf({ samples: [sampleOf('cpu', { cpu_used_ratio: 0.5 })] })
  }
  beginChecks(): void {
    this.asked.push('begin')
  }
  configure(): void {
    this.asked.push('configure')
  }
  start(receive: (batch: LiveBatch) => void): void {
    this.receive = receive
  }
  query(query: ProcessQuery): void {
    this.asked.push({ client: 0, query })
  }
  watch(request: WatchRequest | undefined): void {
    this.asked.push({ client: 0, request })
  }
  queryFor(client: number, query: ProcessQuery): void {
    this.asked.push({ client, query })
  }
  watchFor(client: number, request: WatchRequest | undefined): void {
    this.asked.push({ client, request })
  }
  forget(client: number): void {
    this.asked.push({ client, gone: true })
  }
  async command(command: Command) {
    this.commands.push(command)
    return this.outcome
  }
  inspect = async () => ({ nice: 5, cores: [0, 1] })
  async stop() {
    this.stopped = true
  }
}

export function batchOf(batch: Partial<LiveBatch>): LiveBatch {
  return { wallMs: 1_764_079_200_000, monoMs: 1000, samples: [], ...batch }
}

export function sampleOf(source: string, gauges: Record<string, number>, parts: Partial<Sample> = {}): Sample {
  return { source, wallMs: 1_764_079_200_000, monoMs: 1000, everyMs: 1000, gauges, counters: {}, states: {}, ...parts }
}

export const answerOf = (id: number, parts: Partial<ProcessAnswer> = {}): ProcessAnswer => ({
  id,
  scan: 1,
  wallMs: 1_764_079_200_000,
  total: 1,
  running: 1,
  matched: 1,
  offset: 0,
  rows: [],
  ...parts,
})
