import { CHECK_FILTER_KEYS } from '../src/model/check-filter.ts'
import { EVENT_FILTER_KEYS } from '../src/model/event-filter.ts'
import { FILTER_KEYS } from '../src/model/process-filter/keys.ts'
import { expected } from '../src/model/process-filter/term.ts'

/** docs/filter.md: the language of the filters, its keys made from the table that parses them. */
export function filterPage(): string {
  const rows = FILTER_KEYS.map((key) => {
    const names = [key.name, ...key.aliases].map((name) => `\`${name}\``).join(' ')
    return `| ${names} | ${key.help} | ${expected(key)} |`
  })
  const services = Object.entries(CHECK_FILTER_KEYS).map(([name, expects]) => `| \`${name}\` | ${expects} |`)
  const events = Object.entries(EVENT_FILTER_KEYS).map(([name, expects]) => `| \`${name}\` | ${expects} |`)
  return `# Filters

What is typed behind \`/\`, and what \`--filter\` takes. The table of keys is made by \`npm run docs\`; a test holds it to that.

| filter | shows |
| --- | --- |
| \`nginx worker\` | who has both words in name or command, in any case |
| \`"worker process"\` | who has this text |
| \`/^post.*: /\` | who matches a regular expression |
| \`user:root,www-data state:R\` | one of several values; terms side by side must all hold |
| \`cpu>20% mem>1GiB age<1h\` | comparisons: \`>\` \`>=\` \`<\` \`<=\` \`=\` \`!=\` |
| \`pid:1000-2000 threads>10\` | ranges |
| \`!chrome\`, \`not unit:ssh\` | the opposite |
| \`nginx or (postgres mem>1GiB)\` | either; parentheses group |

A percentage is of one core, and a bare number is one too. Sizes are \`1KiB\` \`1MiB\` \`1GiB\` (1024) or \`1kB\` \`1MB\` \`1GB\` (1000), rates the same with \`/s\`,
times \`10s\` \`5m\` \`2h\` \`3d\`. What is not known of a process (another user's files, say) neither matches nor fails to match. An error stands
where it is, and hides nothing.

| key | what it asks about | expects |
| --- | --- | --- |
${rows.join('\n')}

## Services

The same words, quotes, patterns, \`!\`, \`or\` and parentheses filter the list of services. Words are searched in name, target, type and
reason: \`state:down,slow\`, \`type:http !label:team=web\`, \`localhost:8443\`.

| key | expects |
| --- | --- |
${services.join('\n')}

## The log

And so do they the log. Words are searched in what an entry is about, what happened, why, its severity, and the names of its kind and of its rule:
\`severity:critical,warning is:firing\`, \`check:api\`, \`kind:oom_kill\`, \`is:loud\` (firing, and neither acknowledged nor silenced).

| key | expects |
| --- | --- |
${events.join('\n')}
`
}
