import type { Command } from 'commander'
import { configuredOptions } from '../configured.ts'
import { UsageError } from '../options.ts'
import type { RawRunOptions } from '../run/options.ts'
import { type CommandLine, rawOptions } from './command.ts'

const HELP = `
healthtop run                          checks, alerts and the log, until SIGTERM
healthtop run --log-format json        for programs that collect logs
healthtop run --share                  as a service whose group may look
healthtop                              beside it: shows what it measures

SIGHUP reads healthtop.yaml again and says what changed. systemd is told when it
is ready and that it goes on (Type=notify, WatchdogSec=, NotifyAccess=all).
Exit code 0 when it is ended, 3 where another one measures for the same folder.
docs/run.md has a unit for systemd and a container. -c, --state-dir and the
other options of healthtop work here too.
`

/** `healthtop run`. */
export function run(line: CommandLine): void {
  line.root
    .command('run')
    .description('Monitor without a screen, for systemd or a container: a line to stdout for each\nthing that happens.')
    .summary('monitor without a screen, for systemd or a container')
    .option('--log-format <format>', 'text, or json (the events and alerts of docs/log.md); default text')
    .option('--share', 'let its group read the log and attach a dashboard, which sees what it sees')
    .allowExcessArguments(true)
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HELP)
    .action(async (own: RawRunOptions, command: Command) => {
      const [extra] = command.args
      if (extra !== undefined) throw new UsageError(`run: expected options only, got "${extra}"`)
      const { checkRun } = await import('../run/options.ts')
      const wanted = checkRun(own)
      const options = await configuredOptions(rawOptions(line))
      const { run: monitor } = await import('../run.ts')
      process.exitCode = await monitor(options, line.build, wanted)
    })
}
