import { join } from 'node:path'
import { CommanderError } from 'commander'
import { createProgram } from './commands/command-line/program.ts'
import { type Build, UsageError } from './commands/options.ts'
import { usageText } from './commands/usage.ts'
import { safeText } from './lib/text.ts'

declare const __VERSION__: string

const BUILD: Build = { version: __VERSION__, workerPath: join(__dirname, 'worker.cjs') }

/** Usage errors, and output that cannot be written: what Nagios calls unknown. */
const EXIT_UNKNOWN = 3
/** sysexits(3) EX_SOFTWARE: a bug of ours. */
const EXIT_BUG = 70

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
  const program = createProgram(BUILD)
  try {
    await program.parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode !== 0) sayWrong(usageText(error, program))
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
