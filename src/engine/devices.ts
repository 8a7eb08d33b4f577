import type { Sample } from '../model/sample.ts'
import { parseSeriesKey } from '../model/series.ts'

const COUNTER = 'disk_read_bytes_total{'

/** The block devices that are counted, by name. The list stays the same object while they do. */
export class Devices {
  #list: readonly string[] = []
  #keys = ''

  get list(): readonly string[] {
    return this.#list
  }

  accept(sample: Sample): void {
    const keys = Object.keys(sample.counters).filter((key) => key.startsWith(COUNTER))
    const joined = keys.join('\n')
    if (joined === this.#keys || keys.length === 0) return
    this.#keys = joined
    this.#list = keys.flatMap((key) => parseSeriesKey(key).labels.device ?? []).sort()
  }
}
