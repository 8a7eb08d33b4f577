import type { Command } from 'commander'
import type { RawConfigOptions } from '../config.ts'
import { UsageError } from '../options.ts'
import { type CommandLine, rawOptions } from './command.ts'

const HELP = `
healthtop config validate       every mistake, with its line and column; exit
                                code 3 where there is one
healthtop config show           every check with what it takes from its group
                                and the defaults, every alert rule; secrets
                                hidden; --all: the built-in rules too, to be
                                copied and changed
healthtop config path           the file that is used; where it is looked for
                                where there is none
healthtop config schema         the JSON Schema of healthtop.yaml, for editors
`

/** `healthtop config`. */
export function config(line: CommandLine): void {
  line.root
    .command('config')
    .argument('<action>', 'validate, show, path or schema')
    .argument('[file]', 'the configuration; as with --config')
    .option('--all', 'with show: the built-in alert rules too')
    .description(
      'The configuration: whether something is wrong with it, what is in effect, which\nfile it is, its JSON Schema.',
    )
    .summary('validate or show the configuration')
    .allowExcessArguments(true)
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HELP)
    .action(async (action: string, file: string | undefined, own: RawConfigOptions, command: Command) => {
      const [, , extra] = command.args
      if (extra !== undefined) throw new UsageError(`config ${action}: expected one file, got "${extra}" too`)
      const { config: act } = await import('../config.ts')
      process.stdout.write(await act(action, file, rawOptions(line), own))
    })
}
