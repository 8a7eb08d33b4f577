import { safeText } from '../lib/text.ts'
import { latency } from '../lib/units.ts'
import type { CheckStatus } from '../model/check.ts'
import { checksVerdict } from '../model/check-verdict.ts'
import { longReason } from '../model/check-words.ts'
import { countsText, lastLatency, worstFirst } from './check-summary.ts'

/** Nagios reads so many bytes of a plug-in (`MAX_PLUGIN_OUTPUT_LENGTH`); half of them are for the performance data. */
const MOST_BYTES = 8192
const MOST_PERFDATA = 4096
/** Checks in trouble that the first line names. */
const NAMED = 3
const LONGEST = 200

/**
 * Several checks as one plug-in would tell them: a line with the verdict, the counts, the worst reasons and performance data, then a line
 * for each check. Source: Monitoring Plugins Development Guidelines, "Plugin Output" and "Performance data"; Nagios Plugin API. Ends with
 * a newline.
 */
export function checkNagios(checks: readonly CheckStatus[]): string {
  const sorted = worstFirst(checks)
  const troubles = sorted.filter(({ state }) => state !== 'up')
  const named = troubles.slice(0, NAMED).map((status) => `${plain(status.definition.name)}: ${reasonOf(status)}`)
  const more = troubles.length > NAMED ? [`and ${troubles.length - NAMED} more`] : []
  const verdict = checksVerdict(checks).toUpperCase()
  const counts = countsText(checks) || 'nothing to check'
  const said = [...named, ...more].join(', ')
  const data = perfdata(sorted)
  const first = `HEALTHTOP ${verdict} - ${plain(counts)}${said === '' ? '' : `: ${said}`}${data === '' ? '' : ` | ${data}`}`
  return `${withinBytes([first, ...sorted.map(lineOf)], '\n', MOST_BYTES - 1)}\n`
}

function lineOf(status: CheckStatus): string {
  const { definition, state } = status
  const took = lastLatency(status)
  const reason =
    state === 'up' ? (took === undefined ? '' : `${latency(took).figure} ${latency(took).unit}`) : reasonOf(status)
  const what = `[${state.toUpperCase()}] ${plain(definition.name)} (${plain(`${definition.type} ${definition.target}`)})`
  return reason === '' ? what : `${what}: ${reason}`
}

function reasonOf(status: CheckStatus): string {
  return plain(longReason(status) || status.state)
}

/** One line without the bar that performance data begins with, for which there is no escape. */
function plain(text: string): string {
  return safeText(text, LONGEST).replaceAll('|', '/')
}

/** `'label'=value[unit];[warn];[crit];[min];[max]`, by spaces; as many whole ones as fit. */
function perfdata(checks: readonly CheckStatus[]): string {
  const data = checks.flatMap((status) => {
    const { name } = status.definition
    const took = lastLatency(status)
    const values = (status.last?.outcome.values ?? []).filter(({ value }) => Number.isFinite(value))
    return [
      ...(took === undefined ? [] : [`${label(name)}=${decimal(took)}s;;;0`]),
      ...values.map(({ label: of, value, unit }) => `${label(`${name} ${of}`)}=${decimal(value)}${unitOf(unit)}`),
    ]
  })
  return withinBytes(data, ' ', MOST_PERFDATA)
}

/** A quote is written twice; a label with a space, a quote or an equals sign stands in quotes. */
function label(name: string): string {
  const text = plain(name)
  return /[\s'=]/.test(text) ? `'${text.replaceAll("'", "''")}'` : text
}

/** Units that the guidelines know; others would make the value unreadable. */
function unitOf(unit: string): string {
  return /^(?:[um]?s|%|[KMGT]?B|c)$/.test(unit) ? unit : ''
}

/** Without an exponent: only digits, a sign and a point are read. */
function decimal(value: number): string {
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 6 }).replace(/^-0$/, '0')
}

/** As many of the parts, whole and in their order, as fit; of the first one at least its beginning. */
function withinBytes(parts: readonly string[], separator: string, most: number): string {
  let text = ''
  let bytes = 0
  for (const [index, part] of parts.entries()) {
    const added = index === 0 ? part : separator + part
    bytes += Buffer.byteLength(added)
    if (bytes > most) break
    text += added
  }
  return text
}
