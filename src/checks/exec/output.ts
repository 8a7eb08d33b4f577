import { safeText } from '../../lib/text.ts'
import type { CheckValue } from '../../model/check.ts'

/** What a plug-in wrote. */
export interface PluginOutput {
  /** The first line before its `|`; empty when it said nothing. Safe text. */
  readonly text: string
  /** Lines after the first, before the `|` that begins more figures; empty for none. Safe text. */
  readonly more: string
  /** At most 50; of figures with the same label the first. */
  readonly values: readonly CheckValue[]
}

const MOST_VALUES = 50
const LONGEST_TEXT = 500
const LONGEST_LABEL = 100

/**
 * Splits what a plug-in wrote: `TEXT | FIGURES`, then lines of more text until a `|`, behind which all the rest is figures again. Source:
 * Monitoring Plugins development guidelines, plug-in output; Nagios plug-in API, plug-in output spanning multiple lines.
 */
export function parsePluginOutput(stdout: string): PluginOutput {
  // A line feed alone, or spaces before the text, are nothing said.
  const output = stdout.trimStart()
  const end = output.indexOf('\n')
  const first = end < 0 ? output : output.slice(0, end)
  const rest = end < 0 ? '' : output.slice(end + 1)
  const [text, figures] = split(first)
  const [more, moreFigures] = split(rest)
  return {
    text: safeText(text.trim(), LONGEST_TEXT),
    more: safeText(more.trim(), LONGEST_TEXT),
    values: parsePerfdata(`${figures}\n${moreFigures}`),
  }
}

function split(text: string): [string, string] {
  const at = text.indexOf('|')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

/** A label in quotes (a quote in it is two), or one without; both end at `=`. */
const LABEL = /\s*(?:'((?:[^']|'')*)'|([^\s=']+))=/y
/** Up to the next space: value, unit, and limits that are nobody's business here. */
const FIGURE = /\S*/y
/** `12`, `-0.5`, `.5`, `1e-3`, then its unit: letters or `%`. A decimal comma is no number. */
const VALUE = /^(-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(%|[a-zA-Zµ°/]*)(?:;|$)/

/**
 * `'/ free'=2643MB;5948;5958;0;5968 time=0.27s` → figures, in their order. One that is not known (`U`) or is no number is left out. Source:
 * Monitoring Plugins development guidelines, performance data.
 */
export function parsePerfdata(text: string): CheckValue[] {
  const values = new Map<string, CheckValue>()
  for (let at = 0; at < text.length && values.size < MOST_VALUES; ) {
    LABEL.lastIndex = at
    const label = LABEL.exec(text)
    FIGURE.lastIndex = label === null ? at : LABEL.lastIndex
    const figure = FIGURE.exec(text)?.[0] ?? ''
    // What begins with no label is passed word by word.
    at = Math.max(at + 1, FIGURE.lastIndex)
    const found = label && VALUE.exec(figure)
    if (!found) continue
    const name = safeText((label[1]?.replaceAll("''", "'") ?? label[2] ?? '').trim(), LONGEST_LABEL)
    const value = Number(found[1])
    if (name === '' || !Number.isFinite(value) || values.has(name)) continue
    values.set(name, { label: name, value, unit: found[2] ?? '' })
  }
  return [...values.values()]
}
