import { bytes, percent, rate } from '../../lib/units.ts'
import type { ProcessRow } from '../../model/processes.ts'

/** Who does less than this share of what those of his name do is one of many. */
const ALONE = 2 / 3

/** A process, or several of one name that do the same together. */
export interface Actor {
  readonly name: string
  readonly count: number
  /** Of all of them. */
  readonly value: number
}

/** Who does most, most first; those of one name are one, unless one of them does nearly all of it. Nobody does nothing. */
export function actorsOf(rows: readonly ProcessRow[], value: (row: ProcessRow) => number): Actor[] {
  const byName = new Map<string, number[]>()
  for (const row of rows) {
    const own = value(row)
    if (!(own > 0) || row.kind !== 'process') continue
    const values = byName.get(row.name)
    if (values === undefined) byName.set(row.name, [own])
    else values.push(own)
  }
  const actors = [...byName].map(([name, values]): Actor => {
    const most = Math.max(...values)
    const all = values.reduce((sum, one) => sum + one, 0)
    return most >= all * ALONE ? { name, count: 1, value: most } : { name, count: values.length, value: all }
  })
  return actors.sort((a, b) => b.value - a.value)
}

/** `node uses 91 % of a core`, `12 × cc1 use 7.6 cores`. */
export function usesText(actor: Actor): string {
  const of = actor.value < 1.5 ? `${percent(actor.value).figure} % of a core` : `${actor.value.toFixed(1)} cores`
  return `${who(actor)} ${verb(actor, 'use')} ${of}`
}

/** `vacuum-logs writes 38.0 MB/s`. */
export function movesText(actor: Actor, what: 'read' | 'write'): string {
  const { figure, unit } = rate(actor.value)
  return `${who(actor)} ${verb(actor, what)} ${figure} ${unit}`
}

/** `java holds 8.4 GiB`. */
export function holdsText({ name, memoryBytes }: Pick<ProcessRow, 'name' | 'memoryBytes'>): string {
  const { figure, unit } = bytes(memoryBytes)
  return `${name} holds ${figure} ${unit}`
}

/** `java held 8.4 GiB`: it has ended. */
export function heldText({ name, memoryBytes }: Pick<ProcessRow, 'name' | 'memoryBytes'>): string {
  const { figure, unit } = bytes(memoryBytes)
  return `${name} held ${figure} ${unit}`
}

function who({ name, count }: Actor): string {
  return count === 1 ? name : `${count} × ${name}`
}

function verb({ count }: Actor, word: string): string {
  return count === 1 ? `${word}s` : word
}
