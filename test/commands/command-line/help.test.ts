import { expect, test } from 'vitest'
import { createProgram } from '../../../src/commands/command-line/program.ts'

const COLUMNS = 80
const NAMES = ['snapshot', 'check', 'forecast', 'log', 'run', 'init', 'watch', 'config', 'help']

/** The help of healthtop, or of one of its commands, as a terminal of 80 columns shows it. */
function helpOf(name: string | undefined): string {
  const program = createProgram({ version: '1.2.3', workerPath: '/worker.cjs' })
  const command = name === undefined ? program : program.commands.find((one) => one.name() === name)
  let text = ''
  command?.configureOutput({
    writeOut: (piece) => {
      text += piece
    },
    getOutHelpWidth: () => COLUMNS,
    getOutHasColors: () => false,
  })
  command?.outputHelp()
  return text
}

test('the help of every command fits 80 columns', () => {
  for (const name of [undefined, ...NAMES]) {
    const lines = helpOf(name).split('\n')
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.filter((line) => line.length > COLUMNS)).toEqual([])
  }
})

test('healthtop lists its commands, and every command its options with words of their own', () => {
  const program = createProgram({ version: '1.2.3', workerPath: '/worker.cjs' })
  expect(program.commands.map((command) => command.name())).toEqual(NAMES)
  for (const command of program.commands) {
    expect(helpOf(undefined)).toContain(`  ${command.name()} `)
    expect(command.summary(), command.name()).not.toBe('')
    for (const { long, description } of command.options) {
      expect(description, `${command.name()} ${long}`).not.toBe('')
      expect(helpOf(command.name())).toContain(long)
    }
  }
})
