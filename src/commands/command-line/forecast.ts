import type { Command } from 'commander'
import { configuredOptions } from '../configured.ts'
import type { RawForecastOptions } from '../forecast/options.ts'
import { checkOptions, UsageError } from '../options.ts'
import { type CommandLine, rawOptions } from './command.ts'

const HELP = `
Without a series: the limits of this machine, and where its main series go.
A series is a name of docs/metrics.md, with labels or without; quote it:
healthtop forecast cpu_used_ratio
healthtop forecast 'disk_used_ratio{mount="/"}' --threshold 95% --horizon 4h
healthtop forecast memory_used_ratio --plot

It begins with what the log knows of the last three days (the one that healthtop
log reads). Where that is nothing, or with --for, this machine is sampled, for
60s at --interval: nothing is said before 30 samples.
Any other series comes from a file of times (Unix or ISO 8601) and values, with
or without a heading:
healthtop forecast --file data.csv --plot
tail -n 5000 data.csv | healthtop forecast --file - --threshold 2GiB

--stdin answers JSON lines, one forecast a line:
{"id","freq_s","period","horizon","levels":[80,95],"values":[...]} with
{"id","mean":[...],"lo80":[...],"hi80":[...],"lo95":[...],"hi95":[...]}

Exit code 0; 3 for a mistake, or when there is no such series. How it is done
stands in docs/forecast.md. The options of healthtop work here too.
`

/** `healthtop forecast`. */
export function forecast(line: CommandLine): void {
  line.root
    .command('forecast')
    .argument('[series]', 'a series of this machine, such as cpu_used_ratio')
    .description('What comes next, and when a limit is reached: of this machine, of a file, of\nJSON lines.')
    .summary('what comes next, and when a limit is reached')
    .option(
      '--horizon <duration>',
      'how far ahead, such as 4h (default half as far as the log, the samples or the file go back)',
    )
    .option('--threshold <value>', 'when is this reached: 95%, 0.95, 2GiB, 500ms, by the unit of the series')
    .option('--plot', 'draw it')
    .option('--format <format>', 'table or json; default table')
    .option('--for <duration>', 'sample this machine for so long instead (default 60s, where there is no log)')
    .option('--file <file>', 'forecast a file of lines time,value; - reads stdin')
    .option('--stdin', 'answer JSON lines')
    .allowExcessArguments(true)
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HELP)
    .action(async (series: string | undefined, own: RawForecastOptions, command: Command) => {
      const [, extra] = command.args
      if (extra !== undefined)
        throw new UsageError(
          `forecast: expected one series, got "${extra}" too; a name without labels is all its series`,
        )
      const { checkForecast } = await import('../forecast/options.ts')
      const wanted = checkForecast(own, series)
      const raw = rawOptions(line)
      // What was measured elsewhere needs no configuration of this machine.
      const options = wanted.kind === 'host' ? await configuredOptions(raw) : checkOptions(raw)
      const { forecast: printForecast } = await import('../forecast.ts')
      process.exitCode = await printForecast(options, wanted, line.build)
    })
}
