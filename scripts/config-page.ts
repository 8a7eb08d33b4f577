import * as z from 'zod'
import { CHECK_TYPES, LATER_TYPES } from '../src/checks/registry.ts'
import { COMMON } from '../src/config/checks/common.ts'
import { forms } from '../src/config/issues.ts'
import { ALERT } from '../src/config/sections/alerts.ts'
import { LOG_KEYS } from '../src/config/sections/log.ts'
import { FIELDS } from '../src/lib/fields.ts'

type Shape = Readonly<Record<string, z.core.$ZodType>>

const cell = (text: string) => text.replaceAll('|', '\\|').replace(/<(?=[A-Za-z/!?])/g, '&lt;')

/** What a key expects, as its error says it. */
function expected(field: z.core.$ZodType): string {
  const bare = unwrapped(field)
  const messages = [null, undefined].map((nothing) => z.safeParse(bare, nothing).error?.issues[0]?.message ?? '')
  const found = messages.flatMap((message) => /^expected (.*), got (?:nothing|null)$/s.exec(message)?.[1] ?? [])
  return found[0] ?? ''
}

/** Without what lets it be left out. */
function unwrapped(field: z.core.$ZodType): z.core.$ZodType {
  const { innerType } = field._zod.def as { readonly innerType?: z.core.$ZodType }
  return innerType === undefined ? field : unwrapped(innerType)
}

/** What was said of a field, or of what is in its wrapping. */
function meaning(field: z.core.$ZodType): string {
  const { description } = field as z.ZodType
  const { innerType } = field._zod.def as { readonly innerType?: z.core.$ZodType }
  return description ?? (innerType === undefined ? '' : meaning(innerType))
}

function rows(shape: Shape, before = ''): readonly string[] {
  return Object.entries(shape).flatMap(([key, field]) => {
    const needed = z.safeParse(field, undefined).success ? '' : ' (needed)'
    const nested = forms(field).find((form) => form instanceof z.ZodObject)
    const row = `| \`${before}${key}\`${needed} | ${cell(expected(field))} | ${cell(meaning(field))} |`
    return [row, ...(nested === undefined ? [] : rows(nested.shape, `${before}${key}.`))]
  })
}

const HEAD = '| key | value | means |\n| --- | --- | --- |'

/** docs/config.md: how a configuration is written, and every key of every type of checks. */
export function configPage(): string {
  const types = CHECK_TYPES.map(
    ({ type, help, schema }) => `### \`${type}\`

${help.charAt(0).toUpperCase()}${help.slice(1)}.

${HEAD}
${rows(schema(FIELDS).shape).join('\n')}
`,
  )
  return `# Configuration

The tables are made from the program's own schemas by \`npm run docs\`; a test holds them to that.

\`healthtop.yaml\` is looked for in your configuration folder (\`~/.config/healthtop\` on Linux) and then in \`/etc/healthtop\`; \`--config FILE\`
names another. It is never looked for in the working folder, and refused when others may write it or its folder: a configuration can run
commands. \`healthtop init\` writes one with what listens on this machine, \`healthtop config validate\` tells every mistake with its line and
column, \`config show\` prints what is in effect, \`config path\` says which file is used, and \`config schema\` prints a JSON Schema by which
editors complete and check it: the first line that \`init\` writes names it.

Edits are picked up while healthtop runs. An edit with a mistake is told on the screen, and the last good configuration stays in use.

\`\`\`yaml
interval: 1s                    # how often this machine is measured
keys: { quit: q }               # docs/keys.md
defaults:                       # what checks have that do not say it themselves
  interval: 30s
  http: { headers: { Accept: application/json } }     # of one type
groups:                         # sets of defaults by name
  web: { labels: { team: web }, http: { expect: { latency: 500ms } } }
checks:
  - name: api
    type: http
    group: web
    url: https://localhost:8443/healthz
    headers: { Authorization: "Bearer \${API_TOKEN}" }
    depends: [db]
  - { name: db, type: tcp, host: localhost, port: 5432 }
alerts:                         # docs/alerts.md
  - { name: disk-filling, metric: disk_used_ratio, where: { mount: / }, above: 90%, clear: 85%, for: 1m }
  - { name: web-down, check: { team: web }, severity: critical }
log: { keep: 14d, size: 500MiB }
\`\`\`

Of two values the nearer one counts: \`defaults\`, then \`defaults\` of the type, the group, the type in the group, the check itself. \`labels\`,
\`headers\`, \`env\` and \`expect\` are merged key by key; everything else is replaced. A default counts only for the types that have such a key.
YAML's anchors, aliases and merge keys (\`<<\`) work too.

## Secrets

\`\${NAME}\` stands for an environment variable and \`\${file:/run/secrets/token}\` for the content of a file (at most 64 KiB, without the line
break at its end), in any text, also in the middle of one; \`$\${\` is a \`\${\` that means itself. Quote such texts inside of \`{ }\` and \`[ ]\`.
What comes from there is never shown, logged or exported: where it would stand, its name does. So a check's name, labels and dependencies,
and everything in an alert rule, which are shown, cannot come from there. A file that changes is read again. Passwords and tokens that are written out, known by the names of their
keys or as the password in a URL, are hidden as \`•••\`.

## Every check

${HEAD}
| \`type\` (needed) | one of ${CHECK_TYPES.map(({ type }) => type).join(', ')} | what kind of service it is |
${rows(COMMON.shape).join('\n')}

## Alert rules

[docs/alerts.md](alerts.md) tells how they are judged, what each can look at, and which there are with nothing configured. \`healthtop config show
--all\` prints them all as they could stand here. A rule looks at one thing: \`metric\` with one of \`above\`, \`below\`, \`outside\`, \`absent\` and
\`reaches\`, or \`check\`, \`process\` or \`event\`.

${HEAD}
${rows(ALERT.shape).join('\n')}

## The log

\`log: off\` writes none, as \`--no-log\` does: then charts, forecasts and availability begin anew with every start. [docs/log.md](log.md) tells what is
in it. A change of it holds from the next start on.

${HEAD}
${rows(LOG_KEYS.shape).join('\n')}

## Types of checks

Types of a later version: ${LATER_TYPES.join(', ')}.

${types.join('\n')}`
}
