import * as z from 'zod'
import { encodeLine } from '../src/log/encode.ts'
import { lineFileName, packedFileName } from '../src/log/files.ts'
import { LINE_KINDS, type Line, type LineKind } from '../src/log/line.ts'
import { LINE_SCHEMAS } from '../src/log/schema.ts'
import { EVENT_KINDS } from '../src/model/event.ts'
import { LINE_EXAMPLES } from './log-examples.ts'

/** As much of JSON Schema as the schemas of the lines use. */
interface Part {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Part[]
  readonly description?: string
  readonly items?: Part
  readonly properties?: Readonly<Record<string, Part>>
  readonly additionalProperties?: Part | boolean
  readonly required?: readonly string[]
}

const cell = (text: string) => text.replaceAll('|', '\\|')

/** What a member holds: `number or null`, `list of objects`, `"up", "down"`. */
function holds({ type, const: one, enum: choices, anyOf, items, additionalProperties }: Part): string {
  if (one !== undefined) return `\`${JSON.stringify(one)}\``
  if (choices !== undefined)
    return choices.length > 12 ? 'one of those below' : choices.map((choice) => `\`${choice}\``).join(', ')
  if (anyOf !== undefined) return anyOf.map(holds).join(' or ')
  if (type === 'array') return `list of ${holds(items ?? {})}s`
  if (type === 'object' && typeof additionalProperties === 'object') return `object of ${holds(additionalProperties)}s`
  return [type ?? []]
    .flat()
    .map((name) => (name === 'integer' ? 'whole number' : name))
    .join(' or ')
}

function rows({ properties = {}, required = [] }: Part, before = ''): readonly string[] {
  return Object.entries(properties).flatMap(([key, part]) => {
    const may = required.includes(key) ? '' : ' (may be absent)'
    const row = `| \`${before}${key}\`${may} | ${cell(holds(part))} | ${cell(part.description ?? '')} |`
    return [row, ...rows(part, `${before}${key}.`), ...rows(part.items ?? {}, `${before}${key}[].`)]
  })
}

const HEAD = '| key | holds | is |\n| --- | --- | --- |'
const STAMP = ['v', 't', 'kind']

function section(kind: LineKind): string {
  const { properties = {}, ...part } = z.toJSONSchema(LINE_SCHEMAS[kind], { io: 'input' }) as Part
  const own = Object.fromEntries(Object.entries(properties).filter(([key]) => !STAMP.includes(key)))
  const help = part.description ?? ''
  return `### \`${kind}\`

${help.charAt(0).toUpperCase()}${help.slice(1)}.

${HEAD}
${rows({ ...part, properties: own }).join('\n')}

\`\`\`json
${encodeLine(LINE_EXAMPLES[kind] as Line)}
\`\`\`
`
}

/** docs/log.md: where the log is, what its lines are, and what can be relied on. */
export function logPage(): string {
  const name = lineFileName(Date.UTC(2026, 10, 25, 14)) ?? ''
  return `# The log

The tables are made from the program's own schemas, the examples by its own code, by \`npm run docs\`; a test holds them to that. The JSON Schema
of a line is \`healthtop-log.schema.json\` in the package's \`dist/\`.

What healthtop measures, finds and judges is kept in a log, by the dashboard as by \`healthtop run\`: charts, forecasts and availability begin
where the last run ended. \`healthtop log\` reads it, and so do \`jq\` and \`grep\`: it is plain text, one JSON object a line. \`--no-log\`
writes none, and \`log: off\` in the configuration neither.

## Where it is

In the folder \`log\` of the state folder: \`$XDG_STATE_HOME/healthtop\` (\`~/.local/state/healthtop\`) for a person, the service's own
(\`/var/lib/healthtop\`) under systemd, or \`--state-dir\`. Folders can be entered, and files read, by their owner alone: names of processes and
answers of services are nobody else's business. Where they could by others, that is taken away. \`healthtop run --share\` lets its group
read them, [run.md](run.md#the-service-and-who-looks).

| file | holds |
| --- | --- |
| \`${name}\` | the lines that were written in an hour, by UTC |
| \`${packedFileName(name)}\` | the same, a day later: thinned and gzipped |
| \`${name.slice(0, 10)}.roll\` | minutes of that day in columns, made from its lines and made anew where it is missing; in a format of its own that may change |

A line goes to the file of the hour in which it is written, by the clock of the machine at that moment. It may be some seconds later than its \`t\`, and where
the clock was set back a file has two runs through the same minutes: whoever needs order sorts by \`t\`.

## Lines

Every line has these:

${HEAD}
| \`v\` | \`1\` | the version: what a reader does not know it skips; members may be added without a new one |
| \`t\` | whole number | when it was, Unix milliseconds |
| \`kind\` | ${LINE_KINDS.map((kind) => `\`"${kind}"\``).join(', ')} | |

Keys that end in \`_ms\` or \`Ms\` are Unix milliseconds, in \`_s\` seconds, in \`_bytes\` bytes, in \`_ratio\` shares from 0 to 1 (of CPU: of one core).
Series have the names and units of [metrics.md](metrics.md). Numbers that are no whole ones have six significant digits. What is
not known is left out, or \`null\` where a key has to be there; it is never 0.

${LINE_KINDS.map(section).join('\n')}
Events are: ${EVENT_KINDS.map((kind) => `\`${kind}\``).join(', ')}.

## Reading it

\`\`\`sh
cd ~/.local/state/healthtop/log
# what happened today
jq -r 'select(.kind == "event") | "\\(.t / 1000 | todate) \\(.level) \\(.subject) \\(.text)"' $(date -u +%F)T*.ndjson
# the CPU, as a table
jq -r 'select(.kind == "metrics") | [.t / 1000, .values.cpu_used_ratio] | @tsv' $(date -u +%F)T*.ndjson
# alerts as they ended, older hours included
zcat -f *.ndjson* | jq -c 'select(.kind == "alert" and .state == "resolved") | {name, subject, cause, resolution}'
\`\`\`

A torn line (see below) is none of JSON, and jq stops there; \`jq -R 'fromjson? | …'\` goes on.

## What the next start makes of it

The first picture does not wait for the log: it is read in a thread of its own, and a moment later everything goes on from where it was. What this run
has seen meanwhile stays, and what is not in the log (the time in which nobody measured) is a gap.

| | goes on with |
| --- | --- |
| charts | minutes of the last three days |
| forecasts | the same minutes: the time until a limit, and its daily profile from the third day on ([forecast.md](forecast.md)) |
| checks | the state each was in and since when, its last 50 turns and 360 results (one a minute of those that said the same; what was usual of the phases of an answer begins anew), whether it flaps, and the availability of a week |
| alerts | those that fired: they fire on with their cause, peak and timeline, without data until something is measured, and end when that is well again. Incidents that are open can be joined |
| the log panel | the newest 500 events, and the newest 500 alerts with all that is known of them |
| acknowledgements and silences | \`marks.json\` of the state folder, beside the log |

What holds again before the log is read goes on as the alert that fired then, with what people made of it.

## What it costs

A machine with 200 series writes about 1.3 KB a second, and each hundred checks 0.4 KB more: some 150 MB for the last day. Thinned to one line of
metrics and one of processes a minute and gzipped, a day takes 3 to 5 MB. Alerts, events and results of checks are not thinned. Below
5 % of free space on its disk the log thins itself at once.

After a day hours are packed, but for the newest 24 there are. Files older than \`log.keep\` (14 days) go, and then the oldest ones until all
together fit into \`log.size\` (500 MiB), with an eighth of it to spare. This is done a minute after healthtop has started, once an hour, and whenever a
sixteenth of \`log.size\` was written since. The hour that goes on is never dropped, so it has bounds of its own: what is measured may take half of
\`log.size\`, events and results of checks a quarter, alerts a quarter; of each, one half at once and the other with the time of the hour. In a storm
that goes beyond, events, results and measured values are left out. Every alert is written, in brief (without evidence, and the last step of its timeline
alone); where one fires again and again, the last line of it is, as there is room. How many lines were left out is told at once and then every ten minutes.

## What can be relied on

- Lines are only ever appended, all that there is at a moment with one \`write(2)\` to a file opened with \`O_APPEND\`. A line counts as written when that
  call has returned: then it is there whatever becomes of healthtop, \`kill -9\` included. Nothing is forced to the disk (\`fsync(2)\`): a power
  cut may cost the last seconds.
- A line that was cut off (a full disk, a kill in the middle of a write) costs only itself: where the last byte of a file is no newline, one
  is written before anything else.
- An hour is packed beside its lines and takes their place once it is on the disk; a crash between leaves both.
- A disk that is full, read-only, gone or that does not answer never stops healthtop: it says so, tries again every 5 s, makes the
  folder again, and keeps up to 1 MiB of lines for then. What is given up first is what was measured, last are alerts and events, which may be 16 MiB.
- A file that is deleted or replaced while it is written is made anew. Where something else lies under its name (a folder, a link, a FIFO), or where it
  has errors or may not be written, its lines wait, and go to the file of the next hour.
- One healthtop of a state folder writes; others attach to it.
`
}
