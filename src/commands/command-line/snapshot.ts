import type { Command } from 'commander'
import { configuredOptions } from '../configured.ts'
import { UsageError } from '../options.ts'
import type { RawSnapshotOptions } from '../snapshot-options.ts'
import { type CommandLine, rawOptions } from './command.ts'
import { printSnapshot } from './print-snapshot.ts'

const HELP = `
healthtop snapshot --format json | jq .verdict
healthtop snapshot --format csv --sort memory --top 20
healthtop snapshot --filter 'user:root mem>1GiB'

-c, --filter, --user, --pid, --interval and the other options of healthtop work
here too. docs/snapshot.md has the keys of the JSON.
`

/** `healthtop snapshot`. */
export function snapshot(line: CommandLine): void {
  line.root
    .command('snapshot')
    .description('Print one frame; the exit code is the verdict: 0 ok, 1 warning, 2 critical,\n3 unknown.')
    .summary('print one frame; the exit code is the verdict')
    .option('--format <format>', 'table, json, or csv (the processes, a line each); default table')
    .option('--sort <column>', 'processes by cpu, memory, time, read, write, files …; default cpu')
    .option('--top <count>', 'no more processes than this; a table has 10 unless told, json and csv all')
    .option('--watch', 'go on, one snapshot an interval (one line of json each unless told)')
    .allowExcessArguments(true)
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HELP)
    .action(async (own: RawSnapshotOptions, command: Command) => {
      const [extra] = command.args
      if (extra !== undefined)
        throw new UsageError(`snapshot: expected options only, got "${extra}"; --filter chooses processes`)
      await printSnapshot(await configuredOptions(rawOptions(line)), own, line.build)
    })
}
