import type { Command } from 'commander'
import { nearest } from '../../lib/nearest.ts'
import { type Build, type RawOptions, UsageError } from '../options.ts'

/** What a command of the command line is declared on and acts with. */
export interface CommandLine {
  /** `healthtop` itself, which has the options of all commands. */
  readonly root: Command
  readonly build: Build
}

/**
 * Declares a command: its options, its help, and what it does. Whatever takes long to load is imported when it acts, not before. What is wrong
 * with what was said is thrown as UsageError.
 */
export type Declare = (line: CommandLine) => void

/** What was said of the options of all commands. */
export function rawOptions({ root }: CommandLine): RawOptions {
  return root.opts<RawOptions>()
}

/** The mistake of somebody who names a command that there is not. */
export function noCommand(said: string, { root: { commands } }: Pick<CommandLine, 'root'>): UsageError {
  const meant = nearest(
    said,
    commands.map((command) => command.name()),
  )
  const instead = meant === undefined ? 'healthtop --help lists them' : `did you mean ${meant}?`
  return new UsageError(`there is no command "${said}"; ${instead}`)
}
