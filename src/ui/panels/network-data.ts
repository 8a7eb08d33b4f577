import type { NetworkInterface, SeriesView } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import type { Look } from '../paint/look.ts'

/** What the network panel needs of a frame. */
export interface NetworkData {
  readonly metrics: SeriesView
  readonly interfaces: readonly NetworkInterface[]
  readonly tick: number
  readonly wallMs: number
  readonly fresh: string
}

export const IN = 'network_receive_bytes_per_second'
export const OUT = 'network_transmit_bytes_per_second'
/** Below this a chart would make mountains of noise. */
export const LEAST_TOP = 10_000

/** The interface a person means: the real one with most traffic lately; loopback only where there is nothing else. */
export function mainInterface({
  metrics,
  interfaces,
  wallMs,
}: Pick<NetworkData, 'metrics' | 'interfaces' | 'wallMs'>): string | undefined {
  const traffic = (name: string) => {
    const values = metrics.window(seriesKey(IN, { interface: name }), {
      endMs: wallMs,
      stepMs: 300_000,
      count: 2,
      by: 'mean',
    })
    const out = metrics.window(seriesKey(OUT, { interface: name }), {
      endMs: wallMs,
      stepMs: 300_000,
      count: 2,
      by: 'mean',
    })
    return (values[0] || 0) + (values[1] || 0) + (out[0] || 0) + (out[1] || 0)
  }
  const rank = ({ virtual, up }: NetworkInterface) => (virtual ? 2 : 0) + (up ? 0 : 1)
  const [first] = [...interfaces].sort((a, b) => rank(a) - rank(b) || traffic(b.name) - traffic(a.name))
  return first?.name
}

/** `↓ in`, in ASCII the word alone. */
export function directionLabel(mark: string, word: string, { glyphs }: Look): string {
  return glyphs.ascii ? word : `${mark} ${word}`
}
