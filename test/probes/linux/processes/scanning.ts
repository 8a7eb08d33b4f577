import { PLAIN_QUERY, type ProcessAnswer, type ProcessQuery } from '../../../../src/model/processes.ts'
import { ProcessScanner, type ScannerOptions } from '../../../../src/probes/linux/processes/scanner.ts'
import { TemporaryTree } from '../../../fixtures/tree/temporary-tree.ts'
import { type Changes, TICKS_PER_SECOND, type TreeOptions } from '../../../fixtures/tree/tree.ts'

export const ALL: ProcessQuery = { ...PLAIN_QUERY, id: 1, kernelThreads: true, rows: 10 }

/** A scanner over a tree of its own. */
export class Scanning implements Disposable {
  readonly recorded: TemporaryTree
  readonly scanner: ProcessScanner

  constructor(options: Partial<TreeOptions> = {}, scanner: Partial<ScannerOptions> = {}) {
    this.recorded = new TemporaryTree({ processes: 20, cores: 4, seed: 1, ...options })
    const { tree, clock } = this.recorded
    const given = { root: tree.root, ticksPerSecond: TICKS_PER_SECOND, bootMs: tree.bootMs, clock }
    this.scanner = new ProcessScanner({ ...given, ...scanner })
    this.scanner.query(ALL)
  }

  /** Pids that are no kernel threads, smallest first. */
  get pids(): number[] {
    return [...this.recorded.tree.processes.values()].filter(({ kernel }) => !kernel).map(({ pid }) => pid)
  }

  /** Two seconds and a scan later. */
  async step(changes?: Changes, seconds = 2): Promise<ProcessAnswer> {
    this.recorded.advance(seconds, changes)
    return this.scan()
  }

  async scan(): Promise<ProcessAnswer> {
    await this.scanner.scan()
    return this.answer()
  }

  /** The answer to `ALL` with these differences, or to the last query. */
  answer(query?: Partial<ProcessQuery>): ProcessAnswer {
    if (query !== undefined) this.scanner.query({ ...ALL, ...query })
    const answer = this.scanner.answer()
    if (answer === undefined) throw new Error('no answer')
    return answer
  }

  [Symbol.dispose](): void {
    this.scanner.close()
    this.recorded[Symbol.dispose]()
  }
}
