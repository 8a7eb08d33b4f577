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
  /** The commands that have it; none for an option of every command. */
  readonly commands: readonly string[]
  readonly takesValue: boolean
}

function optionsOf(root: Command): Known[] {
  const known = new Map<string, Known>([['--help', { name: '--help', commands: [], takesValue: false }]])
  for (const command of [root, ...root.commands]) {
    for (const { long, required } of command.options) {
      const name = long ?? ''
      const others = known.get(name)
      // What every command has, one of them may have in a sense of its own.
      if (others?.commands.length === 0) continue
      const commands = command === root ? [] : [...(others?.commands ?? []), command.name()]
      known.set(name, { name, commands, takesValue: required })
    }
  }
  return [...known.values()]
}

/** `snapshot`, `snapshot and check`, `snapshot, check and forecast`. */
function joined(names: readonly string[], word: 'and' | 'or'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`
}

function unknownOption(flag: string, root: Command): string {
  const known = optionsOf(root)
  const [name = flag] = flag.split('=', 1)
  const same = known.find((option) => option.name === name)
  if (same?.takesValue === false && flag.includes('=')) return `${name}: takes no value, got "${flag}"`
  const [first] = same?.commands ?? []
  if (same !== undefined && first !== undefined)
    return `${name}: an option of ${joined(same.commands, 'and')} only: healthtop ${first} ${name}${same.takesValue ? ' …' : ''}`
  const said = root.commands.find((command) => command.name() === root.args[0])?.name()
  const own = known.filter(({ commands }) => commands.length === 0 || commands.some((command) => command === said))
  const meant = meantBy(name, own) ?? meantBy(name, known)
  if (meant === undefined) {
    const help = said === undefined ? 'healthtop --help' : `healthtop ${said} --help`
    return `there is no option ${flag}; ${help} lists them`
  }
  const of = own.includes(meant) ? '' : ` of healthtop ${joined(meant.commands, 'or')}`
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
