/** A check as a person would write it: its keys in order, `name` and `type` first. */
export interface StarterCheck {
  /** What it was made of, for the comment above it. */
  readonly found: string
  readonly written: Readonly<Record<string, unknown>>
}

export interface StarterFacts {
  readonly host: string
  /** `2026-11-25`. */
  readonly date: string
  /** Where an editor finds the schema: a path or a URL. */
  readonly schema: string
}

/**
 * A commented healthtop.yaml with these checks, to be edited by a person. The first line is how the YAML language server of editors finds
 * a schema. Source: README of yaml-language-server, "Using inlined schema".
 */
export function starterText(checks: readonly StarterCheck[], { host, date, schema }: StarterFacts): string {
  const list = checks.length === 0 ? [' []'] : ['', ...checks.flatMap(checkLines)]
  return `# yaml-language-server: $schema=${schema}
#
# What healthtop checks on ${host}. Written by healthtop init on ${date}, from what listened here then; it is yours now.
# healthtop picks up edits while it runs. healthtop config validate tells every mistake; docs/config.md explains every key.

# How often the machine itself is measured.
# interval: 1s

# What every check has unless it says otherwise.
defaults:
  interval: 15s
  timeout: 3s
  retries: 1      # further tries at once, before a failure counts
  failures: 2     # in a row before it counts as down
  successes: 1    # in a row before it counts as up again

# Sets of defaults by name, for checks that say group: web.
# groups:
#   web:
#     interval: 30s
#     labels: { team: web }

checks:${list.join('\n')}

# More that can be checked:
#  - name: shop
#    type: http
#    url: https://shop.example/healthz
#    headers: { Authorization: "Bearer \${SHOP_TOKEN}" }   # from the environment, never shown
#    expect: { status: 2xx, json: { status: UP }, latency: 500ms, certificate: 14d }
#    depends: [db]
#  - { name: workers, type: process, match: worker, count: ">=2", memory: "<1GiB" }
#  - { name: backup, type: file, path: /var/backups/latest.tar.gz, age: "<26h" }
#  - { name: disk-plugin, type: exec, command: [/usr/lib/nagios/plugins/check_disk, -w, 10%] }
#  - { name: gateway, type: icmp, host: 192.0.2.1 }
#  - { name: mail-certificate, type: tls, host: mail.example, port: 25, starttls: smtp }

# Rules that say what is wrong, beside the built-in ones (healthtop config show --all prints them). One with the name of a built-in
# rule replaces it. docs/alerts.md tells how they are judged.
# alerts:
#   - name: disk-filling
#     metric: disk_used_ratio
#     where: { mount: / }
#     above: 85%
#     clear: 80%      # over only below this
#     for: 5m         # has to hold for so long
#     severity: warning
#   - { name: disk-fills-tonight, metric: disk_used_ratio, reaches: 95%, within: 12h }
#   - { name: service-down, check: all, for: 1m, severity: critical, message: "{text}, since {since}" }
#   - { name: out-of-memory, event: oom_kill, keep: 1h }
#   - { name: cpu-busy, enabled: false }     # a build machine is busy all day

# What was measured and what happened is kept, so that charts, forecasts and availability go on after a restart. off keeps nothing.
# log: { keep: 14d, size: 500MiB }
`
}

function checkLines({ found, written }: StarterCheck): string[] {
  const [first, ...others] = Object.entries(written).map(([key, value]) => `${key}: ${flow(value)}`)
  return [`  # ${found}`, `  - ${first}`, ...others.map((line) => `    ${line}`)]
}

/** A value in one line: YAML takes JSON, and plain words need no quotes. */
function flow(value: unknown): string {
  if (typeof value === 'string') return isPlain(value) ? value : JSON.stringify(literal(value))
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const pairs = Object.entries(value).map(([key, one]) => `${flow(key)}: ${flow(one)}`)
  return `{ ${pairs.join(', ')} }`
}

/** A `${` that means itself (`expand.ts`): a program may be called like that. */
function literal(text: string): string {
  return text.replaceAll('${', () => '$${')
}

/** What YAML 1.2 and 1.1 read as this very text, and nothing else. */
function isPlain(text: string): boolean {
  return /^[A-Za-z/][\w./-]*(?::[\w./-]+)*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
}
