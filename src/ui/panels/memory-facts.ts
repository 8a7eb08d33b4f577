import { bytes, often, percent, rate } from '../../lib/units.ts'
import type { Frame, SeriesView } from '../../model/frame.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Token } from '../theme/tokens.ts'
import type { Fact } from './facts.ts'
import { findLimit, forecastEnd, untilSegments } from './limit-times.ts'
import { MEMORY_SERIES, SWAP_LIMIT, SWAP_SERIES } from './memory-data.ts'
import { share } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
/** Columns of an amount, and of a unit with the space before it: figures stand one below the other. */
const AMOUNT = 6
const UNIT = 5

const TOTAL = 'memory_total_bytes'
/** What memory is used for, most important first; each as a share of another. Parts lie in each other, and do not add up. */
const PARTS = [
  ['used', 'memory_used_bytes', TOTAL, 'what programs cannot have'],
  ['available', 'memory_available_bytes', TOTAL, 'what they could have without swapping'],
  ['free', 'memory_free_bytes', TOTAL, 'used by nothing at all'],
  ['cached', 'memory_cached_bytes', TOTAL, 'files kept, given back when needed'],
  ['anonymous', 'memory_anonymous_bytes', TOTAL, 'of programs, no file behind it'],
  ['page cache', 'memory_page_cache_bytes', TOTAL, 'contents of files'],
  ['buffers', 'memory_buffers_bytes', TOTAL, 'blocks of disks'],
  ['shared', 'memory_shared_bytes', TOTAL, 'tmpfs and shared memory'],
  ['slab', 'memory_slab_bytes', TOTAL, 'data of the kernel'],
  ['page tables', 'memory_page_tables_bytes', TOTAL, 'that tell where memory is'],
  ['dirty', 'memory_dirty_bytes', TOTAL, 'waits to be written to disks'],
  ['writeback', 'memory_writeback_bytes', TOTAL, 'is being written to disks'],
  ['committed', 'memory_committed_bytes', 'memory_commit_limit_bytes', 'promised, of what can be'],
  ['huge pages', 'hugepages_used_bytes', 'hugepages_total_bytes', 'in use, of those set aside'],
] as const

const STALLS = [
  ['stalled', 'pressure_memory_some_ratio', 'some task waited for memory'],
  ['all stalled', 'pressure_memory_full_ratio', 'every task waited for memory'],
] as const

/** What memory is used for. When it will be used up stands in the heading. */
export function partFacts(metrics: SeriesView, forecasts: Frame['forecasts']): Fact[] {
  return PARTS.flatMap(([label, partKey, wholeKey, help]): Fact[] => {
    const part = metrics.value(partKey)
    const whole = metrics.value(wholeKey)
    if (part === undefined || whole === undefined || whole === 0) return []
    const tone = label === 'used' ? 'mem' : 'mem2'
    const fact = gaugeFact(label, part, whole, tone, help)
    return [label === 'used' ? withEnd(fact, forecasts, MEMORY_SERIES, part / whole) : fact]
  })
}

/** A gauge with where the forecast of its series ends. */
function withEnd(fact: Fact, forecasts: Frame['forecasts'], series: string, used: number): Fact {
  const end = forecastEnd(forecasts, series, used)
  return end === undefined || fact.gauge === undefined
    ? fact
    : { ...fact, gauge: { ...fact.gauge, soonPercent: end * 100 } }
}

function gaugeFact(label: string, part: number, whole: number, tone: Token, help: string): Fact {
  const ratio = part / whole
  const figure = [...share(ratio, TEXT, 0), ...amount(part)]
  return { label, labelStyle: TEXT, gauge: { percent: ratio * 100, tone }, figure, help }
}

/** `   412 MiB `, as wide whatever it is. */
function amount(value: number): Segment[] {
  const { figure, unit } = bytes(value)
  return aligned(figure.padStart(AMOUNT), ` ${unit}`)
}

function aligned(figure: string, unit: string): Segment[] {
  return [segment(figure, TEXT), segment(unit.padEnd(UNIT), DIM)]
}

/** Swap, what goes there and comes back, what waits for memory. */
export function swapFacts(metrics: SeriesView, forecasts: Frame['forecasts'], look: Look): Fact[] {
  const facts: Fact[] = []
  const total = metrics.value('swap_total_bytes')
  const used = metrics.value('swap_used_bytes')
  if (total === 0) facts.push({ label: 'swap', labelStyle: TEXT, figure: [segment('this machine has no swap', DIM)] })
  if (total !== undefined && total > 0 && used !== undefined) {
    const fact = gaugeFact('swap', used, total, 'mem', 'moved to disk')
    const until = untilSegments(findLimit(forecasts, SWAP_SERIES, SWAP_LIMIT), look)
    facts.push({ ...withEnd(fact, forecasts, SWAP_SERIES, used / total), until })
  }
  for (const [label, key, help] of [
    ['swap in', 'swap_in_bytes_per_second', 'read back'],
    ['swap out', 'swap_out_bytes_per_second', 'written'],
  ] as const) {
    const value = metrics.value(key)
    if (value === undefined) continue
    const { figure, unit } = rate(value)
    facts.push(chartFact(label, key, 1e6, aligned(figure, ` ${unit}`), help))
  }
  const faults = metrics.value('memory_major_faults_per_second')
  if (faults !== undefined) {
    const { figure, unit } = often(faults)
    const shown = aligned(figure, unit)
    facts.push(chartFact('read faults', 'memory_major_faults_per_second', 10, shown, 'pages that had to be read'))
  }
  facts.push(...compressed(metrics))
  for (const [label, key, help] of STALLS) {
    const value = metrics.value(key)
    if (value !== undefined) facts.push(chartFact(label, key, 0.1, aligned(percent(value, 1).figure, ' %'), help))
    else if (label === 'stalled')
      facts.push({ label, labelStyle: TEXT, figure: [segment('this kernel does not tell', DIM)] })
  }
  return facts
}

function chartFact(label: string, key: string, least: number, figure: readonly Segment[], help: string): Fact {
  return { label, labelStyle: TEXT, chart: { key, least, tone: 'mem2' }, figure, help }
}

/** Swap that is compressed in memory instead of being written: what it holds and what it takes. */
function compressed(metrics: SeriesView): Fact[] {
  const sum = (name: string) => metrics.keys(name).reduce((all, key) => all + (metrics.value(key) ?? 0), 0)
  return (
    [
      ['zswap', 'zswap_pool_bytes', 'zswap_stored_bytes'],
      ['zram', 'zram_used_bytes', 'zram_stored_bytes'],
    ] as const
  ).flatMap(([label, takenKey, storedKey]): Fact[] => {
    const stored = sum(storedKey)
    if (stored === 0) return []
    const taken = sum(takenKey)
    const held = bytes(stored)
    return [
      {
        label,
        labelStyle: TEXT,
        gauge: { percent: (taken / stored) * 100, tone: 'mem2' },
        figure: [segment(percent(taken / stored, 0).figure, TEXT), segment(' %', DIM), ...amount(taken)],
        help: `for ${held.figure} ${held.unit}`,
      },
    ]
  })
}
