import type { Values } from '../../../src/model/sample.ts'
import type { Bytes, HostFiles } from '../../../src/probes/probe.ts'

/** Keeps what a probe writes. */
export class Recorder implements Values {
  readonly gauges: Record<string, number> = {}
  readonly counters: Record<string, number> = {}
  readonly states: Record<string, string> = {}

  gauge(series: string, value: number): void {
    this.gauges[series] = value
  }

  counter(series: string, value: number): void {
    this.counters[series] = value
  }

  state(series: string, value: string): void {
    this.states[series] = value
  }
}

/** What `write` writes. */
export function recorded(write: (out: Values) => void): Recorder {
  const out = new Recorder()
  write(out)
  return out
}

export function bytes(text: string): Bytes {
  return Buffer.from(text)
}

/** Files in memory below a root that is not `/`. */
export function filesOf(content: Readonly<Record<string, string | Uint8Array>>): HostFiles {
  const paths = Object.keys(content)
  const find = (path: string): Bytes | undefined => {
    const file = content[path]
    return typeof file === 'string' ? Buffer.from(file) : file
  }
  return {
    root: '/recorded',
    read: (path) => {
      const file = find(path)
      if (file === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`)
      return file
    },
    optional: find,
    list: (path) => {
      const inside = paths.filter((name) => name.startsWith(`${path}/`)).map((name) => name.slice(path.length + 1))
      return [...new Set(inside.map((name) => name.split('/', 1)[0] as string))].sort()
    },
  }
}
