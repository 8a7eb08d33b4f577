import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { type Build, checkOptions, type RawOptions, UsageError } from './commands/options.ts'

declare const __VERSION__: string

const BUILD: Build = { version: __VERSION__, workerPath: join(__dirname, 'worker.cjs') }

/** Usage errors, and output that cannot be written: what Nagios calls unknown. */
const EXIT_UNKNOWN = 3
/** sysexits(3) EX_SOFTWARE: a bug of ours. */
const EXIT_BUG = 70

function program(): Command {
  const root = new Command('healthtop')
    .description('The health of this machine on one screen: what is wrong, what changed, and who did it.')
    .version(__VERSION__, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option('--interval <duration>', 'how often to measure, such as 500ms, 1s or 1m (default 1s)')
    .option('--root <dir>', 'read proc/ and sys/ below this folder, such as a recorded tree')
    .option('--state-dir <dir>', 'where state is kept (this version keeps none)')
    .option('--no-log', 'write no log (this version writes none)')
    .option('--theme <name>', 'auto, dark, light, contrast or mono')
    .option('--ascii', 'draw with ASCII characters only')
    .option('--charts <style>', 'braille, block, line or ascii')
    .option('--no-color', 'no colours; NO_COLOR is honoured too')
    .option('--read-only', 'offer no action on processes')
    .option('-p, --pid <pid>', 'show this process only')
    .option('-u, --user <name>', "show this user's processes only")
    .option('--filter <text>', 'show processes with this text in name or command')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'healthtop: ')) })
    .allowExcessArguments(true)
    .action(async () => {
      const [unknown] = root.args
      if (unknown !== undefined) throw new UsageError(`there is no command "${unknown}"; healthtop --help lists them`)
      const options = checkOptions(root.opts<RawOptions>())
      if (process.stdout.isTTY) {
        const { dashboard } = await import('./commands/dashboard.ts')
        await dashboard(options, BUILD)
      } else {
        const { snapshot } = await import('./commands/snapshot.ts')
        process.exitCode = await snapshot(options, { format: 'table' })
      }
    })
  root
    .command('snapshot')
    .description('Print one frame; the exit code is the verdict: 0 ok, 1 warning, 2 critical, 3 unknown.')
    .option('--format <format>', 'table or json', 'table')
    .allowExcessArguments(false)
    .helpOption('-h, --help', 'print this help')
    .action(async (own: { format: string }) => {
      const options = checkOptions(root.opts<RawOptions>())
      const { format } = own
      if (format !== 'table' && format !== 'json')
        throw new UsageError(`--format: expected table or json, got "${format}"`)
      const { snapshot } = await import('./commands/snapshot.ts')
      process.exitCode = await snapshot(options, { format })
    })
  root.addHelpText(
    'after',
    '\nKeys: ? shows them all. Without a terminal on stdout a snapshot is printed and the exit code is its verdict.\n',
  )
  return root
}

/** A pipe that closes early is a quiet end; what cannot be written (a full disk) is told, and no verdict. */
function endOfOutput(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
  process.stderr.write(`healthtop: stdout: ${error.message}\n`)
  process.exit(EXIT_UNKNOWN)
}

/** Runs the command line and sets the exit code. Nothing heavy is loaded before it is known what is wanted. */
async function main(): Promise<void> {
  // A terminal that is lost is the dashboard's to notice.
  if (!process.stdout.isTTY) process.stdout.on('error', endOfOutput)
  try {
    await program().parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : EXIT_UNKNOWN
    } else if (error instanceof UsageError) {
      process.stderr.write(`healthtop: ${error.message}\n`)
      process.exitCode = EXIT_UNKNOWN
    } else {
      process.stderr.write(`healthtop: a bug: ${error instanceof Error ? error.stack : String(error)}\n`)
      process.exitCode = EXIT_BUG
    }
  }
}

void main()
