import { catalogue } from '../src/model/catalogue/catalogue.ts'
import { labelsOf } from '../src/model/catalogue/labels.ts'
import type { Metric } from '../src/model/metric.ts'

const UNITS: Readonly<Record<Metric['unit'], string>> = {
  ratio: '0 to 1',
  bytes: 'bytes',
  bytes_per_second: 'bytes/s',
  seconds: 's',
  per_second: '1/s',
  count: '',
  hertz: 'Hz',
  celsius: '°C',
  watts: 'W',
  rpm: 'rpm',
}

function kind({ derivation }: Metric): string {
  switch (derivation.kind) {
    case 'gauge':
      return 'gauge'
    case 'counter':
      return 'counter'
    case 'rate':
      return `rate of \`${derivation.of}\``
    case 'share':
      return derivation.of.length === 1 && derivation.in.length === 1
        ? `rise of \`${derivation.of[0]}\` over that of \`${derivation.in[0]}\``
        : 'share of counters'
  }
}

function unit({ unit: name, bounds }: Metric): string {
  // A share of one core or of several cores may be more than one.
  return name === 'ratio' && bounds?.max === undefined ? 'ratio' : UNITS[name]
}

const cell = (text: string) => text.replaceAll('|', '\\|')

/** docs/metrics.md: every metric of the catalogue, as it says of itself. */
export function metricsPage(): string {
  const rows = catalogue.map(
    (metric) =>
      `| \`${metric.name}\` | ${labelsOf(metric.name).join(', ')} | ${unit(metric)} | ${cell(metric.help)} | ${kind(metric)} | ${cell(metric.source)} |`,
  )
  return `# Metrics

One name everywhere: in the snapshot's JSON, in rules and on the screen. Made from the catalogue in \`src/model/catalogue/\` by
\`npm run docs\`; a test holds it to that. Counters are what the kernel counts; rates and shares are made of them by the engine, over the
monotonic time between two samples. What a machine does not tell has no series.

| metric | labels | unit | what it is | how it comes about | source |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}
