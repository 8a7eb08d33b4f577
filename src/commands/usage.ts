import type { Command, CommanderError } from 'commander'
import { nearest } from '../lib/nearest.ts'

/** What commander says, and what it says it of. */
const MISTAKES: Readonly<Record<string, RegExp>> = {
  'commander.unknownOption': /unknown option '(.*?)'(?:\n|$)/s,
  'commander.optionMissingArgument': /option '(.*?)' argument missing/s,
  'commander.missingArgument': /missing required argument '(.*?)'/s,
}

/** A mistake of the command line that commander found, as a sentence that says what to write instead. */
export function usageText({ code, message }: CommanderError, root: Command): string {
  const what = MISTAKES[code]?.exec(message)?.[1]
  if (what === undefined) return message.replace(/^error: /, '')
  if (code === 'commander.unknownOption') return unknownOption(what, root)
  if (code === 'commander.missingArgument') return missingArgument(what, root)
  const [, names = what, value = 'value'] = /^(.*) <(.*)>$/.exec(what) ?? []
  return `${names.replace(/^-\w, /, '')}: expected a ${value}, got nothing`
}

function missingArgument(name: string, { commands }: Command): string {
  const argumentsOf = commands.flatMap((command) =>
    command.registeredArguments.map((argument) => ({ command, argument })),
  )
  const missing = argumentsOf.find(({ argument }) => argument.required && argument.name() === name)
  return missing === undefined
    ? `expected a ${name}, got nothing`
    : `${missing.command.name()}: expected ${missing.argument.description}, got nothing`
}

interface Known {
  /** `--format`. */
  readonly name: string
  /** The only command that has it; undefined for an option of every command. */
  readonly command: string | undefined
  readonly takesValue: boolean
}

function optionsOf(root: Command): Known[] {
  return [root, ...root.commands].flatMap((command) => [
    ...command.options.map(({ long, required }) => ({
      name: long ?? '',
      command: command === root ? undefined : command.name(),
      takesValue: required,
    })),
    ...(command === root ? [{ name: '--help', command: undefined, takesValue: false }] : []),
  ])
}

function unknownOption(flag: string, root: Command): string {
  const known = optionsOf(root)
  const [name = flag] = flag.split('=', 1)
  const same = known.find((option) => option.name === name)
  if (same?.takesValue === false && flag.includes('=')) return `${name}: takes no value, got "${flag}"`
  if (same?.command !== undefined)
    return `${name}: an option of ${same.command} only: healthtop ${same.command} ${name}${same.takesValue ? ' …' : ''}`
  const meant = meantBy(name, known)
  if (meant === undefined) return `there is no option ${flag}; healthtop --help lists them`
  const of = meant.command === undefined ? '' : ` of healthtop ${meant.command}`
  return `there is no option ${flag}; did you mean ${meant.name}${of}?`
}

/** A slip of the finger, `--color` for `--no-color`, or `-v` for `--version`. */
function meantBy(name: string, known: readonly Known[]): Known | undefined {
  const bare = name.replace(/^-+/, '')
  const letter = bare.length === 1 ? bare.toLowerCase() : undefined
  const byName = new Map(known.map((option) => [option.name.slice(2), option]))
  const near = nearest(bare, byName.keys())
  return (
    byName.get(`no-${bare}`) ??
    (near === undefined ? undefined : byName.get(near)) ??
    known.find((option) => letter !== undefined && option.name.slice(2).startsWith(letter))
  )
}
