import type { Command } from 'commander'
import type { RawInitOptions } from '../init.ts'
import { checkOptions, UsageError } from '../options.ts'
import { type CommandLine, rawOptions } from './command.ts'

const HELP = `
healthtop init                          healthtop.yaml in your configuration
                                        folder (healthtop config path)
healthtop init --output - --no-discover with nothing found, to stdout

Each service that listens here is asked what it speaks; only addresses of this
machine are contacted. Only you can read and write the file. Exit code 3 where
it cannot be written, or is there already.
`

/** `healthtop init`. */
export function init(line: CommandLine): void {
  line.root
    .command('init')
    .description('Write a commented healthtop.yaml with what listens here.')
    .summary('write a commented healthtop.yaml with what listens here')
    .option('--output <file>', 'to this file instead of your configuration folder; - prints it')
    .option('--force', 'over a file that is there already')
    .allowExcessArguments(true)
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HELP)
    .action(async (own: RawInitOptions, command: Command) => {
      const [extra] = command.args
      if (extra !== undefined) throw new UsageError(`init: expected options only, got "${extra}"; --output ${extra}?`)
      const raw = rawOptions(line)
      if (raw.config !== undefined)
        throw new UsageError('init: --config is read by other commands; --output is written')
      const { init: write } = await import('../init.ts')
      await write(checkOptions(raw), own, line.build)
    })
}
