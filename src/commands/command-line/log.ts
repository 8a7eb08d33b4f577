import type { RawLogOptions } from '../log/options.ts'
import { checkOptions } from '../options.ts'
import { type CommandLine, rawOptions } from './command.ts'

const HELP = `
Without options: alerts, checks that turned, and events of the last day, oldest
first. Words say what has to occur in a line, all of them, in any case:
healthtop log                            healthtop log --since 2h --kind alert
healthtop log nginx down --since 7d      healthtop log --follow
healthtop log --since 14:00 --until 14:30 --kind metrics,processes

A time is a duration before now (90s, 2h, 7d), a time of the day (14:30, the
last one), a day or a moment (2026-11-25, 2026-11-25T14:30, by local time or
with its zone), Unix milliseconds, or all.

json is the lines as they stand in the log, one a line, for jq; docs/log.md has
what is in them:
healthtop log --since all --kind alert --format json | jq -r .cause

It is the log of --state-dir; without that the one of the service while it runs
and lets you read it, else your own, else what a service has left.

Exit code 0, with --follow after SIGINT as well; 3 for a mistake, or where the
log cannot be read. Lines that make no sense are passed over, and counted on
stderr. --state-dir, --ascii and --no-color work here too.
`

/** `healthtop log`. */
export function log(line: CommandLine): void {
  line.root
    .command('log')
    .argument('[words...]', 'what has to occur in a line, such as nginx')
    .description('What happened: the alerts, checks and events of the log, and what was measured.')
    .summary('what happened: alerts, checks that turned, events')
    .option('--since <time>', 'from then on: 2h, 14:30, 2026-11-25, all (default the last day)')
    .option('--until <time>', 'up to then')
    .option('--kind <kinds>', 'alert, event, check, metrics, processes, joined by commas (default alert,event,check)')
    .option('--follow', 'go on with what is written, until it is stopped')
    .option('--format <format>', 'table, or json: the lines as they are; default table')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HELP)
    .action(async (words: string[], own: RawLogOptions) => {
      const { checkLog } = await import('../log/options.ts')
      const nowMs = Date.now()
      const wanted = checkLog(own, words, nowMs)
      // It shows what is there, and needs no configuration for that.
      const options = checkOptions(rawOptions(line))
      const { log: printLog } = await import('../log.ts')
      process.exitCode = await printLog(options, wanted, nowMs)
    })
}
