import { percent } from '../../lib/units.ts'
import type { Frame } from '../../model/frame.ts'
import { drawFitted } from '../paint/fitted.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'

const KEY = style('accent', { bold: true })
const DIM = style('dim')
const TEXT = style('text')
const NOTICE = style('text')
const GAP = 2
const COST_FROM = 72
const MEMORY_FROM = 100

export interface FooterKey {
  /** As it is shown: `?`, `Tab`, `← →`. */
  readonly key: string
  /** What it does: `help`. */
  readonly name: string
  /** It stays when others go; `?` and `q` always do. */
  readonly stays?: boolean
}

export interface FooterOptions {
  readonly keys: readonly FooterKey[]
  /** What healthtop itself costs: CPU of one core, resident bytes. */
  readonly cost?: Frame['cost'] | undefined
  /** A sentence about what was just done, in place of the keys. */
  readonly notice?: string | undefined
}

function costSegments({ cost }: FooterOptions, columns: number): readonly Segment[] {
  if (cost === undefined || columns < COST_FROM) return []
  const parts = [segment('healthtop', DIM)]
  if (cost.cpuRatio !== undefined)
    parts.push(segment(` ${percent(cost.cpuRatio, 1).figure}`, TEXT), segment(' % cpu', DIM))
  if (columns >= MEMORY_FROM) parts.push(segment(`  ${Math.round(cost.memoryBytes / 1e6)}`, TEXT), segment(' MB', DIM))
  return parts.length === 1 ? [] : parts
}

const stays = ({ key, stays: must }: FooterKey) => must === true || key === '?' || key === 'q'

/** The last row: keys that mean something now, and what healthtop costs. Keys go whole, from the right, help and quit last. */
export function footer(surface: Surface, look: Look, options: FooterOptions): void {
  surface.clear()
  const right = surface.columns - 1
  const cost = costSegments(options, surface.columns)
  drawRight(surface, right, 0, cost, 1)
  const room = right - 1 - (cost.length === 0 ? 0 : segmentsWidth(cost) + 3)
  if (options.notice !== undefined && options.notice !== '') {
    drawFitted(surface, 1, 0, [segment(options.notice, NOTICE)], room, look)
    return
  }
  const parts = (key: FooterKey) => [segment(key.key, KEY), segment(` ${key.name}`, DIM)]
  const width = (keys: readonly FooterKey[]) =>
    keys.reduce((sum, key, index) => sum + segmentsWidth(parts(key)) + (index > 0 ? GAP : 0), 0)
  let keys = options.keys
  while (width(keys) > room) {
    const last = keys.findLast((key) => !stays(key)) ?? keys.at(-1)
    if (last === undefined) break
    keys = keys.filter((key) => key !== last)
  }
  let x = 1
  for (const key of keys) x += drawSegments(surface, x, 0, parts(key)) + GAP
}
