import type { LiveBatch } from '../live/messages.ts'
import type { Common } from './protocol.ts'

/**
 * What of a batch is for all who look, undefined where nothing is. What it costs is the business of whoever looks; what happened is told with
 * the alerts; what is watched here is not for others, nor are the settings of checks, which may hold secrets.
 */
export function commonOf({ processes, watched, told, cost, events, clients, ...batch }: LiveBatch): Common | undefined {
  const samples = batch.samples.filter(({ source }) => source !== 'watch')
  const { checks } = batch
  const definitions = checks?.definitions?.map((definition) => ({ ...definition, settings: {} }))
  const common = { ...batch, samples, ...(definitions && { checks: { ...checks, definitions } }) }
  const { wallMs, monoMs, samples: _, ...rest } = common
  return samples.length === 0 && Object.keys(rest).length === 0 ? undefined : common
}
