import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { systemClock } from '../../../../src/lib/clock.ts'
import type { Watched, WatchRequest } from '../../../../src/model/watch.ts'
import { SystemFiles } from '../../../../src/probes/host-files.ts'
import { readFacts } from '../../../../src/probes/linux/facts.ts'
import { ProcessScanner } from '../../../../src/probes/linux/processes/scanner.ts'
import { openLinuxWatch } from '../../../../src/probes/linux/watch/platform.ts'
import { Watcher } from '../../../../src/probes/watch/watcher.ts'

/** A watcher of this machine, scanned by hand. */
export class Following implements Disposable {
  readonly watcher: Watcher
  private readonly files = new SystemFiles()
  private readonly scanner: ProcessScanner

  constructor(self = process.pid) {
    const { bootMs = 0, ticksPerSecond = 100 } = readFacts(this.files)
    const clock = systemClock
    this.scanner = new ProcessScanner({ root: '/', ticksPerSecond, bootMs, clock })
    const platform = openLinuxWatch({ host: this.files, ticksPerSecond, clock })
    const find: ProcessScanner['rowsWhere'] = (test, fields) => this.scanner.rowsWhere(test, fields)
    this.watcher = new Watcher({ find, platform, clock, everyMs: 1, scanEveryMs: 1, self })
  }

  /** Scans, and gives what is known then. */
  async look(request?: WatchRequest): Promise<Watched> {
    await this.scanner.scan()
    if (request === undefined) this.watcher.scanned()
    else this.watcher.request(request)
    return this.told()
  }

  /** What the last scan says of another request. */
  ask(request: WatchRequest): Watched {
    this.watcher.request(request)
    return this.told()
  }

  /** Looks again and again, until it is as meant, for at most ten seconds. */
  async until(meant: (watched: Watched) => boolean): Promise<Watched> {
    const endMs = Date.now() + 10_000
    for (;;) {
      if (Date.now() > endMs) throw new Error('did not become as meant')
      const watched = await this.look()
      if (meant(watched)) return watched
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** Gauges and counters by metric name; waits for the turn of the next sample. */
  async figures(): Promise<Readonly<Record<string, number>>> {
    for (;;) {
      const sample = this.watcher.measure()
      if (sample !== undefined) {
        const all = Object.entries({ ...sample.gauges, ...sample.counters })
        return Object.fromEntries(all.map(([key, value]) => [key.replace(/\{.*/, ''), value]))
      }
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  private told(): Watched {
    const watched = this.watcher.take()
    if (watched === undefined) throw new Error('nothing to tell')
    return watched
  }

  [Symbol.dispose](): void {
    this.watcher.close()
    this.scanner.close()
    this.files.close()
  }
}

/** A child that is ended with the test. */
export class Child implements AsyncDisposable {
  readonly process: ChildProcess
  private readonly exited: Promise<unknown>

  constructor(program: string, args: readonly string[] = [], options: Parameters<typeof spawn>[2] = {}) {
    this.process = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], ...options })
    this.exited = once(this.process, 'exit')
  }

  get pid(): number {
    const { pid } = this.process
    if (pid === undefined) throw new Error('was not started')
    return pid
  }

  /** Its program runs, not that of its parent any more. */
  async started(name: string): Promise<this> {
    while (readFileSync(`/proc/${this.pid}/comm`, 'utf8').trim() !== name) await new Promise(setImmediate)
    return this
  }

  /** Resolves with the first line it writes. */
  async says(): Promise<string> {
    const [chunk] = (await once(this.process.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
    return chunk.toString('utf8').trim()
  }

  async end(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill('SIGKILL')
    await this.exited
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.end()
  }
}
