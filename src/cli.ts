import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import type { RawCheckOptions } from './commands/check-options.ts'
import { configuredOptions } from './commands/configured.ts'
import { FORECAST_HELP } from './commands/forecast/help.ts'
import type { RawForecastOptions } from './commands/forecast/options.ts'
import type { RawInitOptions } from './commands/init.ts'
import { type Build, checkOptions, type Options, type RawOptions, UsageError } from './commands/options.ts'
import type { RawSnapshotOptions } from './commands/snapshot-options.ts'
import { usageText } from './commands/usage.ts'
import { nearest } from './lib/nearest.ts'
import { safeText } from './lib/text.ts'

declare const __VERSION__: string

const BUILD: Build = { version: __VERSION__, workerPath: join(__dirname, 'worker.cjs') }

const CONFIG_HELP = `
healthtop config validate          every mistake, with its line and column; exit code 3 where there is one
healthtop config show              every check with what it takes from its group and the defaults; secrets hidden
healthtop config path              the file that is used; where it is looked for where there is none
healthtop config schema            the JSON Schema of healthtop.yaml, for editors
`

/** Usage errors, and output that cannot be written: what Nagios calls unknown. */
const EXIT_UNKNOWN = 3
/** sysexits(3) EX_SOFTWARE: a bug of ours. */
const EXIT_BUG = 70

const CHECK_HELP = `
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

const INIT_HELP = `
healthtop init                          healthtop.yaml in your configuration
                                        folder (healthtop config path)
healthtop init --output - --no-discover with nothing found, to stdout

Each service that listens here is asked what it speaks; only addresses of this
machine are contacted. Only you can read and write the file. Exit code 3 where
it cannot be written, or is there already.
`

function program(): Command {
  const root = new Command('healthtop')
    .description('The health of this machine on one screen: what is wrong, what changed, and who did it.')
    .version(__VERSION__, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option(
      '-c, --config <file>',
      'the configuration (default healthtop.yaml in your configuration folder, else in /etc/healthtop)',
    )
    .option('--interval <duration>', 'how often to measure, such as 500ms, 1s or 1m (default 1s)')
    .option('--root <dir>', 'read proc/ and sys/ below this folder, such as a recorded tree')
    .option('--probes <kind>', 'auto, procfs (Linux) or portable (any system, asks its own programs)')
    .option('--state-dir <dir>', 'where state is kept (this version keeps none)')
    .option('--no-log', 'write no log (this version writes none)')
    .option('--no-discover', 'check nothing that is not configured: leave what listens here alone')
    .option('--theme <name>', 'auto, dark, light, contrast, mono, or a theme file (a path or *.json)')
    .option('--ascii', 'draw with ASCII characters only')
    .option('--charts <style>', 'braille, block, line or ascii')
    .option('--no-color', 'no colours; NO_COLOR is honoured too')
    .option('--screen-reader', 'plain sentences of what changes, for ears and braille; no drawing')
    .option('--read-only', 'offer no action on processes, and no checks out of turn')
    .option('-p, --pid <pid>', 'show this process only')
    .option('-u, --user <name>', "show this user's processes only")
    .option('--filter <text>', 'show the processes that match, such as nginx, user:root or "mem>1GiB !chrome"')
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .allowExcessArguments(true)
    .action(async () => {
      const [unknown] = root.args
      if (unknown !== undefined) throw noCommand(unknown, root)
      const options = await configuredOptions(root.opts<RawOptions>())
      if (options.screenReader) {
        const { spoken } = await import('./commands/spoken.ts')
        process.exitCode = await spoken(options, BUILD)
      } else if (process.stdout.isTTY) {
        const { dashboard } = await import('./commands/dashboard.ts')
        await dashboard(options, BUILD)
      } else {
        await printSnapshot(options, {})
      }
    })
  root
    .command('snapshot')
    .description('Print one frame; the exit code is the verdict: 0 ok, 1 warning, 2 critical, 3 unknown.')
    .option('--format <format>', 'table, json, or csv (the processes, a line each); default table')
    .option('--sort <column>', 'processes by cpu, memory, time, read, write, files …; default cpu')
    .option('--top <count>', 'no more processes than this; a table has 10 unless told, json and csv all')
    .option('--watch', 'go on, one snapshot an interval (one line of json each unless told)')
    .allowExcessArguments(true)
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', '\n--filter, --user, --pid, --interval and the other options of healthtop work here too.\n')
    .action(async (own: RawSnapshotOptions, command: Command) => {
      const [extra] = command.args
      if (extra !== undefined)
        throw new UsageError(`snapshot: expected options only, got "${extra}"; --filter chooses processes`)
      await printSnapshot(await configuredOptions(root.opts<RawOptions>()), own)
    })
  root
    .command('check')
    .argument('[target...]', 'names of checks, label=value, or targets such as a URL or process:nginx')
    .description('Run checks once; the exit code is the worst state: 0 up, 1 degraded, 2 down, 3 unknown.')
    .option('--format <format>', 'table, json, nagios or junit; default table')
    .option('--timeout <duration>', 'for a whole check, 1ms to 5m (default that of the configuration, else 3s)')
    .option('--expect <text>', 'what a target must answer: a status, an answer, a text, a /pattern/, a count')
    .option('--every <duration>', 'go on until stopped, a round each so long (200ms to 1d)')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', CHECK_HELP)
    .action(async (named: string[], own: RawCheckOptions) => {
      const { checkCheck } = await import('./commands/check-options.ts')
      const wanted = checkCheck(own, named)
      const raw = root.opts<RawOptions>()
      // Whoever gives targets alone needs no configuration, and is not kept waiting for one.
      const alone = wanted.given.length > 0 && wanted.wanted.length === 0 && raw.config === undefined
      const options = alone ? checkOptions(raw) : await configuredOptions(raw)
      const { check } = await import('./commands/check.ts')
      process.exitCode = await check(options, wanted)
    })
  root
    .command('forecast')
    .argument('[series]', 'a series of this machine, such as cpu_used_ratio')
    .description('What comes next, and when a limit is reached: of this machine, of a file, of JSON lines.')
    .option(
      '--horizon <duration>',
      'how far ahead, such as 4h (default half as far as it was sampled, or the file goes back)',
    )
    .option('--threshold <value>', 'when is this reached: 95%, 0.95, 2GiB, 500ms, by the unit of the series')
    .option('--plot', 'draw it')
    .option('--format <format>', 'table or json; default table')
    .option('--for <duration>', 'how long to sample this machine (default 60s)')
    .option('--file <file>', 'forecast a file of lines time,value; - reads stdin')
    .option('--stdin', 'answer JSON lines')
    .allowExcessArguments(true)
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', FORECAST_HELP)
    .action(async (series: string | undefined, own: RawForecastOptions, command: Command) => {
      const [, extra] = command.args
      if (extra !== undefined)
        throw new UsageError(
          `forecast: expected one series, got "${extra}" too; a name without labels is all its series`,
        )
      const { checkForecast } = await import('./commands/forecast/options.ts')
      const wanted = checkForecast(own, series)
      const raw = root.opts<RawOptions>()
      // What was measured elsewhere needs no configuration of this machine.
      const options = wanted.kind === 'host' ? await configuredOptions(raw) : checkOptions(raw)
      const { forecast } = await import('./commands/forecast.ts')
      process.exitCode = await forecast(options, wanted, BUILD)
    })
  root
    .command('init')
    .description('Write a commented healthtop.yaml with what listens here.')
    .option('--output <file>', 'to this file instead of your configuration folder; - prints it')
    .option('--force', 'over a file that is there already')
    .allowExcessArguments(true)
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', INIT_HELP)
    .action(async (own: RawInitOptions, command: Command) => {
      const [extra] = command.args
      if (extra !== undefined) throw new UsageError(`init: expected options only, got "${extra}"; --output ${extra}?`)
      const raw = root.opts<RawOptions>()
      if (raw.config !== undefined)
        throw new UsageError('init: --config is read by other commands; --output is written')
      const { init } = await import('./commands/init.ts')
      await init(checkOptions(raw), own, BUILD)
    })
  root
    .command('watch')
    .argument('<target>', 'a pid, a name, or a /regex/ to search command lines for')
    .description('The dashboard, opened on one process, followed by its name across restarts.')
    .allowExcessArguments(true)
    .helpOption('-h, --help', 'print this help')
    .addHelpText(
      'after',
      '\nhealthtop watch 4211\nhealthtop watch nginx\nhealthtop watch "/node .*api/"\n\n' +
        'A name that nobody has yet is waited for. The options of healthtop work here too.\n',
    )
    .action(async (target: string, _: object, command: Command) => {
      const [, extra] = command.args
      if (extra !== undefined)
        throw new UsageError(`watch: expected one process, got "${extra}" too; quote a pattern with spaces: "/a b/"`)
      const { watch } = await import('./commands/watch.ts')
      await watch(target, await configuredOptions(root.opts<RawOptions>()), BUILD)
    })
  root
    .command('config')
    .argument('<action>', 'validate, show, path or schema')
    .argument('[file]', 'the configuration; as with --config')
    .description(
      'The configuration: whether something is wrong with it, what is in effect, which file it is, its JSON Schema.',
    )
    .allowExcessArguments(true)
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', CONFIG_HELP)
    .action(async (action: string, file: string | undefined, _: object, command: Command) => {
      const [, , extra] = command.args
      if (extra !== undefined) throw new UsageError(`config ${action}: expected one file, got "${extra}" too`)
      const { config } = await import('./commands/config.ts')
      process.stdout.write(await config(action, file, root.opts<RawOptions>()))
    })
  root
    .command('help')
    .argument('[command]')
    .description('Print the help of a command.')
    .allowExcessArguments(true)
    .helpOption(false)
    .action((name: string | undefined) => {
      const command = name === undefined ? root : root.commands.find((one) => one.name() === name)
      if (command === undefined) throw noCommand(name ?? '', root)
      command.outputHelp()
    })
  root.addHelpText(
    'after',
    '\nKeys: ? shows them all. Without a terminal on stdout a snapshot is printed and the exit code is its verdict.\n',
  )
  return root
}

function noCommand(said: string, { commands }: Command): UsageError {
  const meant = nearest(
    said,
    commands.map((command) => command.name()),
  )
  const instead = meant === undefined ? 'healthtop --help lists them' : `did you mean ${meant}?`
  return new UsageError(`there is no command "${said}"; ${instead}`)
}

async function printSnapshot(options: Options, raw: RawSnapshotOptions): Promise<void> {
  const { checkSnapshot } = await import('./commands/snapshot-options.ts')
  const checked = checkSnapshot(raw, options)
  if (checked.watch) {
    const { watchSnapshots } = await import('./commands/snapshot-watch.ts')
    process.exitCode = await watchSnapshots(options, checked, BUILD)
  } else {
    const { snapshot } = await import('./commands/snapshot.ts')
    process.exitCode = await snapshot(options, checked)
  }
}

/** A pipe that closes early is a quiet end; what cannot be written (a full disk) is told, and no verdict. */
function endOfOutput(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
  process.stderr.write(`healthtop: stdout: ${error.message}\n`)
  process.exit(EXIT_UNKNOWN)
}

/** What was written on the command line may come from anywhere, and must not drive the terminal. */
function sayWrong(message: string): void {
  const lines = message.split('\n').map((line) => safeText(line))
  say(lines.join('\n'))
}

function say(text: string): void {
  process.stderr.write(`healthtop: ${text}\n`)
}

/** Runs the command line and sets the exit code. Nothing heavy is loaded before it is known what is wanted. */
async function main(): Promise<void> {
  // Where that cannot be written the exit code has to do.
  process.stderr.on('error', () => {})
  // A terminal that is lost is the dashboard's to notice.
  if (!process.stdout.isTTY) process.stdout.on('error', endOfOutput)
  const root = program()
  try {
    await root.parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode !== 0) sayWrong(usageText(error, root))
      process.exitCode = error.exitCode === 0 ? 0 : EXIT_UNKNOWN
    } else if (error instanceof UsageError) {
      sayWrong(error.message)
      process.exitCode = EXIT_UNKNOWN
    } else {
      say(`a bug: ${error instanceof Error ? error.stack : String(error)}`)
      process.exitCode = EXIT_BUG
    }
  }
}

void main()
