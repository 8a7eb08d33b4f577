import type { RawCheckOptions } from '../check-options.ts'
import { configuredOptions } from '../configured.ts'
import { checkOptions } from '../options.ts'
import { type CommandLine, rawOptions } from './command.ts'

const HELP = `
Without arguments: every check of healthtop.yaml; where it has none, what
listens on this machine. A target needs no configuration:
  http://HOST:PORT/PATH https://… http+unix://%2FPATH%2FOF.sock/PATH
  tcp://HOST:PORT udp://HOST:PORT tls://HOST:PORT ping://HOST
  dns://NAME dns://NAME@SERVER process:NAME process:/PATTERN/
  systemd:UNIT file:PATH exec:PROGRAM

healthtop check api team=web            by name; by label (and group=NAME)
healthtop check https://localhost:8443/healthz tcp://localhost:5432
healthtop check ping://127.0.0.1 dns://localhost tls://localhost:8443
healthtop check process:python systemd:nginx file:/var/run/app.pid
healthtop check http://localhost/ --expect 204 --timeout 500ms
healthtop check --every 5s --format json

With --every it goes on until SIGINT or SIGTERM, and the exit code is that of
the last round; json is a line a round. A usage or configuration error is 3.
docs/checks.md tells what each type can do. -c, --no-discover and the other
options of healthtop work here too.
`

/** `healthtop check`. */
export function check(line: CommandLine): void {
  line.root
    .command('check')
    .argument('[target...]', 'names of checks, label=value, or targets such as a URL or process:nginx')
    .description('Run checks once; the exit code is the worst state: 0 up, 1 degraded, 2 down,\n3 unknown.')
    .summary('run checks once; the exit code is the worst state')
    .option('--format <format>', 'table, json, nagios or junit; default table')
    .option('--timeout <duration>', 'for a whole check, 1ms to 5m (default that of the configuration, else 3s)')
    .option('--expect <text>', 'what a target must answer: a status, an answer, a text, a /pattern/, a count')
    .option('--every <duration>', 'go on until stopped, a round each so long (200ms to 1d)')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HELP)
    .action(async (named: string[], own: RawCheckOptions) => {
      const { checkCheck } = await import('../check-options.ts')
      const wanted = checkCheck(own, named)
      const raw = rawOptions(line)
      // Whoever gives targets alone needs no configuration, and is not kept waiting for one.
      const alone = wanted.given.length > 0 && wanted.wanted.length === 0 && raw.config === undefined
      const options = alone ? checkOptions(raw) : await configuredOptions(raw)
      const { check: runChecks } = await import('../check.ts')
      process.exitCode = await runChecks(options, wanted)
    })
}
