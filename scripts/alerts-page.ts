import { builtinRules } from '../src/alerts/builtin.ts'
import { ruleText } from '../src/alerts/wording.ts'
import { ALERT_EVENTS } from '../src/config/sections/alerts.ts'
import { MESSAGE_PLACEHOLDERS, type MessagePlaceholder } from '../src/model/alert-message.ts'

const PLACEHOLDERS: Readonly<Record<MessagePlaceholder, string>> = {
  subject: 'what it is about: `/var`, `memory`, the name of a check',
  value: 'the last value in its unit: `94 %`',
  threshold: 'the limit: `90 %`',
  name: 'the name of the rule',
  severity: '`warning` or `critical`',
  text: 'what the alert would say without a message: `94 % used`',
  since: 'the time since which it holds: `14:32:07`',
  eta: 'of a forecast, the time that is likely left: `3 h 10 m`',
  cause: 'who is likely behind it: `node writes 38.0 MB/s`; empty where nobody is known',
}

const cell = (text: string) => text.replaceAll('|', '\\|')

/** docs/alerts.md: how rules are judged, what they can look at, and the built-in ones. */
export function alertsPage(): string {
  const placeholders = MESSAGE_PLACEHOLDERS.map((name) => `| \`{${name}}\` | ${PLACEHOLDERS[name]} |`)
  const rules = builtinRules.map(
    (rule) =>
      `| \`${rule.name}\` | ${rule.severity} | ${cell(ruleText(rule).replaceAll(/\b[a-z]+(?:_[a-z0-9]+)+\b|(?<=^event )[a-z]+\b(?!_)/g, '`$&`'))} |`,
  )
  return `# Alerts

The tables are made from the program's own rules by \`npm run docs\`; a test holds them to that.

An alert is a rule that holds for a series, a check, a process or an event. Rules are there with nothing configured; \`alerts:\` in
\`healthtop.yaml\` adds some, puts others in their place, and switches some off. [docs/config.md](config.md#alert-rules) lists every key,
\`healthtop config show --all\` prints every rule that holds as it could stand in the file, and \`healthtop config validate\` tells every mistake
in them with its line and column.

## How a rule is judged

Every rule is judged at every tick, for each series that it selects by itself.

| state | |
| --- | --- |
| inactive | the condition does not hold |
| pending | it holds, but not yet for as long as \`for:\` says; when it stops holding, nothing has happened |
| firing | it has held for as long as \`for:\` says: the verdict turns, the log has a line, people are told |
| resolved | it is over; the alert leaves the screen and stays in the log |

- \`for\` is measured by a clock that nobody sets: neither a jump of the wall clock nor a machine that slept makes an alert fire.
- \`clear\` is the limit on the way back. With \`above: 90%, clear: 85%\` an alert that fires at 91 % goes on until 85 %, and does not flap around 90 %.
- \`keep\` lets it fire on for so long once it has cleared, and as if nothing had been when it comes again meanwhile.
- **No data** is neither good nor bad. While a worker is late or has failed, an alert stays as it is, for a minute without a word and then with the
  time since which nothing is known; one that was only pending is dropped. It is never resolved because nothing was measured. What is really
  not there any more (a file system that was unmounted, a check that was removed) ends it, with that as the reason.
- Of two rules on the same side of one series the worse one is shown: \`disk-full\` covers \`disk-almost-full\`.
- While a check is down, those that depend on it are unknown, and what is said of them is inhibited.
- Alerts that fired when healthtop ended fire on when it is started again, with their cause and what people made of them.

Why an alert is over: it cleared, its rule was removed, what it is about is gone, something else explains it (inhibited), or, of a forecast, it was
withdrawn or it came true.

## What a rule can look at

### A metric

One of \`above\`, \`below\`, \`outside: [low, high]\` and \`absent: true\`. Values are written in the unit of the metric: \`90%\`, \`2GiB\`, \`40MB/s\`,
\`500ms\` or \`14d\`, \`80\`. \`where\` selects series by their labels; without it every series of the metric has an alert of its own.
[docs/metrics.md](metrics.md) lists the metrics.

\`\`\`yaml
alerts:
  - name: disk-filling
    metric: disk_used_ratio
    where: { mount: / }
    above: 90%
    clear: 85%
    for: 1m
    keep: 5m
    severity: critical
    labels: { team: storage }
    message: "{value} full, limit {threshold}, {cause}"
  - { name: memory-short, metric: memory_available_bytes, below: 2GiB, for: 30s }
  - { name: clock-off, metric: clock_offset_seconds, outside: [-0.5, 0.5], for: 5m }
  - { name: no-uplink, metric: network_receive_bytes_per_second, where: { interface: eth0 }, absent: true, for: 2m }
\`\`\`

\`absent: true\` holds while no series that it selects has a value. What may only not have come yet is not absent: after measuring began every probe
has had a second turn first, which takes about a minute, and a check was asked, and judged. Nor is what a worker, or a check, that is late says nothing of, nor a check
that is unknown since another one is down. What was there and is not told of any more is missed at once, unless \`for:\` says otherwise.

### A forecast

\`reaches\` and \`within\`: the limit will likely be reached within that time, by [the forecast](forecast.md) that the chart shows too. It is withdrawn
when the forecast says that clearly more time is left, or that the series is steady; when it comes true and another rule fires on the limit itself, that one
takes its place. The limit is reached from the side on which the series is.

\`\`\`yaml
alerts:
  - { name: disk-fills-soon, metric: disk_used_ratio, reaches: 95%, within: 4h }
  - { name: certificate-soon, metric: check_certificate_seconds, reaches: 7d, within: 14d }
\`\`\`

### A check

\`check\` is a name, labels, or \`all\` (those that were found listening here too); \`is\` is \`down\` unless said, \`degraded\`, \`flapping\` or \`unknown\`. What counts as down
is the check's own to say ([failures, retries](checks.md)): \`for\` comes on top of that, and is 0 s unless said.

\`\`\`yaml
checks:
  - { name: api, type: http, url: "https://localhost:8443/healthz", labels: { team: web } }
alerts:
  - { name: api-down, check: api, severity: critical }
  - { name: web-slow, check: { team: web }, is: degraded, for: 10m }
  - { name: anything-flapping, check: all, is: flapping }
\`\`\`

### A process

A process that is watched (\`healthtop watch nginx\`), or that a check of the type \`process\` is for, by its name; \`all\` for each of them. \`is\` is \`gone\` unless said, or
\`restarting\`: three restarts within ten minutes.

\`\`\`yaml
checks:
  - { name: workers, type: process, match: worker, count: ">=2" }
alerts:
  - { name: workers-gone, process: workers, for: 30s, severity: critical }
  - { name: something-loops, process: all, is: restarting }
\`\`\`

### An event

Something that happens: it fires at once, and for as long as \`keep\` says, 10 minutes unless said. \`subject\` names what it has to be about.

\`\`\`yaml
alerts:
  - { name: out-of-memory, event: oom_kill, severity: critical, keep: 1h }
  - { name: uplink-lost, event: interface_down, subject: eth0, keep: 5m }
\`\`\`

Events are ${ALERT_EVENTS.map((kind) => `\`${kind}\``).join(', ')}.

## Instead of the built-in rules

A rule with the name of a built-in one takes its place. It says all of it: nothing is merged; but where it looks at the same metric on the same
side, it speaks in the same words. \`enabled: false\` switches one off.

\`\`\`yaml
alerts:
  - { name: disk-full, metric: disk_used_ratio, above: 98%, clear: 97%, for: 1m, severity: critical }
  - { name: cpu-busy, enabled: false }      # a build machine is busy all day
\`\`\`

## Messages

\`message\` is what the alert says in place of its own words, behind what it is about, which is always said. \`{{\` and \`}}\` are braces.

| | |
| --- | --- |
${placeholders.join('\n')}
| \`{labels.NAME}\` | a label of the series, or one that the rule attaches |

## The built-in rules

They are meant to be right to wake somebody for: load and traffic are no trouble by themselves, so there is none on them, and short bursts end before
\`for\` does.

| rule | severity | fires on |
| --- | --- | --- |
${rules.join('\n')}

A check whose certificate is near its end is degraded, and told once, by the rule on the certificate. Where the check says itself what has to be left
(\`expect: { certificate: 7d }\`), that holds in place of the two weeks, and the last three days only where they are less than it.

## Causes and incidents

When an alert goes pending, and again at its peak, the processes that use most of the resource it is about are noted with what they use: CPU, memory,
writes and reads, with user, unit and whether they were started in the minute before. With them stands what changed in that minute, likeliest first:
processes that started or ended, checks that turned, units that were restarted, mounts and interfaces, a series that left its usual range. An alert on a
forecast names who writes, or who grows, one on a check of a port of this machine the process that listened there and ended. What nobody can know stays empty: a cause is never guessed from a name.

An alert that fires within half a minute of another, or within ten minutes where both have the same process or checks that depend on each other, belongs
to the same incident, which is open until none of its alerts fires any more, across a restart too. The first of them names it, and the others are listed with it.

## Acknowledge and silence

In the log panel \`a\` acknowledges an alert, with a note: somebody has seen it, it fires on, and nobody is told again until it is over. \`S\` silences its rule for
this series, for a time or until it resolves. Neither changes the verdict, or what the log says. Both are kept in the state folder, survive a restart, and
hold for everybody who looks at this machine. \`--read-only\` offers neither.

## Bell and notification

In the settings (\`F2\`) the dashboard can be told to ring the terminal's bell for every alert that fires, or for critical ones, and to have the terminal show a
notification on the desktop (OSC 777 in urxvt and foot, OSC 9 in others; one that knows neither ignores it). Neither is on unless chosen. What is acknowledged or
silenced is not told so, nor what fired before the screen was opened, and of a storm one sentence in five seconds says how many there are.

## Beside Prometheus

The words mean what they mean there, so that a rule can be carried over by hand.

| Prometheus, Alertmanager | here |
| --- | --- |
| \`alert\` | \`name\`, of lower-case words joined by \`-\` |
| \`expr: disk_used_ratio{mount="/"} > 0.9\` | \`metric: disk_used_ratio\`, \`where: { mount: / }\`, \`above: 90%\` |
| \`absent(…)\` | \`absent: true\` |
| \`predict_linear(…) > …\` | \`reaches\` and \`within\`, on a forecast that knows rotation, daily cycles and its own error |
| \`for\` | \`for\` |
| \`keep_firing_for\` | \`keep\` |
| \`labels\` | \`labels\` |
| \`annotations\`, \`{{ $value }}\`, \`{{ $labels.mount }}\` | \`message\`, \`{value}\`, \`{labels.mount}\` |
| a series that ends resolves its alert | it stays, with no data, until what it is about is known to be gone |
| – | \`clear\`: another limit on the way back |
| inhibition rules | \`depends\` of the checks; the worse of two rules on one series |
| silences by matchers | a silence of one rule and series |
`
}
