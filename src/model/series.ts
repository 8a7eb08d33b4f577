/** Labels of a series; values are arbitrary text. */
export type Labels = Readonly<Record<string, string>>

/** A series split into its metric name and its labels. */
export interface SeriesId {
  readonly name: string
  readonly labels: Labels
}

const SPECIAL = /[\\"\n]/
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' }

/**
 * The canonical key of a series: Prometheus text format, labels sorted by name, values escaped
 * (`disk_used_ratio{mount="/"}`). Source: Prometheus exposition formats, "Text format details".
 */
export function seriesKey(name: string, labels?: Labels): string {
  if (labels === undefined) return name
  const names = Object.keys(labels)
  if (names.length === 0) return name
  // Nearly all series have one label, and keys are made hundreds of times a second.
  if (names.length === 1) return `${name}{${pairOf(names[0] as string, labels)}}`
  return `${name}{${names
    .sort()
    .map((label) => pairOf(label, labels))
    .join(',')}}`
}

function pairOf(label: string, labels: Labels): string {
  const value = labels[label] ?? ''
  return `${label}="${SPECIAL.test(value) ? value.replace(/[\\"\n]/g, (c) => ESCAPES[c] ?? c) : value}"`
}

/** Reads what `seriesKey` wrote. Text that is no series key is taken as a bare name. */
export function parseSeriesKey(key: string): SeriesId {
  const open = key.indexOf('{')
  if (open < 0 || !key.endsWith('}')) return { name: key, labels: {} }
  const labels: Record<string, string> = {}
  for (const match of key.slice(open + 1, -1).matchAll(/([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g)) {
    labels[match[1] as string] = (match[2] as string).replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c))
  }
  return { name: key.slice(0, open), labels }
}

/** Whether labels have all of these values. */
export function hasLabels(labels: Labels, where: Labels): boolean {
  for (const name of Object.keys(where)) if (labels[name] !== where[name]) return false
  return true
}
