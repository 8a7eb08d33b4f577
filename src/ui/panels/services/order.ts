import { CHECK_ORDER, type CheckDefinition, type CheckStatus } from '../../../model/check.ts'
import { parseCheckFilter } from '../../../model/check-filter.ts'
import type { FilterError } from '../../../model/processes.ts'
import type { ServicesView } from '../../views.ts'

/** What a filter leaves of the checks, in the order in which they are listed. */
export interface Listed {
  readonly checks: readonly CheckStatus[]
  /** How many there are without the filter. */
  readonly total: number
  /** Where the filter is wrong; then it hides nothing. */
  readonly error?: FilterError
}

/** Whether the list is of checks: all there is without any are sockets, and the full view can list them too. */
export function showsChecks(checks: readonly CheckStatus[], { list }: ServicesView, full: boolean): boolean {
  return checks.length > 0 && !(full && list === 'sockets')
}

/** Numbers in names that are sorted by their value have at most so many digits. */
const NUMBER_COLUMNS = 9

/** Trouble first; what turns all the time is some, what was never asked is none and stands last. */
function rank({ state, asked, flapping }: CheckStatus): number {
  if (!asked) return CHECK_ORDER.length
  return CHECK_ORDER.indexOf(flapping && state === 'up' ? 'degraded' : state)
}

const sortKeys = new WeakMap<CheckDefinition, string>()

/** A name as it is sorted: `web 9` before `web 10`. Made once a check: a thousand are sorted again whenever one of them changes. */
function sortKey(definition: CheckDefinition): string {
  const known = sortKeys.get(definition)
  if (known !== undefined) return known
  const key = definition.name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(NUMBER_COLUMNS, '0'))
  sortKeys.set(definition, key)
  return key
}

/** Worst first, then by name: an order that changes only when a state does. */
function ordered(checks: readonly CheckStatus[]): readonly CheckStatus[] {
  return checks
    .map((check) => ({ check, rank: rank(check), key: sortKey(check.definition) }))
    .sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ check }) => check)
}

/** Lists made of a frame's checks. They are asked for again and again: by the painter, the heading, keys. Frames share their checks while nothing changes. */
const orders = new WeakMap<readonly CheckStatus[], readonly CheckStatus[]>()
const lists = new WeakMap<readonly CheckStatus[], { readonly filter: string; readonly listed: Listed }>()

/** The checks as they are listed. The same list for the same checks and filter. */
export function listedChecks(checks: readonly CheckStatus[], filter: string): Listed {
  const before = lists.get(checks)
  if (before?.filter === filter) return before.listed
  const all = orders.get(checks) ?? ordered(checks)
  orders.set(checks, all)
  const { matches, error } = parseCheckFilter(filter)
  const listed: Listed = {
    checks: matches === undefined || filter.trim() === '' ? all : all.filter(matches),
    total: all.length,
    ...(error === undefined ? {} : { error }),
  }
  lists.set(checks, { filter, listed })
  return listed
}
