import { type CommandLine, noCommand } from './command.ts'

/** `healthtop help`. */
export function help(line: CommandLine): void {
  const { root } = line
  root
    .command('help')
    .argument('[command]')
    .description('Print the help of a command.')
    .summary('print the help of a command')
    .allowExcessArguments(true)
    .helpOption('-h, --help', 'print this help')
    .action((name: string | undefined) => {
      const command = name === undefined ? root : root.commands.find((one) => one.name() === name)
      if (command === undefined) throw noCommand(name ?? '', line)
      command.outputHelp()
    })
}
