import { textWidth, truncate } from '../../lib/text.ts'
import { bytes, clockTime, moment, percent, rate, span } from '../../lib/units.ts'
import type { ProcessRow } from '../../model/processes.ts'
import type { Scheduling } from '../../model/source.ts'
import { common } from '../commands/action-changes.ts'
import { coresText, ioClassText, niceWords } from '../commands/action-orders.ts'
import type { ActionOverlay } from '../state.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import type { Token } from '../theme/tokens.ts'

/** Text of one colour. */
export interface Part {
  readonly text: string
  readonly token: Token
  readonly bold?: boolean
}

/** One line of what is known about the targets. */
export interface Fact {
  readonly label: string
  readonly parts: readonly Part[]
  /** Where rows are short, those with the highest go first. No two have the same. */
  readonly rank: number
}

const GAP = '  '
/** Lines that names of several processes may take. */
const NAME_LINES = 3
/** From this on a value stands out. */
const BUSY = 0.5
const WRITES = 1e6

const text = (value: string): Part => ({ text: value, token: 'text' })
const dim = (value: string): Part => ({ text: value, token: 'dim' })
const name = (value: string): Part => ({ text: value, token: 'bright', bold: true })

/** Groups of parts, two spaces apart; what does not fit is left out whole: numbers are never cut. */
function joined(groups: readonly (readonly Part[])[], columns: number): Part[] {
  const parts: Part[] = []
  let used = 0
  for (const group of groups) {
    const width = group.reduce((sum, part) => sum + textWidth(part.text), used > 0 ? GAP.length : 0)
    if (used + width > columns) break
    if (used > 0) parts.push(text(GAP))
    parts.push(...group)
    used += width
  }
  return parts
}

/** `node 4211` each, as many as some lines hold, and how many more there are: `+5`. */
function names(targets: readonly ProcessRow[], columns: number, { ellipsis }: Glyphs): Part[][] {
  const lines: Part[][] = []
  let line: Part[] = []
  let used = 0
  for (const [index, { name: comm, pid }] of targets.entries()) {
    const rest = targets.length - index
    const more = lines.length === NAME_LINES - 1 && rest > 1 ? GAP.length + `+${rest - 1}`.length : 0
    const label = truncate(comm, Math.max(1, columns - `${pid}`.length - 1 - more), ellipsis)
    const width = textWidth(label) + 1 + `${pid}`.length
    if (used > 0 && used + GAP.length + width + more > columns) {
      if (lines.length === NAME_LINES - 1) {
        line.push(dim(`${GAP}+${rest}`))
        break
      }
      lines.push(line)
      line = []
      used = 0
    }
    if (used > 0) line.push(text(GAP))
    line.push(name(label), text(` ${pid}`))
    used += width + (used > 0 ? GAP.length : 0)
  }
  return [...lines, line]
}

function started(startedMs: number, { openedMs, parent }: ActionOverlay): string {
  const day = moment(startedMs, openedMs)
  // Today the seconds are told too.
  const at = day.length === 5 ? clockTime(startedMs) : day
  const by = parent === undefined ? '' : `, by ${parent.name} (${parent.pid})`
  return `${at}, ${span((openedMs - startedMs) / 1000)} ago${by}`
}

/** Share of the cores and memory; the one value that stands out has its resource's hue. */
function usage(cpuRatio: number | undefined, memoryBytes: number, writes = 0): Part[][] {
  const memory = bytes(memoryBytes)
  const written = rate(writes)
  const figure = (value: string, hue: Token | undefined): Part =>
    hue === undefined ? text(value) : { text: value, token: hue, bold: true }
  const outstanding = writes >= WRITES ? 'disk' : (cpuRatio ?? 0) >= BUSY ? 'cpu' : undefined
  return [
    ...(cpuRatio === undefined
      ? []
      : [[figure(percent(cpuRatio, 1).figure, outstanding === 'cpu' ? 'cpu' : undefined), dim(' % cpu')]]),
    [text(memory.figure), dim(` ${memory.unit}`)],
    ...(writes < 50
      ? []
      : [[figure(written.figure, outstanding === 'disk' ? 'disk' : undefined), dim(` ${written.unit} written`)]]),
  ]
}

const DIFFER = 'not the same for all'

/** What the dialog is about, as it is now; empty where that cannot be found out. */
function currently(overlay: ActionOverlay, { loading }: Glyphs): { label: string; parts: Part[] } | undefined {
  const { kind, targets, current } = overlay
  if (kind === 'signal') return undefined
  if (kind === 'nice') {
    // Rows have it too: there is nothing to wait for.
    const values = (current ?? targets).map(({ nice }) => nice)
    const first = Math.min(...values)
    const last = Math.max(...values)
    const parts = first === last ? [text(`${first}`), dim(GAP + niceWords(first))] : [text(`${first} to ${last}`)]
    return { label: 'nice', parts: values.length === 0 ? [] : parts }
  }
  const label = kind === 'io_class' ? 'I/O class' : 'cores'
  if (current === undefined) return { label, parts: [dim(loading)] }
  const known = current.filter((one) => (kind === 'io_class' ? one.ioClass : one.affinity) !== undefined)
  if (known.length < current.length || current.length === 0) return { label, parts: [] }
  const value = common(current, (one) => scheduled(one, kind))
  return { label, parts: [value === undefined ? dim(DIFFER) : text(value)] }
}

function scheduled({ ioClass, affinity, cores }: Scheduling, kind: 'io_class' | 'affinity'): string | undefined {
  if (kind === 'io_class') return ioClass && ioClassText(ioClass)
  return affinity && coresText(affinity, cores).replace(/^cores? /, '')
}

/** Who it is and what they do now, in lines of some columns. */
export function actionFacts(overlay: ActionOverlay, columns: number, glyphs: Glyphs): readonly Fact[] {
  const { targets, total } = overlay
  const now = currently(overlay, glyphs)
  const current: readonly Fact[] = now === undefined ? [] : [{ ...now, rank: 1 }]
  const cut = (value: string) => truncate(value, columns, glyphs.ellipsis)
  const [only] = targets
  if (only !== undefined && targets.length === 1) {
    const label = truncate(only.name, Math.max(1, columns - `${only.pid}`.length - GAP.length), glyphs.ellipsis)
    const uses = usage(only.cpuRatio, only.memoryBytes, only.writeBytesPerSecond)
    const threads = [text(`${only.threads}`), dim(only.threads === 1 ? ' thread' : ' threads')]
    return [
      { label: 'process', parts: [name(label), text(`${GAP}${only.pid}`)], rank: 0 },
      { label: 'command', parts: [text(cut(only.command))], rank: 3 },
      { label: 'user', parts: [only.user === undefined ? dim('not known') : text(cut(only.user))], rank: 4 },
      { label: 'started', parts: [text(cut(started(only.startedMs, overlay)))], rank: 5 },
      { label: 'now', parts: joined([...uses, threads], columns), rank: 2 },
      ...current,
    ]
  }
  const users = [...new Set(targets.map(({ user }) => user).filter((user) => user !== undefined))]
  return [
    ...names(targets, columns, glyphs).map((parts, index) => ({
      label: index === 0 ? 'processes' : '',
      parts,
      rank: index === 0 ? 0 : 2 + index,
    })),
    { label: users.length === 1 ? 'user' : 'users', parts: [text(cut(users.join(', ')))], rank: 5 },
    ...(total === undefined
      ? []
      : [
          {
            label: 'now',
            parts: joined([...usage(total.cpuRatio, total.memoryBytes), [dim('together')]], columns),
            rank: 2,
          },
        ]),
    ...current,
  ]
}
