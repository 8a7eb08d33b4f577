/** What docs/checks.md says of a type of checks, beside what the type says of itself. Markdown. */
export interface TypePage {
  readonly up: string
  readonly degraded: string
  readonly down: string
  readonly unknown: string
  /** Its targets on the command line. */
  readonly targets: string
  /** What `--expect` means with them. */
  readonly expect: string
  readonly more: string
  /** A list of checks, as under `checks:`. */
  readonly example: string
}

const CERTIFICATE = 'the certificate, or an issuer of it, has less than 14 days left'
const NO_ANSWER = 'refused, reset, unreachable, no address for the name, no answer in time'

/** By the name of the type. */
export const TYPE_PAGES: Readonly<Record<string, TypePage>> = {
  http: {
    up: 'the status is 2xx, or what `expect.status` says, and everything else that is expected is met',
    degraded: `slower than \`expect.latency\`; ${CERTIFICATE} (\`expect.certificate\`)`,
    down: `${NO_ANSWER}; the certificate is not trusted; status, header, body or JSON is another; an answer that breaks the protocol; more redirects than are followed`,
    unknown: 'a file of a certificate cannot be read; a `/pattern/` took too long',
    targets: '`https://host/path`, `http://host:8080/path`, `http+unix://%2Frun%2Fapp.sock/path`',
    expect: 'a status: `204`, `2xx`, `200,204`; anything else is looked for in the body, as a text or a `/pattern/`',
    more: `HTTP/2 is spoken where a server chooses it in the TLS handshake, HTTP/1.1 otherwise (\`http2\`). A server whose certificate is not trusted
is sent nothing, unless \`insecure: true\`. Redirects to another origin are followed without the headers that could be secrets, without the
client certificate and without the Unix socket; \`redirects: 0\` takes a redirect for the answer. No proxy is used unless \`proxy\` names one,
whatever the environment says. The latency is that of all requests together; its parts (DNS, connect, TLS, first byte, transfer) are those of
the last one.`,
    example: `- name: shop
  type: http
  url: https://shop.example/healthz
  auth: { bearer: "\${SHOP_TOKEN}" }
  expect:
    status: [200, 204]
    json: { status: UP, "queue.waiting": 0 }
    headers: { content-type: /json/ }
    latency: 500ms
    certificate: 14d
- { name: docker, type: http, url: "http+unix://%2Frun%2Fdocker.sock/_ping", expect: { body: OK } }`,
  },
  tcp: {
    up: 'a connection stands, and what `expect` says was heard',
    degraded: `slower than \`latency\`; with \`tls: true\`, ${CERTIFICATE}`,
    down: `${NO_ANSWER}; something else was heard; with \`tls: true\`, the certificate is not trusted`,
    unknown: 'a file of a certificate cannot be read; a `/pattern/` took too long',
    targets: '`tcp://host:port`, `tcp://[::1]:port`',
    expect: 'a text or a `/pattern/` in what the server says first',
    more: `Without \`expect\` a greeting that comes within 30 ms is shown, and is no part of the latency.`,
    example: `- { name: mail, type: tcp, host: localhost, port: 25, expect: /^220 / }
- { name: cache, type: tcp, host: localhost, port: 6379, send: "PING\\r\\n", expect: +PONG }`,
  },
  udp: {
    up: 'an answer came, with what `expect` says in it',
    degraded: 'slower than `latency`',
    down: 'no answer in time; nobody listens there; another answer',
    unknown: 'a `/pattern/` took too long',
    targets: '`udp://host:port`, which sends an empty datagram',
    expect: 'a text or a `/pattern/` in the answer',
    more: 'Datagrams get lost, so a second one is sent after a third of the timeout.',
    example: `- { name: game, type: udp, host: 127.0.0.1, port: 27960, send: "getinfo", expect: infoResponse }`,
  },
  icmp: {
    up: 'enough answers came: less than 34 % were lost (`loss`)',
    degraded: 'more were lost; the mean round trip is longer than `latency`',
    down: 'no answer at all; a router says that the host cannot be reached',
    unknown: 'there is no `ping` program (Debian: iputils-ping), or it may not be used here',
    targets: '`ping://host`, `icmp://host`',
    expect: 'the longest mean round trip: `50ms`',
    more: "Node opens no ICMP socket, so the system's `ping` is run. Round trip and loss become series.",
    example: `- { name: gateway, type: icmp, host: 192.0.2.1, count: 5, loss: "<20%", latency: 50ms }`,
  },
  dns: {
    up: 'there are records, and everything that `expect` lists is among them; with `nxdomain: true`, there is no such name',
    degraded: 'slower than `latency`',
    down: 'there is no such name, or no record of that type; other records; the name server refuses, fails or does not answer',
    unknown: 'this host has no name server; the name is one that cannot be asked for',
    targets:
      '`dns://NAME` asks as this host would: its hosts file, then its name servers; `dns://NAME@SERVER` and `dns://NAME@SERVER:PORT` ask that server; `?type=MX` asks for other records than A',
    expect: 'one of the answers: a whole one as a text (of MX and SRV its host, of TXT a part), or a `/pattern/`',
    more: `The name servers of this host are asked in turn, at most three of them, each for its part of the time, until one can tell.`,
    example: `- { name: names, type: dns, query: shop.example, record: MX, resolver: 192.0.2.53, expect: mail.shop.example }
- { name: retired, type: dns, query: old.shop.example, nxdomain: true }`,
  },
  tls: {
    up: 'the certificate is trusted by this host, for that name, and has time left',
    degraded: `slower than \`expect.latency\`; ${CERTIFICATE} (\`expect.certificate\`)`,
    down: `${NO_ANSWER}; not trusted, expired, for another name; older than \`expect.protocol\`; no STARTTLS`,
    unknown: 'a file of a certificate cannot be read',
    targets:
      '`tls://host`, `tls://host:port`, perhaps with `?starttls=smtp`, `imap` or `pop3`; on ports 25, 587, 143 and 110 that is understood',
    expect: 'nothing: there is no answer to look at',
    more: `STARTTLS is spoken where \`starttls\` names the protocol. This host's own bundle of authorities is trusted, or \`ca\` alone where it is given.`,
    example: `- { name: mail-certificate, type: tls, host: mail.example, port: 25, starttls: smtp, expect: { certificate: 21d } }
- { name: inside, type: tls, host: 10.0.0.7, port: 8443, serverName: api.internal, ca: /etc/ssl/internal.pem }`,
  },
  exec: {
    up: 'exit status 0',
    degraded: 'exit status 1',
    down: 'exit status 2, or the plug-in did not end in time and was killed',
    unknown: 'exit status 3 or any other; ended by a signal; it could not be started; it wrote more than 1 MiB',
    targets: '`"exec:PROGRAM ARGUMENT …"`, split at spaces',
    expect: 'nothing: a plug-in judges by itself; tell it in its arguments',
    more: `Plug-ins of Nagios, Icinga and their like. The first line is the reason; figures behind a \`|\` (performance data, at most 50) become the series
\`check_value{check="…",label="…"}\`. It is a program with its arguments, never a shell: for a pipe, name one: \`[sh, -c, "a | b"]\`. It runs as
the user of healthtop, in \`/\` unless \`cwd\` says otherwise, with nothing on stdin, and finds \`PATH\`, \`HOME\`, \`LANG=C\` and what \`env\` lists
in its environment, and nothing else of healthtop's. At the timeout its whole process group is killed; what left the group (a daemon) goes on,
and so does a plug-in where healthtop itself is ended by SIGKILL. Its arguments can be read by every user of this machine while it runs, also
where they come from \`\${…}\`: give it secrets by \`env\`.`,
    example: `- { name: load, type: exec, command: [/usr/lib/nagios/plugins/check_load, -w, "4", -c, "8"], interval: 1m }
- { name: queue, type: exec, command: [/usr/local/bin/check_queue], env: { QUEUE_TOKEN: "\${file:/run/secrets/queue}" } }`,
  },
  process: {
    up: 'as many processes as `count` says (`>=1` unless said), none of their figures past its limit',
    degraded:
      'CPU, memory, open files, threads or age is not as said; the main process was started three times or more within ten minutes (`restarts`)',
    down: 'too few of them, or too many; the pid file is missing or names nobody who runs',
    unknown: 'the pid file may not be read; the processes of this host could not be listed',
    targets: '`process:NAME`, `process:/PATTERN/`',
    expect: 'how many: `">=2"`, `0`',
    more: `A name is compared whatever its case; a pattern is searched in the whole command line. Figures are of all that were found together, CPU of
one core, and become the series \`process_…{process="…"}\`. What is not known (open files of another user, CPU at the first look) fails
nothing. Restarts are counted while healthtop runs.`,
    example: `- { name: nginx, type: process, match: nginx, count: ">=2", memory: "<1GiB", cpu: "<80%" }
- { name: worker, type: process, match: /node .*worker/, restarts: "<1" }
- { name: database, type: process, pidfile: /run/postgresql/main.pid }`,
  },
  file: {
    up: 'it is there, and everything that is expected is met; with `exists: false`, it is not there',
    degraded: 'never',
    down: 'it is missing; age, size, kind, checksum or content is not as expected; it cannot be read; its mount does not answer in time',
    unknown: 'it may not be read by this user',
    targets: '`file:/path`, `file:///path`, `file:path` from the working folder',
    expect: 'a text or a `/pattern/` in what it holds',
    more: `Links are followed. The first 1 MiB is searched for \`content\`; a checksum is of all of it. Files of network and FUSE mounts are asked by
programs (\`stat\`, \`head\`, \`sha256sum\`), which can be left behind where a mount hangs.`,
    example: `- { name: backup, type: file, path: /var/backups/latest.tar.gz, age: "<26h", size: ">10MiB" }
- { name: maintenance, type: file, path: /run/maintenance, exists: false }`,
  },
  systemd: {
    up: 'the unit is active, or in the `state` that was said',
    degraded:
      'on its way: starting, stopping, reloading, waiting to be started again; started again three times or more within ten minutes; more `restarts` than said',
    down: 'failed, inactive, masked, or there is no such unit',
    unknown: 'systemd does not run here, or does not answer',
    targets: '`systemd:UNIT`, where `nginx` means `nginx.service`',
    expect: '`active`, `inactive` or `failed`',
    more: 'Of a unit that is not well the last line of its log is shown, where the journal may be read.',
    example: `- { name: nginx-unit, type: systemd, unit: nginx }
- { name: backup-timer, type: systemd, unit: backup.timer, sub: waiting }`,
  },
}
