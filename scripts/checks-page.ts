import { CHECK_TYPES, LATER_TYPES } from '../src/checks/registry.ts'
import { MOST_AT_ONCE, MOST_OF_PEER } from '../src/checks/schedule/places.ts'
import { durationText } from '../src/lib/duration.ts'
import { CHECK_DEFAULTS } from '../src/model/check.ts'
import { TYPE_PAGES } from './check-types.ts'

const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ')
const cell = (text: string) => text.replaceAll('|', '\\|')

function typeSection({ type, help }: (typeof CHECK_TYPES)[number]): string {
  const page = TYPE_PAGES[type]
  if (page === undefined) throw new Error(`scripts/check-types.ts says nothing of ${type}`)
  const { up, degraded, down, unknown, targets, expect, more, example } = page
  return `### \`${type}\`

${help.charAt(0).toUpperCase()}${help.slice(1)}. [Its keys](config.md#${type}).

| | |
| --- | --- |
| up | ${cell(up)} |
| degraded | ${cell(degraded)} |
| down | ${cell(down)} |
| unknown | ${cell(unknown)} |
| on the command line | ${cell(targets)} |
| \`--expect\` | ${cell(expect)} |

${more}

\`\`\`yaml
checks:
${example.replace(/^/gm, '  ')}
\`\`\`
`
}

const { intervalMs, timeoutMs, retries, failures, successes } = CHECK_DEFAULTS

/** docs/checks.md: how checks work, for those who use them. */
export function checksPage(): string {
  return `# Checks

What healthtop asks of services, and how it judges the answers. Every key of the configuration stands in [config.md](config.md), every key
of the JSON in [snapshot.md](snapshot.md). Made by \`npm run docs\`; a test holds it to the program, and loads every example.

## One look

A check asks one service over its own protocol and finds one of four states:

| state | means | exit code |
| --- | --- | --- |
| up | it answers as it should | 0 |
| degraded | it answers, but not as it should: slow, a certificate near its end, a warning of a plug-in | 1 |
| down | it does not answer, or answers something else | 2 |
| unknown | it could not be asked, which says nothing of the service; or what it depends on is down | 3 |

Whatever is not up has a reason, one word for programs (\`refused\`, \`timeout\`, \`status\`, \`certificate\` …) and a sentence for people:
\`connection refused by 127.0.0.1:25\`.

\`timeout\` (${durationText(timeoutMs)} unless said) is for all of a try: finding the address, connecting, the answer to its last byte. Somebody who sends a byte a
second gains nothing by it. A try that finds the service down is repeated at once, \`retries\` times (${retries} unless said), and only the last
one counts.

## Types

${code(CHECK_TYPES.map(({ type }) => type))}.

${CHECK_TYPES.map(typeSection).join('\n')}
### Types of a later version

${code(LATER_TYPES)}.

Their names are known, and a configuration that uses one is told so. Until then \`tcp\` and \`http\` reach most of them.

## Judgement

A state takes several results in a row to change, so that a packet that was lost wakes nobody. It gets worse after \`failures\` results
(${failures} unless said) that are at least that bad, and better after \`successes\` (${successes} unless said) that are at least that good. Only what was never judged
before is up at its first answer. \`since\` is the time of the first of those results, not of the last. What failed and does not count yet
is shown as failing, and is no trouble.

**Once.** \`healthtop check\` and \`healthtop snapshot\` look once: what they find counts, after the retries. A target of the command line
has no retries.

**Flapping.** The method of Nagios: of the last 21 results each change to another state counts from 0.8 (the oldest) to 1.2 (the newest),
and the sum is divided by 20, as many changes as there can be. At 50 % or more a check is flapping, at 25 % or less it is no more. While it
is, its turns are not told one by one, and it is a warning even when it is up. Source: Nagios Core 4, *Detection and Handling of State Flapping*.

**Dependencies.** While a check named in \`depends\` is down, or one that this depends on, a check is unknown with that reason, whatever it answers,
and is no trouble of its own: the one below is. Circles are mistakes of the
configuration.

**Availability** is the share of time in which a check was up or degraded, over the last hour, 24 hours and 7 days, of the time for which
anything is known: healthtop has to run, and the check has to be judged. Time between two results belongs to the state it was in, time while
it was unknown, and a pause of more than 2.5 intervals, to none. The screen
says nothing of it before five minutes are known. It goes on over a restart from the [log](log.md): time in which no healthtop ran is not known, a check that was down when the last one ended and is down still is so since then, and of one that is well again it is told how long it was not.

**Latency**: median and 95th percentile of the results that are kept, at most 360. What says nothing of a service, the time it takes to look
at a file or at processes, is no latency.

On the screen down is critical and degraded a warning; both stand in NOW. Each result also makes series: \`check_up\`, \`check_degraded\`,
\`check_latency_seconds\`, \`check_phase_seconds\`, \`check_certificate_seconds\`, \`check_value\` ([metrics.md](metrics.md)).

## Schedule

Each check starts at a moment of its interval (${durationText(intervalMs)} unless said) that a hash of its name gives: checks are spread over time, and start at the
same moments after a restart. The first round is spread over a second, and over 10 ms more for each check.

- **At most** ${MOST_AT_ONCE.network} checks over the network run at once, ${MOST_AT_ONCE.program} that start programs (\`exec\`, \`icmp\`, \`systemd\`), ${MOST_AT_ONCE.local} that read this host (\`file\`,
  \`process\`), and ${MOST_OF_PEER} against the same address. Others wait for their place in the order in which they were due.
- **Hanging targets** cost their timeouts, one after the other, and pile nothing up: a check that still runs, or waits, when its turn comes
  leaves the turn out.
- **Back-off.** What has been down for \`failures\` results is asked at every second turn, after twice as many at every fourth, but never
  more than a minute later than its interval says. The first answer ends that.
- **A thread of their own** runs all checks, so the screen never waits for one. Should a check stop that thread all the same, it is started
  again; those that ran are tried one at a time, and the one that does it again is left out for an hour and is unknown.
- A jump of the wall clock moves nothing. \`c\` in the list of services asks now, out of turn.

## Discovery

With nothing configured, and beside what is configured, healthtop checks what listens on this machine:

1. It reads which sockets listen, and who holds them, from the system. Its own are left out.
2. From the program, else from the port, it guesses what is spoken there: HTTP (\`/\`, or the health page of Prometheus, Alertmanager and
   Grafana; HTTPS first on 443, 8443 and their like), DNS, and with tcp the greetings of SSH, SMTP, FTP, POP3 and IMAP and the answers of
   Redis and memcached.
3. It asks for each in turn, once. What answers that way becomes a check of that type, and everything else on TCP a tcp check. Of UDP only
   DNS is asked.

What is sent: an HTTP GET without credentials, within TLS for HTTPS, the DNS question for \`localhost\`, \`PING\` to Redis, \`version\` to
memcached; to all others nothing. Only addresses of this machine are contacted, never a name, and no redirect is followed. A MySQL or
MariaDB server is never connected to, since it locks out who connects again and again without logging in: its process is watched instead,
where it may be known.

A discovered check is asked every 30 s with a timeout of 2 s, and its first failure counts; its certificate need not be trusted, and a request for \`/\` may be answered with
2xx, 3xx or 4xx. It is marked as found, gives way to a configured check of the same address or name, and is forgotten ten minutes
after it has stopped listening; until then it is down. What came to a port from 32768 up while healthtop ran, and left within a minute, is
nobody's service, and forgotten at once. At most 200 are kept. A socket is recognised by the address that a configured check
names (\`localhost\` and 127.0.0.1 are one): a service that is configured by another name of this machine is found beside it.

\`--no-discover\` leaves all of this alone. \`healthtop init\` does it once, and writes the result as a commented \`healthtop.yaml\`.

## Secrets

\`\${NAME}\` and \`\${file:…}\` in the configuration are explained in [config.md](config.md#secrets). What comes from there, and what is known by its
key to be a password or a token, appears nowhere: not on the screen, in JSON, in errors or in \`config show\`; an answer that repeats it is
masked. Of a URL, user and password are never shown, nor values of its query that are named like secrets; of an answer, cookies and tokens are not.
The body of an answer is shown in part. A target on the command line can be seen by everybody who may list processes: what holds a password
belongs in the configuration.

## Once, for scripts and CI: \`healthtop check\`

\`\`\`sh
healthtop check                                   # what is configured; without a configuration what listens here
healthtop check api team=web                      # by name, by label; group=web by group
healthtop check https://localhost:8443/healthz tcp://localhost:5432
healthtop check http://localhost/ --expect 204 --timeout 500ms
healthtop check process:nginx --every 5s          # goes on until it is stopped
\`\`\`

| format | |
| --- | --- |
| \`table\` | for people, trouble first |
| \`json\` | one object on one line: [its keys](snapshot.md#checks) |
| \`nagios\` | one plug-in for all of them: a line with the verdict and performance data, then a line for each check |
| \`junit\` | a test case for each check: down and degraded are failures (degraded of type \`warning\`), unknown is an error |

The exit code is that of the worst state: critical before unknown before warning. Usage and configuration errors are 3. Results go to
stdout, progress and errors to stderr. Where the configuration has all the names that were given, nothing is looked for here.

## Limits

| | at most |
| --- | --- |
| body of an HTTP answer that is read | 1 MiB |
| header fields of an HTTP answer | 64 KiB |
| answer over tcp | 64 KiB |
| output of a plug-in; its figures | 1 MiB; 50 |
| what \`content\` is looked for in | the first 1 MiB of a file |
| time for a \`/pattern/\` on an answer | 100 ms; then the check is unknown |
| results that are kept of a check | 360, and 50 changes of its state |
| configuration file | 1 MiB |
`
}
