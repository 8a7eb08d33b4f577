/** Entries of a history: small charts are no wider. */
const HISTORY = 30

/** The last CPU ratios of a process, one a scan. */
export class History {
  private readonly ratios = new Float64Array(HISTORY)
  private count = 0
  private lastScan: number

  constructor(scan: number) {
    this.lastScan = scan - 1
  }

  /** Scans that passed the process by take the mean over them, which is what `ratio` then is. */
  push(scan: number, ratio: number): void {
    const missed = Math.min(scan - this.lastScan, HISTORY)
    for (let index = 0; index < missed; index++) this.ratios[this.count++ % HISTORY] = ratio
    this.lastScan = scan
  }

  toArray(): number[] {
    const all: number[] = []
    for (let at = Math.max(0, this.count - HISTORY); at < this.count; at++)
      all.push(this.ratios[at % HISTORY] as number)
    return all
  }
}
