import { fromHalf, toHalf } from './halves.ts'
import { type Memory, ORIGIN_FIELDS, SLOT_WORDS, SLOTS } from './memory.ts'
import { LINES, WINDOWS } from './parameters.ts'

/** What the forecasts made at one moment follow from. */
export const FIELD = {
  value: 0,
  medians: 1,
  /** Level and slope of each line. */
  lines: 1 + WINDOWS.length,
  /** How far the series was above its profile. */
  offset: 1 + WINDOWS.length + 2 * LINES.length,
  volatility: 2 + WINDOWS.length + 2 * LINES.length,
  /** The 95 % range of recent values. */
  low: 3 + WINDOWS.length + 2 * LINES.length,
  high: 4 + WINDOWS.length + 2 * LINES.length,
  /** The range seen so far. */
  min: 5 + WINDOWS.length + 2 * LINES.length,
  max: 6 + WINDOWS.length + 2 * LINES.length,
} as const

/** Fields that are kept as distances from the value, so that 16 bits are exact where it matters. */
const FROM_VALUE = Array.from({ length: ORIGIN_FIELDS }, (_, field) => {
  const line = field - FIELD.lines
  if (line >= 0 && field < FIELD.offset) return line % 2 === 0
  return field !== FIELD.value && field !== FIELD.offset && field !== FIELD.volatility
})
/** Cells are kept in 16 bits, which count that far and begin again. */
const CELLS = 0xffff

/** The word of a slot's value. */
const slotAt = (ring: number, slot: number) => ring + slot * SLOT_WORDS
/** The half word of its cell; the fields but the value follow, by their numbers. */
const halvesAt = (word: number) => 2 * (word + 1)

/** Empties the slots of a ring. One that is empty has no value. */
export function clearOrigins({ f32 }: Memory, ring: number): void {
  for (let slot = 0; slot < SLOTS; slot++) f32[slotAt(ring, slot)] = Number.NaN
}

/** Keeps an origin of this cell in place of the oldest one. */
export function keepOrigin({ f32, u16 }: Memory, ring: number, slot: number, cell: number, origin: Float64Array): void {
  const word = slotAt(ring, slot)
  const value = origin[FIELD.value]!
  const half = halvesAt(word)
  f32[word] = value
  u16[half] = cell & CELLS
  for (let field = 1; field < ORIGIN_FIELDS; field++)
    u16[half + field] = toHalf(FROM_VALUE[field] ? origin[field]! - value : origin[field]!)
}

/** How many steps before `cell` the origin of a slot lies; 0 when there is none. */
export function lagOf({ f32, u16 }: Memory, ring: number, slot: number, cell: number): number {
  const word = slotAt(ring, slot)
  return Number.isNaN(f32[word]!) ? 0 : (cell - u16[halvesAt(word)]!) & CELLS
}

/** The slot whose origin lies about `anchor` steps, at most half a stride more or less, before `cell`; -1 when there is none. */
export function slotBefore(memory: Memory, ring: number, cell: number, anchor: number, stride: number): number {
  for (let slot = 0; slot < SLOTS; slot++) {
    const lag = lagOf(memory, ring, slot, cell)
    if (lag >= anchor - stride / 2 && lag < anchor + stride / 2) return slot
  }
  return -1
}

/** Reads an origin into `origin`. */
export function recallOrigin({ f32, u16 }: Memory, ring: number, slot: number, origin: Float64Array): void {
  const word = slotAt(ring, slot)
  const half = halvesAt(word)
  const value = f32[word]!
  origin[FIELD.value] = value
  for (let field = 1; field < ORIGIN_FIELDS; field++) {
    const kept = fromHalf(u16[half + field]!)
    origin[field] = FROM_VALUE[field] ? value + kept : kept
  }
}
