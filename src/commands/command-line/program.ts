import { Command } from 'commander'
import { configuredOptions } from '../configured.ts'
import type { Build } from '../options.ts'
import { type CommandLine, noCommand, rawOptions } from './command.ts'
import { printSnapshot } from './print-snapshot.ts'
import { COMMANDS } from './registry.ts'

const HELP = `
Keys: ? shows them all. Without a terminal on stdout a snapshot is printed, and
the exit code is its verdict.
`

/** The command line of healthtop: the options of all commands, the dashboard, and every command of the registry. It says nothing itself. */
export function createProgram(build: Build): Command {
  const root = new Command('healthtop')
  const line: CommandLine = { root, build }
  root
    .description('The health of this machine on one screen: what is wrong, what changed, and\nwho did it.')
    .version(build.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option(
      '-c, --config <file>',
      'the configuration (default healthtop.yaml in your configuration folder, else in /etc/healthtop)',
    )
    .option('--interval <duration>', 'how often to measure, such as 500ms, 1s or 1m (default 1s)')
    .option('--root <dir>', 'read proc/ and sys/ below this folder, such as a recorded tree')
    .option('--probes <kind>', 'auto, procfs (Linux) or portable (any system, asks its own programs)')
    .option(
      '--state-dir <dir>',
      'where the log and what was done to alerts are kept (default healthtop in ~/.local/state)',
    )
    .option('--no-log', 'write nothing: no log, and nothing to go on from the next time')
    .option('--no-discover', 'check nothing that is not configured: leave what listens here alone')
    .option('--theme <name>', 'auto, dark, light, contrast, mono, or a theme file (a path or *.json)')
    .option('--ascii', 'draw with ASCII characters only')
    .option('--charts <style>', 'braille, block, line or ascii')
    .option('--no-color', 'no colours; NO_COLOR is honoured too')
    .option('--screen-reader', 'plain sentences of what changes, for ears and braille; no drawing')
    .option('--read-only', 'do nothing to processes and alerts, and no checks out of turn')
    .option('-p, --pid <pid>', 'show this process only')
    .option('-u, --user <name>', "show this user's processes only")
    .option('--filter <text>', 'show the processes that match, such as nginx, user:root or "mem>1GiB !chrome"')
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .allowExcessArguments(true)
    .addHelpText('after', HELP)
    .action(() => look(line))
  for (const declare of COMMANDS) declare(line)
  return root
}

/** `healthtop` without a command: the dashboard where there is a terminal. */
async function look(line: CommandLine): Promise<void> {
  const { root, build } = line
  const [unknown] = root.args
  if (unknown !== undefined) throw noCommand(unknown, line)
  const options = await configuredOptions(rawOptions(line))
  if (options.screenReader) {
    const { spoken } = await import('../spoken.ts')
    process.exitCode = await spoken(options, build)
  } else if (process.stdout.isTTY) {
    const { dashboard } = await import('../dashboard.ts')
    await dashboard(options, build)
  } else {
    await printSnapshot(options, {}, build)
  }
}
