import { metricOf } from './catalogue.ts'

/** Metrics by how their names begin, and the labels by which their series are told from each other; the first that fits counts. */
const LABELS: readonly (readonly [begins: RegExp, labels: readonly string[]])[] = [
  [/^disk_(?:total_bytes|used_|available_|inodes_)/, ['mount']],
  [/^(?:disk|zram)_/, ['device']],
  [/^core_/, ['cpu']],
  [/^network_/, ['interface']],
  [/^tcp_states$/, ['state']],
  [/^temperature_/, ['sensor']],
  [/^fan_/, ['fan']],
  [/^power_watts$/, ['source']],
  [/^energy_/, ['zone']],
  [/^gpu_/, ['gpu']],
  [/^battery_/, ['battery']],
  [/^process_/, ['process']],
  [/^check_phase_/, ['check', 'phase']],
  [/^check_value$/, ['check', 'label']],
  [/^check_/, ['check']],
]

/** The labels that the series of a metric have; none where the machine has one such series, or where there is no such metric. */
export function labelsOf(metric: string): readonly string[] {
  if (metricOf(metric) === undefined) return []
  return LABELS.find(([begins]) => begins.test(metric))?.[1] ?? []
}
