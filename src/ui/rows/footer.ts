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
  /** The command it stands for, for a click. */
  readonly command: string
  /** It stays when others go; help and quit always do. */
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

const stays = ({ command, stays: must }: FooterKey) =>
  must === true || command === 'help' || command === 'quit' || command === 'close'

const keySegments = (key: FooterKey) => [segment(key.key, KEY), segment(` ${key.name}`, DIM)]

/** The keys that fit, each with where it stands. Keys go whole, from the right, those for help and for the way out last. */
function placed(options: FooterOptions, columns: number): { x: number; key: FooterKey }[] {
  const cost = costSegments(options, columns)
  const room = columns - 2 - (cost.length === 0 ? 0 : segmentsWidth(cost) + 3)
  const width = (keys: readonly FooterKey[]) =>
    keys.reduce((sum, key, index) => sum + segmentsWidth(keySegments(key)) + (index > 0 ? GAP : 0), 0)
  let keys = options.keys
  while (width(keys) > room) {
    const last = keys.findLast((key) => !stays(key)) ?? keys.at(-1)
    if (last === undefined) break
    keys = keys.filter((key) => key !== last)
  }
  let x = 1
  return keys.map((key) => {
    const at = { x, key }
    x += segmentsWidth(keySegments(key)) + GAP
    return at
  })
}

/** The command of the key that stands at a column of a footer. */
export function footerCommandAt(
  x: number,
  keys: readonly FooterKey[],
  columns: number,
  cost: FooterOptions['cost'],
): string | undefined {
  const hit = placed({ keys, cost }, columns).find(
    (one) => x >= one.x && x < one.x + segmentsWidth(keySegments(one.key)),
  )
  return hit?.key.command
}

/** The last row: keys that mean something now, or what was just done, and what healthtop costs. */
export function footer(surface: Surface, look: Look, options: FooterOptions): void {
  surface.clear()
  const right = surface.columns - 1
  const cost = costSegments(options, surface.columns)
  drawRight(surface, right, 0, cost, 1)
  if (options.notice !== undefined && options.notice !== '') {
    const room = right - 1 - (cost.length === 0 ? 0 : segmentsWidth(cost) + 3)
    drawFitted(surface, 1, 0, [segment(options.notice, NOTICE)], room, look)
    return
  }
  for (const { x, key } of placed(options, surface.columns)) drawSegments(surface, x, 0, keySegments(key))
}
