import { got } from '../../lib/fields.ts'
import { nearest } from '../../lib/nearest.ts'
import { hasLabels, type Labels } from '../../model/series.ts'
import { isMapping, type Mapping } from '../checks/merge.ts'

/** A check of the configuration as far as rules name it. */
export interface KnownCheck {
  readonly name: string
  readonly labels: Labels
}

/** The checks of a configuration, those in which something else is wrong included. Neither names nor labels are expanded. */
export function knownChecks(written: readonly Mapping[]): readonly KnownCheck[] {
  return written.flatMap(({ name, labels }) => {
    if (typeof name !== 'string') return []
    const texts = isMapping(labels)
      ? Object.entries(labels).map(([label, value]) => [label, String(value)] as const)
      : []
    return [{ name, labels: Object.fromEntries(texts) }]
  })
}

/** What is wrong with the name of a check; undefined where there is one. */
export function wrongName(name: string, checks: readonly KnownCheck[]): string | undefined {
  if (checks.some((check) => check.name === name)) return undefined
  const meant = nearest(
    name,
    checks.map((check) => check.name),
  )
  return `there is no check ${got(name)}; ${meant === undefined ? 'name one of checks:, labels, or all' : `did you mean ${meant}?`}`
}

/** What is wrong with labels that no check has all of, and at which of them. */
export function wrongLabels(
  where: Labels,
  checks: readonly KnownCheck[],
): { readonly label: string; readonly text: string } | undefined {
  for (const [label, value] of Object.entries(where)) {
    const values = checks.flatMap(({ labels }) => labels[label] ?? [])
    if (values.includes(value)) continue
    if (values.length > 0) {
      const meant = nearest(value, new Set(values)) ?? [...new Set(values)].join(', ')
      return { label, text: `no check has the label ${label} with the value ${got(value)}; there is ${meant}` }
    }
    const meant = nearest(label, new Set(checks.flatMap(({ labels }) => Object.keys(labels))))
    return { label, text: `no check has a label ${got(label)}${meant === undefined ? '' : `; did you mean ${meant}?`}` }
  }
  const has = ({ labels }: KnownCheck) => hasLabels(labels, where)
  const [first] = Object.keys(where)
  if (checks.some(has) || first === undefined) return undefined
  return { label: first, text: 'no check has all of these labels' }
}
