import { Cursor } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import { demand } from '../decode.ts'
import type { Bytes, Probe } from '../probe.ts'

const DEVICE = /^zram\d+$/
const SET_UP = '1'.charCodeAt(0)

/**
 * Compressed memory that serves as a disk, most often for swap. Source: sys/block/zramN/{initstate,mm_stat}, kernel doc
 * admin-guide/blockdev/zram. The module makes a device that nobody has set up yet: it is left out.
 */
export const zram: Probe = {
  name: 'zram',
  everyMs: 10_000,
  series: ['zram_stored_bytes', 'zram_used_bytes'],
  read: (files, out) => {
    for (const device of files.list('sys/block')) {
      if (!DEVICE.test(device) || files.optional(`sys/block/${device}/initstate`)?.[0] !== SET_UP) continue
      const bytes = files.optional(`sys/block/${device}/mm_stat`)
      if (bytes !== undefined) parseMmStat(bytes, device, out)
    }
  },
}

/** `orig_data_size compr_data_size mem_used_total …` → what is stored and the memory that takes. Throws ParseError. */
export function parseMmStat(bytes: Bytes, device: string, out: Values): void {
  const file = `sys/block/${device}/mm_stat`
  const cursor = new Cursor(bytes)
  const stored = demand(cursor.integer(), file, 'orig_data_size', bytes, cursor.at)
  cursor.skipWord()
  const used = demand(cursor.integer(), file, 'mem_used_total', bytes, cursor.at)
  out.gauge(seriesKey('zram_stored_bytes', { device }), stored)
  out.gauge(seriesKey('zram_used_bytes', { device }), used)
}
