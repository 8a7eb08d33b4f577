import { keyText } from '../src/ui/key-text.ts'
import type { KeyBinding } from '../src/ui/keys/binding.ts'
import { KEYS } from '../src/ui/keys/table.ts'
import { UNICODE } from '../src/ui/theme/glyphs.ts'

/** Where a key works, in words. */
const CONTEXTS: Readonly<Record<string, string>> = {
  terminal: 'everywhere, at once',
  always: 'everywhere',
  global: 'on every page',
  home: 'on the home screen',
  watch: 'on the page of one process',
  check: 'on the page of one check',
  alert: 'on the page of one alert',
  list: 'in a list',
  processes: 'in the process table',
  services: 'in the list of services',
  log: 'in the log',
  ahead: 'in the list of what is ahead',
  full: 'in a full view',
  text: 'while something is typed',
  untyped: 'in the help, before anything is typed',
  filter: 'while a filter is typed',
  find: 'while a text to find is typed',
  'services-filter': 'while a filter of the services is typed',
  'log-filter': 'while a filter of the log is typed',
}

const code = (text: string) => `\`${text === '`' ? '` `' : text}\``.replace('|', '\\|')

function row({ command, keys, help, needs }: KeyBinding): string {
  const names = keys.map((key) => code(keyText(key, UNICODE))).join(' ')
  return `| ${names} | ${help.replace('|', '\\|')} | ${code(command)}${needs === undefined ? '' : ' (not with `--read-only`)'} |`
}

/** docs/keys.md: every key of the table, context by context, with the name its command has in the configuration. */
export function keysPage(): string {
  const contexts = [...new Set(KEYS.map(({ context }) => context))]
  const sections = contexts.map((context) => {
    const title = CONTEXTS[context] ?? `in the dialog \`${context}\``
    return `## ${title[0]?.toUpperCase()}${title.slice(1)}

| key | does | command |
| --- | --- | --- |
${KEYS.filter((binding) => binding.context === context)
  .map(row)
  .join('\n')}
`
  })
  return `# Keys

Made from the table in \`src/ui/keys/\` by \`npm run docs\`; a test holds it to that. Every one of them can be bound to others in
\`healthtop.yaml\` by the name of its command, but for \`Ctrl-C\` and \`Ctrl-Z\`:

\`\`\`yaml
keys:
  quit: [q, C-q]       # several keys
  sort.memory: m       # C- is Ctrl, A- is Alt, S- is Shift with a key that is no character
  tag.none: none       # no key at all
\`\`\`

${sections.join('\n')}`
}
