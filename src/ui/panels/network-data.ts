import type { Frame, NetworkInterface } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import type { Look } from '../paint/look.ts'
import type { Sight } from '../sight.ts'

/** What the network panel needs of a frame. */
export interface NetworkData {
  readonly series: Sight
  readonly interfaces: readonly NetworkInterface[]
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
}: Pick<Frame, 'metrics' | 'interfaces' | 'wallMs'>): string | undefined {
  const rank = ({ virtual, up }: NetworkInterface) => (virtual ? 2 : 0) + (up ? 0 : 1)
  const best = Math.min(...interfaces.map(rank))
  const candidates = interfaces.filter((one) => rank(one) === best).map(({ name }) => name)
  if (candidates.length < 2) return candidates[0]
  const request = { endMs: wallMs, stepMs: 300_000, count: 2, by: 'mean' } as const
  const traffic = (name: string) =>
    [IN, OUT]
      .flatMap((metric) => [...metrics.window(seriesKey(metric, { interface: name }), request)])
      .reduce((sum, value) => sum + (value || 0), 0)
  const [first] = candidates.map((name) => ({ name, traffic: traffic(name) })).sort((a, b) => b.traffic - a.traffic)
  return first?.name
}

/** `↓ in`, in ASCII the word alone. */
export function directionLabel(mark: string, word: string, { glyphs }: Look): string {
  return glyphs.ascii ? word : `${mark} ${word}`
}
