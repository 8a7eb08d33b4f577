import type { Command } from 'commander'
import { configuredOptions } from '../configured.ts'
import { UsageError } from '../options.ts'
import { type CommandLine, rawOptions } from './command.ts'

const HELP = `
healthtop watch 4211
healthtop watch nginx
healthtop watch "/node .*api/"

A name that nobody has yet is waited for. The options of healthtop work here
too.
`

/** `healthtop watch`. */
export function watch(line: CommandLine): void {
  line.root
    .command('watch')
    .argument('<target>', 'a pid, a name, or a /regex/ to search command lines for')
    .description('The dashboard, opened on one process, followed by its name across restarts.')
    .summary('the dashboard, opened on one process')
    .allowExcessArguments(true)
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HELP)
    .action(async (target: string, _: object, command: Command) => {
      const [, extra] = command.args
      if (extra !== undefined)
        throw new UsageError(`watch: expected one process, got "${extra}" too; quote a pattern with spaces: "/a b/"`)
      const { watch: show } = await import('../watch.ts')
      await show(target, await configuredOptions(rawOptions(line)), line.build)
    })
}
